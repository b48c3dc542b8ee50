using System.Globalization;
using System.Text;

namespace EcgImageWeb.Signal.Records;

/// <summary>Writes WFDB records: header(5) and signal(5) of the WFDB Applications Guide, checksums included.</summary>
public static class WfdbWriter
{
    // The contract of signals.hea: 1000 ADC units a mV, so steps of 1 µV.
    private const double LeadGain = 1000;

    /// <summary>Writes <c>NAME.hea</c> and <c>NAME.dat</c> into a folder.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="record">The record; every channel's rate is a multiple of the record's and all end together.</param>
    /// <param name="format">Storage format, any of <see cref="SampleFormat.Known"/> but 8.</param>
    /// <exception cref="ArgumentException">A value is outside the format's range, or the channels do not fit together.</exception>
    public static void Write(string folder, Record record, int format = 16)
    {
        var (header, data) = ToBytes(record, format);
        File.WriteAllBytes(Path.Combine(folder, record.Name + ".dat"), data);
        File.WriteAllBytes(Path.Combine(folder, record.Name + ".hea"), header);
    }

    /// <summary>Writes leads of one sampling rate as a record: 1000 adu/mV, what a lead does not cover as missing.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="name">Name of the record.</param>
    /// <param name="leads">Leads of one sampling rate; time zero of the record is the start of the earliest.</param>
    /// <param name="format">Storage format.</param>
    /// <exception cref="ArgumentException">No leads, different rates, or a value outside the format's range.</exception>
    public static void Write(string folder, string name, IReadOnlyList<LeadSignal> leads, int format = 16)
    {
        var (_, aligned) = LeadAlignment.Align(leads);
        var rateHz = leads[0].SampleRateHz;
        Write(folder, new Record(name, rateHz, [.. leads.Select((lead, i) => new RecordSignal(lead.Name, "mV", aligned[i], rateHz, LeadGain))], []), format);
    }

    /// <summary>The bytes of a record's header and of its signal file.</summary>
    /// <inheritdoc cref="Write(string, Record, int)"/>
    public static (byte[] Header, byte[] Data) ToBytes(Record record, int format = 16)
    {
        var perFrame = record.Signals.Select(signal => (int)Math.Round(signal.SampleRateHz / record.SampleRateHz)).ToArray();
        var frames = record.Signals.Count == 0 ? 0 : record.Signals[0].Samples.Length / perFrame[0];
        if (record.Signals.Where((signal, i) => perFrame[i] < 1 || signal.Samples.Length != (long)frames * perFrame[i]
                || Math.Abs(signal.SampleRateHz - perFrame[i] * record.SampleRateHz) > 1e-6 * signal.SampleRateHz).Any())
            throw new ArgumentException("The channels do not make whole frames of one length.", nameof(record));

        var adc = record.Signals.Select(signal => ToAdc(signal, format)).ToArray();
        var frameSize = perFrame.Sum();
        var packed = new int[frames * frameSize];
        for (int i = 0, slot = 0; i < adc.Length; slot += perFrame[i++])
        {
            for (var k = 0; k < adc[i].Length; k++)
                packed[k / perFrame[i] * frameSize + slot + k % perFrame[i]] = adc[i][k];
        }

        var header = new StringBuilder();
        header.Append(CultureInfo.InvariantCulture, $"{record.Name} {adc.Length} {record.SampleRateHz:R} {frames}");
        if (record.Start is { } start)
            header.Append(CultureInfo.InvariantCulture, $" {start:HH\\:mm\\:ss} {start:dd\\/MM\\/yyyy}");
        header.Append('\n');
        for (var i = 0; i < adc.Length; i++)
        {
            var signal = record.Signals[i];
            var spf = perFrame[i] == 1 ? "" : FormattableString.Invariant($"x{perFrame[i]}");
            header.Append(CultureInfo.InvariantCulture,
                $"{record.Name}.dat {format}{spf} {signal.Gain:R}({signal.Baseline})/{signal.Unit} {Bits(format)} 0 {adc[i].FirstOrDefault()} {(short)adc[i].Sum(value => (long)value)} 0 {signal.Name}\n");
        }
        foreach (var comment in record.Comments)
            header.Append(CultureInfo.InvariantCulture, $"# {comment}\n");
        return (Encoding.UTF8.GetBytes(header.ToString()), SampleFormat.Pack(format, packed));
    }

    internal static int[] ToAdc(RecordSignal signal, int format)
    {
        var missing = SampleFormat.Missing(format) ?? throw new ArgumentException($"Format {format} is not written.", nameof(format));
        var adc = new int[signal.Samples.Length];
        for (var i = 0; i < adc.Length; i++)
        {
            var value = Math.Round(signal.Samples[i] * signal.Gain + signal.Baseline);
            if (value <= missing || value > -(missing + 1.0))
                throw new ArgumentException($"{signal.Samples[i]} {signal.Unit} of {signal.Name} do not fit format {format} at {signal.Gain} units.");
            adc[i] = double.IsNaN(value) ? missing : (int)value;
        }
        return adc;
    }

    private static int Bits(int format) => format switch { 80 => 8, 310 or 311 => 10, 212 => 12, 24 => 24, 32 => 32, _ => 16 };
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EcgImageWeb.Signal.Records;

/// <summary>A WFDB header, as in header(5) of the WFDB Applications Guide.</summary>
/// <param name="Name">Name of the record.</param>
/// <param name="FrameRateHz">Frames per second (250 when the header does not say).</param>
/// <param name="FrameCount">Length in frames, 0 when not stated.</param>
/// <param name="Start">Date and time of the first frame, if both are stated.</param>
/// <param name="Signals">Signal lines; empty for a multi-segment record.</param>
/// <param name="Segments">Segment lines; empty for a plain record.</param>
/// <param name="Comments">Comment lines without <c>#</c>.</param>
public sealed partial record WfdbHeader(
    string Name, double FrameRateHz, long FrameCount, DateTime? Start,
    IReadOnlyList<WfdbSignalSpec> Signals, IReadOnlyList<WfdbSegment> Segments, IReadOnlyList<string> Comments)
{
    /// <summary>Frames per second when the header is silent (DEFFREQ of the WFDB library).</summary>
    public const double DefaultFrameRateHz = 250;

    /// <summary>ADC units per physical unit when the header is silent or says 0 (DEFGAIN of the WFDB library).</summary>
    public const double DefaultGain = 200;

    // More than any device gives; beyond it the numbers of a damaged header would overflow time computations.
    private const double MaxFrameRateHz = 1e7;

    private const int MaxSamplesPerFrame = 10_000;

    /// <summary>Reads a header.</summary>
    /// <param name="fileName">Name of the header file, for messages.</param>
    /// <param name="bytes">The whole file.</param>
    /// <exception cref="RecordFormatException">The header does not follow header(5).</exception>
    public static WfdbHeader Parse(string fileName, ReadOnlySpan<byte> bytes)
    {
        // One byte, one character: a column in the text is an offset in the file.
        var text = Encoding.Latin1.GetString(bytes);
        var lines = new List<Line>();
        var comments = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0)
                end = text.Length;
            var line = text[start..end].TrimEnd();
            if (line.TrimStart() is ['#', ..])
            {
                if (lines.Count > 0)
                    comments.Add(Encoding.UTF8.GetString(bytes[start..(start + line.Length)]).TrimStart().TrimStart('#').Trim());
            }
            else if (line.Length > 0)
            {
                lines.Add(new Line(fileName, start, line));
            }
            start = end + 1;
        }
        if (lines.Count == 0)
            throw new RecordFormatException(fileName, bytes.Length, "the header ends before its record line.");

        var fields = RecordLine().Match(lines[0].Text);
        if (!fields.Success)
            throw lines[0].Error(0, "the record line does not begin with a name and a number of signals.");
        var signalCount = lines[0].Integer(fields.Groups["signals"], 0);
        var rateHz = lines[0].Number(fields.Groups["rate"], DefaultFrameRateHz);
        if (!(rateHz > 0 && rateHz <= MaxFrameRateHz))
            throw lines[0].Error(fields.Groups["rate"].Index, $"a sampling rate of {rateHz} Hz is not possible.");
        var segmentCount = fields.Groups["segments"].Success ? lines[0].Integer(fields.Groups["segments"], 0) : 0;
        var isMulti = fields.Groups["segments"].Success;
        var expected = isMulti ? segmentCount : signalCount;
        if (expected > lines.Count - 1)
        {
            throw new RecordFormatException(fileName, bytes.Length,
                $"the record line promises {expected} {(isMulti ? "segments" : "signals")}, the header has {lines.Count - 1}.");
        }

        return new WfdbHeader(
            fields.Groups["name"].Value,
            rateHz,
            lines[0].Long(fields.Groups["frames"], 0),
            StartOf(fields),
            isMulti ? [] : [.. lines.Skip(1).Take(signalCount).Select(SignalOf)],
            isMulti ? [.. lines.Skip(1).Take(segmentCount).Select(SegmentOf)] : [],
            comments);
    }

    private static WfdbSignalSpec SignalOf(Line line)
    {
        var fields = SignalLine().Match(line.Text);
        if (!fields.Success)
            throw line.Error(0, "the signal line does not begin with a file name and a format.");
        var gain = line.Number(fields.Groups["gain"], 0);
        var adcZero = line.Integer(fields.Groups["zero"], 0);
        var samplesPerFrame = line.Integer(fields.Groups["spf"], 1);
        if (samplesPerFrame is < 1 or > MaxSamplesPerFrame)
            throw line.Error(fields.Groups["spf"].Index, $"{samplesPerFrame} samples a frame are not possible.");
        return new WfdbSignalSpec(
            fields.Groups["file"].Value,
            line.Integer(fields.Groups["format"], 0),
            samplesPerFrame,
            line.Integer(fields.Groups["skew"], 0),
            line.Long(fields.Groups["offset"], 0),
            gain == 0 ? DefaultGain : gain,
            fields.Groups["baseline"].Success ? line.Integer(fields.Groups["baseline"], 0) : adcZero,
            fields.Groups["unit"].Success ? Utf8(fields.Groups["unit"].Value) : "mV",
            line.Integer(fields.Groups["resolution"], 0),
            adcZero,
            fields.Groups["initial"].Success ? line.Integer(fields.Groups["initial"], 0) : null,
            fields.Groups["checksum"].Success ? line.Integer(fields.Groups["checksum"], 0) : null,
            line.Integer(fields.Groups["block"], 0),
            Utf8(fields.Groups["description"].Value.Trim()));
    }

    private static string Utf8(string bytesAsCharacters) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytesAsCharacters));

    private static WfdbSegment SegmentOf(Line line)
    {
        var fields = SegmentLine().Match(line.Text);
        return fields.Success
            ? new WfdbSegment(fields.Groups["name"].Value, line.Long(fields.Groups["frames"], 0))
            : throw line.Error(0, "the segment line is not a record name and a length.");
    }

    // Times beyond 24:00 or dates that do not exist occur in published headers and hurt nothing: no start then.
    private static DateTime? StartOf(Match fields) =>
        DateTime.TryParseExact(
            $"{fields.Groups["date"].Value} {fields.Groups["time"].Value}",
            ["d/M/yyyy H:m:s", "d/M/yyyy H:m:s.FFFFFFF", "d/M/yyyy m:s"],
            CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)
            ? start
            : null;

    [GeneratedRegex(@"^\s*(?<name>[^\s/]+)(?:/(?<segments>\d+))?\s+(?<signals>\d+)(?:\s+(?<rate>[-+.\deE]+)(?:/(?<counter>[-+.\deE]+)(?:\((?<base>[-+.\deE]+)\))?)?(?:\s+(?<frames>\d+)(?:\s+(?<time>[\d:.]+)(?:\s+(?<date>[\d/]+))?)?)?)?")]
    private static partial Regex RecordLine();

    [GeneratedRegex(@"^\s*(?<file>\S+)\s+(?<format>\d+)(?:x(?<spf>\d+))?(?::(?<skew>\d+))?(?:\+(?<offset>\d+))?(?:\s+(?<gain>[-+.\deE]+)(?:\((?<baseline>-?\d+)\))?(?:/(?<unit>\S+))?(?:\s+(?<resolution>\d+)(?:\s+(?<zero>-?\d+)(?:\s+(?<initial>-?\d+)(?:\s+(?<checksum>-?\d+)(?:\s+(?<block>-?\d+)(?:\s+(?<description>.+))?)?)?)?)?)?)?")]
    private static partial Regex SignalLine();

    [GeneratedRegex(@"^\s*(?<name>\S+)\s+(?<frames>\d+)")]
    private static partial Regex SegmentLine();

    private sealed record Line(string File, int Offset, string Text)
    {
        public RecordFormatException Error(int column, string reason) => new(File, Offset + column, reason);

        public int Integer(Group field, int missing) =>
            !field.Success ? missing
            : int.TryParse(field.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
            : throw Error(field.Index, $"{field.Value} is too large a number.");

        public long Long(Group field, long missing) =>
            !field.Success ? missing
            : long.TryParse(field.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
            : throw Error(field.Index, $"{field.Value} is too large a number.");

        public double Number(Group field, double missing) =>
            !field.Success ? missing
            : double.TryParse(field.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
            : throw Error(field.Index, $"{field.Value} is not a number.");
    }
}

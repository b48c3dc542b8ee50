using System.Buffers.Binary;

namespace EcgImageWeb.Signal.Records;

/// <summary>
/// The MATLAB v4 files of the CinC challenges: one matrix <c>val</c>, a row a channel, ADC units (MAT-File Format, "Level 4").
/// Beside a <c>.hea</c>, <see cref="WfdbReader"/> reads them as WFDB format 16 with 24 bytes before the samples; this reads them alone.
/// </summary>
public static class MatFile
{
    private const int HeaderBytes = 20;
    private const int MaxNameBytes = 64;
    private const int MaxChannels = 1024;
    private const int Int16Type = 3;

    /// <summary>Reads a recording from a file without header.</summary>
    /// <param name="fileName">Name of the file, for messages and as the record's name.</param>
    /// <param name="bytes">The whole file.</param>
    /// <param name="sampleRateHz">Samples per second; the file does not say (CinC 2017: 300).</param>
    /// <param name="gain">ADC units per mV; the file does not say (CinC 2017 and 2020: 1000).</param>
    /// <param name="limits">How much to take into memory.</param>
    /// <exception cref="RecordFormatException">The file is not such a matrix.</exception>
    public static Record Parse(
        string fileName, ReadOnlySpan<byte> bytes, double sampleRateHz = 300, double gain = 1000, RecordLimits? limits = null)
    {
        if (bytes.Length < HeaderBytes)
            throw new RecordFormatException(fileName, bytes.Length, "the file ends within its matrix header.");
        var type = Field(bytes, 0);
        var (rows, columns) = ((long)Field(bytes, 4), (long)Field(bytes, 8));
        var nameBytes = Field(bytes, 16);
        // Type digits MOPT: M 0 little-endian, O 0, P the number type, T 0 full matrix.
        var number = type / 10;
        if (type is < 0 or > 50 || type % 10 != 0)
            throw new RecordFormatException(fileName, 0, $"{type} is not the type of a little-endian numeric MATLAB v4 matrix.");
        if (rows is < 1 or > MaxChannels || columns < 1 || Field(bytes, 12) != 0)
            throw new RecordFormatException(fileName, 4, $"a matrix of {rows} x {columns} is not a recording.");
        if (nameBytes is < 1 or > MaxNameBytes)
            throw new RecordFormatException(fileName, 16, $"a variable name of {nameBytes} bytes is not possible.");
        var size = number switch { 0 => 8, 1 or 2 => 4, 5 => 1, _ => 2 };
        var start = HeaderBytes + nameBytes;
        if (rows * columns > (bytes.Length - start) / size)
            throw new RecordFormatException(fileName, bytes.Length, $"the file ends before its {rows} x {columns} numbers.");
        if (rows * columns > (limits ?? RecordLimits.Default).MaxSamples)
            throw new RecordFormatException(fileName, start, $"{rows} x {columns} samples are more than the limit.");

        var signals = new RecordSignal[rows];
        for (var row = 0; row < rows; row++)
        {
            var samples = new float[columns];
            for (var column = 0; column < columns; column++)
            {
                var value = Value(number, bytes[(start + (column * (int)rows + row) * size)..]);
                samples[column] = number == Int16Type && value == short.MinValue ? float.NaN : (float)(value / gain);
            }
            signals[row] = new RecordSignal(rows == 1 ? "ECG" : FormattableString.Invariant($"signal {row}"), "mV", samples, sampleRateHz, gain);
        }
        return new Record(Path.GetFileNameWithoutExtension(fileName), sampleRateHz, signals, []);
    }

    /// <summary>The bytes of a 16-bit <c>val</c> matrix: channels of equal length, each stored with its gain and baseline.</summary>
    /// <exception cref="ArgumentException">Channels of different lengths, or a value that 16 bits cannot hold.</exception>
    public static byte[] ToBytes(Record record)
    {
        var (rows, columns) = (record.Signals.Count, record.Signals[0].Samples.Length);
        if (record.Signals.Any(signal => signal.Samples.Length != columns))
            throw new ArgumentException("Channels of equal length are needed.", nameof(record));
        var name = "val\0"u8;
        var bytes = new byte[HeaderBytes + name.Length + rows * columns * 2];
        int[] header = [Int16Type * 10, rows, columns, 0, name.Length];
        for (var i = 0; i < header.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), header[i]);
        name.CopyTo(bytes.AsSpan(HeaderBytes));
        for (var row = 0; row < rows; row++)
        {
            var adc = WfdbWriter.ToAdc(record.Signals[row], 16);
            for (var column = 0; column < columns; column++)
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(HeaderBytes + name.Length + (column * rows + row) * 2), (short)adc[column]);
        }
        return bytes;
    }

    private static int Field(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);

    private static double Value(int number, ReadOnlySpan<byte> at) => number switch
    {
        0 => BinaryPrimitives.ReadDoubleLittleEndian(at),
        1 => BinaryPrimitives.ReadSingleLittleEndian(at),
        2 => BinaryPrimitives.ReadInt32LittleEndian(at),
        Int16Type => BinaryPrimitives.ReadInt16LittleEndian(at),
        4 => BinaryPrimitives.ReadUInt16LittleEndian(at),
        _ => at[0],
    };
}

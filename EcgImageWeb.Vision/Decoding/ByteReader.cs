using System.Buffers.Binary;

namespace EcgImageWeb.Vision.Decoding;

/// <summary>Numbers at byte offsets; past the end of the file the answer is the refusal <c>damaged</c>.</summary>
internal static class ByteReader
{
    /// <summary>The refusal for a file that ends too early.</summary>
    public static RefusalException Truncated(string format) => new(
        RefusalCode.Damaged,
        $"This {format} file ends before its picture does. It was probably not copied or uploaded completely; please send the original again.");

    /// <summary>The refusal for a file that contradicts itself.</summary>
    public static RefusalException Broken(string format, string what) => new(
        RefusalCode.Damaged,
        $"This {format} file is damaged: {what}. Please export or photograph the page again.");

    public static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> bytes, long offset, long length, string format) =>
        offset >= 0 && length >= 0 && offset <= bytes.Length - length
            ? bytes.Slice((int)offset, (int)length)
            : throw Truncated(format);

    public static byte U8(ReadOnlySpan<byte> bytes, long offset, string format) => Slice(bytes, offset, 1, format)[0];

    public static ushort U16Be(ReadOnlySpan<byte> bytes, long offset, string format) =>
        BinaryPrimitives.ReadUInt16BigEndian(Slice(bytes, offset, 2, format));

    public static uint U32Be(ReadOnlySpan<byte> bytes, long offset, string format) =>
        BinaryPrimitives.ReadUInt32BigEndian(Slice(bytes, offset, 4, format));

    public static ushort U16Le(ReadOnlySpan<byte> bytes, long offset, string format) =>
        BinaryPrimitives.ReadUInt16LittleEndian(Slice(bytes, offset, 2, format));

    public static uint U24Le(ReadOnlySpan<byte> bytes, long offset, string format)
    {
        var part = Slice(bytes, offset, 3, format);
        return (uint)(part[0] | (part[1] << 8) | (part[2] << 16));
    }

    public static uint U32Le(ReadOnlySpan<byte> bytes, long offset, string format) =>
        BinaryPrimitives.ReadUInt32LittleEndian(Slice(bytes, offset, 4, format));
}

using System.Buffers.Binary;

namespace EcgImageWeb.Vision.Decoding;

/// <summary>TIFF 6.0 (classic): image file directories, and whether every strip or tile lies inside the file.</summary>
internal static class TiffFile
{
    private const string Name = "TIFF";

    /// <summary>More directories than this are not counted; a loop of directories ends here too.</summary>
    private const int MaxPages = 10_000;

    private const ushort Width = 256, Height = 257, BitsPerSample = 258, StripOffsets = 273, SamplesPerPixel = 277,
        StripByteCounts = 279, TileOffsets = 324, TileByteCounts = 325, SampleFormat = 339;

    public static bool Matches(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8);

    /// <summary>Reads the first directory and counts the others.</summary>
    /// <exception cref="RefusalException"><c>damaged</c>, or <c>unsupported</c> for floating-point samples.</exception>
    public static ImageHeader ReadHeader(ReadOnlySpan<byte> bytes)
    {
        long first = U32(bytes, 4), at = first;
        var pages = 0;
        while (at != 0 && pages < MaxPages)
        {
            pages++;
            var entries = U16(bytes, at);
            at = U32(bytes, at + 2 + (12L * entries));
            if (at == first)
                break;
        }

        if (pages == 0)
            throw ByteReader.Broken(Name, "it has no page");
        if (One(bytes, first, SampleFormat, 1) is not (1 or 4))
            throw new RefusalException(RefusalCode.Unsupported, "This TIFF file holds measured values, not a picture. Please save the page as PNG or JPEG.");
        long width = One(bytes, first, Width, 0), height = One(bytes, first, Height, 0);
        if (width == 0 || height == 0)
            throw ByteReader.Broken(Name, "its size is missing");
        return new ImageHeader("tiff", width, height, (int)One(bytes, first, SamplesPerPixel, 1), (int)One(bytes, first, BitsPerSample, 1), pages);
    }

    /// <summary>Every strip or tile of the first page must lie inside the file.</summary>
    public static void CheckComplete(ReadOnlySpan<byte> bytes)
    {
        long first = U32(bytes, 4);
        var tiled = Find(bytes, first, TileOffsets) >= 0;
        var offsets = All(bytes, first, tiled ? TileOffsets : StripOffsets);
        var counts = All(bytes, first, tiled ? TileByteCounts : StripByteCounts);
        if (offsets.Length == 0 || offsets.Length != counts.Length)
            throw ByteReader.Broken(Name, "it has no picture data");
        for (var i = 0; i < offsets.Length; i++)
            ByteReader.Slice(bytes, offsets[i], counts[i], Name);
    }

    private static long One(ReadOnlySpan<byte> bytes, long directory, ushort tag, long otherwise) =>
        All(bytes, directory, tag) is [var value, ..] ? value : otherwise;

    private static long[] All(ReadOnlySpan<byte> bytes, long directory, ushort tag)
    {
        var entry = Find(bytes, directory, tag);
        if (entry < 0)
            return [];
        long size = U16(bytes, entry + 2) switch { 1 => 1, 3 => 2, 4 => 4, _ => throw ByteReader.Broken(Name, "a field has the wrong type") };
        long count = U32(bytes, entry + 4);
        var at = count * size <= 4 ? entry + 8 : U32(bytes, entry + 8);
        ByteReader.Slice(bytes, at, count * size, Name);
        var values = new long[count];
        for (var i = 0; i < count; i++)
            values[i] = size switch { 1 => bytes[(int)at + i], 2 => U16(bytes, at + (2 * i)), _ => U32(bytes, at + (4 * i)) };
        return values;
    }

    private static long Find(ReadOnlySpan<byte> bytes, long directory, ushort tag)
    {
        var entries = U16(bytes, directory);
        for (var i = 0; i < entries; i++)
            if (U16(bytes, directory + 2 + (12L * i)) == tag)
                return directory + 2 + (12L * i);
        return -1;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, long at)
    {
        var value = ByteReader.U16Le(bytes, at, Name);
        return bytes[0] == 'I' ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    private static uint U32(ReadOnlySpan<byte> bytes, long at)
    {
        var value = ByteReader.U32Le(bytes, at, Name);
        return bytes[0] == 'I' ? value : BinaryPrimitives.ReverseEndianness(value);
    }
}

using System.Buffers.Binary;

namespace EcgImageWeb.Vision.Decoding;

/// <summary>TIFF 6.0 (classic): image file directories, and whether every strip or tile lies inside the file.</summary>
internal static class TiffFile
{
    private const string Name = "TIFF", TooManyPieces = "it claims more strips than a picture has";

    /// <summary>More directories than this are not counted; a loop of directories ends here too.</summary>
    private const int MaxPages = 1_000;

    /// <summary>Strips and tiles of all pages: the tiles of a hundred megapixels, twice. A field may claim one for each byte of the file.</summary>
    private const int MaxPieces = 1_000_000;

    private const ushort Width = 256, Height = 257, BitsPerSample = 258, StripOffsets = 273, SamplesPerPixel = 277,
        StripByteCounts = 279, TileOffsets = 324, TileByteCounts = 325, SampleFormat = 339;

    public static bool Matches(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8);

    /// <summary>Reads the first directory and counts the others.</summary>
    /// <exception cref="RefusalException"><c>damaged</c>, or <c>unsupported</c> for floating-point samples.</exception>
    public static ImageHeader ReadHeader(ReadOnlySpan<byte> bytes)
    {
        var pages = Directories(bytes);
        var first = pages[0];
        if (One(bytes, first, SampleFormat, 1) is not (1 or 4))
            throw new RefusalException(RefusalCode.Unsupported, "This TIFF file holds measured values, not a picture. Please save the page as PNG or JPEG.");
        long width = One(bytes, first, Width, 0), height = One(bytes, first, Height, 0);
        if (width == 0 || height == 0)
            throw ByteReader.Broken(Name, "its size is missing");
        return new ImageHeader("tiff", width, height, (int)One(bytes, first, SamplesPerPixel, 1), (int)One(bytes, first, BitsPerSample, 1), pages.Count);
    }

    /// <summary>The same file beginning with a later page: only the header's offset of the first directory differs.</summary>
    /// <returns>The bytes and the one-based page they begin with, the last one where there are fewer.</returns>
    /// <exception cref="RefusalException"><c>damaged</c>.</exception>
    public static (ReadOnlyMemory<byte> Bytes, int Page) FromPage(ReadOnlyMemory<byte> bytes, int page)
    {
        var pages = Directories(bytes.Span);
        page = Math.Min(page, pages.Count);
        var copy = bytes.ToArray();
        var offset = copy.AsSpan(4, 4);
        if (copy[0] == 'I')
            BinaryPrimitives.WriteUInt32LittleEndian(offset, (uint)pages[page - 1]);
        else
            BinaryPrimitives.WriteUInt32BigEndian(offset, (uint)pages[page - 1]);
        return (copy, page);
    }

    /// <summary>Every strip or tile of every page must lie inside the file.</summary>
    public static void CheckComplete(ReadOnlySpan<byte> bytes)
    {
        var pieces = 0;
        foreach (var page in Directories(bytes))
        {
            var tiled = Find(bytes, page, TileOffsets) >= 0;
            var offsets = All(bytes, page, tiled ? TileOffsets : StripOffsets);
            var counts = All(bytes, page, tiled ? TileByteCounts : StripByteCounts);
            if (offsets.Length == 0 || offsets.Length != counts.Length)
                throw ByteReader.Broken(Name, "it has no picture data");
            pieces += offsets.Length;
            if (pieces > MaxPieces)
                throw ByteReader.Broken(Name, TooManyPieces);
            for (var i = 0; i < offsets.Length; i++)
                ByteReader.Slice(bytes, offsets[i], counts[i], Name);
        }
    }

    /// <summary>Offsets of the image file directories, one a page.</summary>
    private static List<long> Directories(ReadOnlySpan<byte> bytes)
    {
        var found = new List<long>();
        for (long at = U32(bytes, 4); at != 0 && found.Count < MaxPages && !found.Contains(at); at = U32(bytes, at + 2 + (12L * U16(bytes, at))))
            found.Add(at);
        return found.Count > 0 ? found : throw ByteReader.Broken(Name, "it has no page");
    }

    private static long One(ReadOnlySpan<byte> bytes, long directory, ushort tag, long otherwise) =>
        All(bytes, directory, tag, most: 1) is [var value, ..] ? value : otherwise;

    // The values of a field, or the first of them.
    private static long[] All(ReadOnlySpan<byte> bytes, long directory, ushort tag, int? most = null)
    {
        var entry = Find(bytes, directory, tag);
        if (entry < 0)
            return [];
        long size = U16(bytes, entry + 2) switch { 1 => 1, 3 => 2, 4 => 4, _ => throw ByteReader.Broken(Name, "a field has the wrong type") };
        long count = U32(bytes, entry + 4);
        var at = count * size <= 4 ? entry + 8 : U32(bytes, entry + 8);
        ByteReader.Slice(bytes, at, count * size, Name);
        if (most is null && count > MaxPieces)
            throw ByteReader.Broken(Name, TooManyPieces);
        var values = new long[Math.Min(count, most ?? count)];
        for (var i = 0; i < values.Length; i++)
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

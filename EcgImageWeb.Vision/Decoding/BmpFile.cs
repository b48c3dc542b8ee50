namespace EcgImageWeb.Vision.Decoding;

/// <summary>Windows bitmaps: the header, and the length of uncompressed rows.</summary>
internal static class BmpFile
{
    private const string Name = "BMP";

    /// <summary>The magic is two letters only, so the length of the info header must be a known one as well.</summary>
    public static bool Matches(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("BM"u8) && (bytes.Length < 18 || ByteReader.U32Le(bytes, 14, Name) is 12 or 40 or 52 or 56 or 64 or 108 or 124);

    /// <summary>Reads the info header.</summary>
    /// <exception cref="RefusalException"><c>damaged</c>.</exception>
    public static ImageHeader ReadHeader(ReadOnlySpan<byte> bytes)
    {
        var old = ByteReader.U32Le(bytes, 14, Name) == 12;
        long width = old ? ByteReader.U16Le(bytes, 18, Name) : (int)ByteReader.U32Le(bytes, 18, Name);
        long height = old ? ByteReader.U16Le(bytes, 20, Name) : Math.Abs((long)(int)ByteReader.U32Le(bytes, 22, Name));
        int bits = ByteReader.U16Le(bytes, old ? 24 : 28, Name);
        if (width <= 0 || height == 0 || bits is not (1 or 4 or 8 or 16 or 24 or 32))
            throw ByteReader.Broken(Name, "its header makes no sense");
        return new ImageHeader("bmp", width, height, bits <= 8 ? 1 : bits == 32 ? 4 : 3, bits <= 8 ? bits : 8);
    }

    /// <summary>All rows must lie inside the file; for run lengths, the length that the header states.</summary>
    public static void CheckComplete(ReadOnlySpan<byte> bytes, ImageHeader header)
    {
        long offset = ByteReader.U32Le(bytes, 10, Name);
        var old = ByteReader.U32Le(bytes, 14, Name) == 12;
        int bits = ByteReader.U16Le(bytes, old ? 24 : 28, Name);
        var runLengths = !old && ByteReader.U32Le(bytes, 30, Name) is 1 or 2;
        var length = runLengths ? ByteReader.U32Le(bytes, 34, Name) : ((header.Width * bits) + 31) / 32 * 4 * header.Height;
        ByteReader.Slice(bytes, offset, length, Name);
    }
}

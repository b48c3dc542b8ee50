using System.IO.Compression;

namespace EcgImageWeb.Vision.Decoding;

/// <summary>PNG and APNG (W3C PNG specification): chunks, checksums and the length of the picture data.</summary>
internal static class PngFile
{
    private const string Name = "PNG";

    private const uint Ihdr = 0x49484452, Idat = 0x49444154, Iend = 0x49454E44, Actl = 0x6163544C;

    private static readonly uint[] CrcTable = MakeCrcTable();

    public static bool Matches(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);

    /// <summary>Reads IHDR, and acTL for the number of frames (it stands before the picture data).</summary>
    /// <exception cref="RefusalException"><c>damaged</c>.</exception>
    public static ImageHeader ReadHeader(ReadOnlySpan<byte> bytes)
    {
        if (ByteReader.U32Be(bytes, 12, Name) != Ihdr)
            throw ByteReader.Broken(Name, "it does not begin with its header");
        long width = ByteReader.U32Be(bytes, 16, Name), height = ByteReader.U32Be(bytes, 20, Name);
        int depth = ByteReader.U8(bytes, 24, Name), colourType = ByteReader.U8(bytes, 25, Name);
        var channels = colourType switch { 0 or 3 => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
        if (width == 0 || height == 0 || channels == 0 || depth is not (1 or 2 or 4 or 8 or 16) || ByteReader.U8(bytes, 28, Name) > 1)
            throw ByteReader.Broken(Name, "its header makes no sense");

        var pages = 1;
        for (long at = 8; at + 8 <= bytes.Length;)
        {
            var length = ByteReader.U32Be(bytes, at, Name);
            var type = ByteReader.U32Be(bytes, at + 4, Name);
            if (type == Actl)
                pages = (int)Math.Clamp(ByteReader.U32Be(bytes, at + 8, Name), 1u, int.MaxValue);
            if (type is Idat or Iend or Actl)
                break;
            at += 12L + length;
        }

        return new ImageHeader("png", width, height, channels, depth, pages);
    }

    /// <summary>Checks every chunk's checksum, the end chunk, and that the picture data inflate to all rows.</summary>
    public static void CheckComplete(ReadOnlySpan<byte> bytes, ImageHeader header, CancellationToken cancellationToken)
    {
        using var data = new MemoryStream();
        long at = 8;
        uint type;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var length = ByteReader.U32Be(bytes, at, Name);
            type = ByteReader.U32Be(bytes, at + 4, Name);
            var body = ByteReader.Slice(bytes, at + 4, 4L + length, Name);
            if (Crc(body) != ByteReader.U32Be(bytes, at + 8 + length, Name))
                throw ByteReader.Broken(Name, "a checksum does not fit");
            if (type == Idat)
                data.Write(body[4..]);
            at += 12L + length;
        }
        while (type != Iend);

        data.Position = 0;
        if (InflatedLength(data, cancellationToken) < RawLength(header, interlaced: bytes[28] == 1))
            throw ByteReader.Truncated(Name);
    }

    /// <summary>Bytes of all filtered rows; for Adam7 the seven passes together.</summary>
    private static long RawLength(ImageHeader header, bool interlaced)
    {
        var bitsPerPixel = header.Channels * header.BitDepth;
        long Pass(long width, long height) => width == 0 || height == 0 ? 0 : (1 + ((width * bitsPerPixel) + 7) / 8) * height;
        if (!interlaced)
            return Pass(header.Width, header.Height);

        ReadOnlySpan<(int X, int Y, int StepX, int StepY)> adam7 =
            [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        long sum = 0;
        foreach (var (x, y, stepX, stepY) in adam7)
            sum += Pass((header.Width - x + stepX - 1) / stepX, (header.Height - y + stepY - 1) / stepY);
        return sum;
    }

    private static long InflatedLength(MemoryStream data, CancellationToken cancellationToken)
    {
        try
        {
            using var inflate = new ZLibStream(data, CompressionMode.Decompress);
            var buffer = new byte[1 << 16];
            long sum = 0;
            int read;
            while ((read = inflate.Read(buffer)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                sum += read;
            }

            return sum;
        }
        catch (InvalidDataException)
        {
            throw ByteReader.Broken(Name, "its picture data cannot be unpacked");
        }
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in bytes)
            crc = CrcTable[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    // PNG specification, annex D.
    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            var c = n;
            for (var bit = 0; bit < 8; bit++)
                c = (c & 1) != 0 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
            table[n] = c;
        }

        return table;
    }
}

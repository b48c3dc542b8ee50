using System.Buffers.Binary;

namespace EcgImageWeb.Vision.Decoding;

/// <summary>WebP (RFC 9649): the RIFF container, and the first frame of an animation as a file of its own.</summary>
internal static class WebPFile
{
    private const string Name = "WebP";

    private const uint Vp8 = 0x20385056, Vp8L = 0x4C385056, Vp8X = 0x58385056, Anmf = 0x464D4E41, Alph = 0x48504C41;

    public static bool Matches(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8);

    /// <summary>Reads the first chunk: size and alpha; counts an animation's frames.</summary>
    /// <exception cref="RefusalException"><c>damaged</c>.</exception>
    public static ImageHeader ReadHeader(ReadOnlySpan<byte> bytes)
    {
        var type = ByteReader.U32Le(bytes, 12, Name);
        var header = type == Vp8X
            ? new ImageHeader("webp", 1 + ByteReader.U24Le(bytes, 24, Name), 1 + ByteReader.U24Le(bytes, 27, Name), (bytes[20] & 0x10) != 0 ? 4 : 3, 8)
            : Bitstream(bytes, type, 20);
        var frames = 0;
        for (long at = 12; at + 8 <= bytes.Length; at = NextChunk(bytes, at))
            if (ByteReader.U32Le(bytes, at, Name) == Anmf)
                frames++;
        return header with { Pages = Math.Max(1, frames) };
    }

    /// <summary>Every chunk must lie inside the file, and there must be a picture in one of them.</summary>
    public static void CheckComplete(ReadOnlySpan<byte> bytes)
    {
        var end = 8L + ByteReader.U32Le(bytes, 4, Name);
        if (end > bytes.Length + (end & 1))
            throw ByteReader.Truncated(Name);
        var pictures = 0;
        for (long at = 12; at + 8 <= end; at = NextChunk(bytes, at))
        {
            ByteReader.Slice(bytes, at + 8, ByteReader.U32Le(bytes, at + 4, Name), Name);
            if (ByteReader.U32Le(bytes, at, Name) is Vp8 or Vp8L or Anmf)
                pictures++;
        }

        if (pictures == 0)
            throw ByteReader.Broken(Name, "it has no picture data");
    }

    /// <summary>The first frame of an animation as a still file, and where it lies on the canvas.</summary>
    public static (byte[] File, int X, int Y) FirstFrame(ReadOnlySpan<byte> bytes)
    {
        long at = 12;
        while (ByteReader.U32Le(bytes, at, Name) != Anmf)
            at = NextChunk(bytes, at);
        var body = ByteReader.Slice(bytes, at + 8, ByteReader.U32Le(bytes, at + 4, Name), Name);
        int x = 2 * (int)ByteReader.U24Le(body, 0, Name), y = 2 * (int)ByteReader.U24Le(body, 3, Name);
        var frame = ByteReader.Slice(body, 16, body.Length - 16, Name);
        var hasAlpha = ByteReader.U32Le(frame, 0, Name) == Alph;

        var file = new byte[12 + (hasAlpha ? 18 : 0) + frame.Length];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), (uint)file.Length - 8);
        "WEBP"u8.CopyTo(file.AsSpan(8));
        if (hasAlpha)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(12), Vp8X);
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(16), 10);
            file[20] = 0x10;
            body.Slice(6, 6).CopyTo(file.AsSpan(24));
        }

        frame.CopyTo(file.AsSpan(file.Length - frame.Length));
        return (file, x, y);
    }

    private static ImageHeader Bitstream(ReadOnlySpan<byte> bytes, uint type, long at)
    {
        if (type == Vp8L)
        {
            var bits = ByteReader.U32Le(bytes, at + 1, Name);
            return new ImageHeader("webp", 1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF), ((bits >> 28) & 1) != 0 ? 4 : 3, 8);
        }

        if (type == Vp8)
            return new ImageHeader("webp", ByteReader.U16Le(bytes, at + 6, Name) & 0x3FFF, ByteReader.U16Le(bytes, at + 8, Name) & 0x3FFF, 3, 8);
        throw ByteReader.Broken(Name, "its first chunk is unknown");
    }

    private static long NextChunk(ReadOnlySpan<byte> bytes, long at)
    {
        long length = ByteReader.U32Le(bytes, at + 4, Name);
        return at + 8 + length + (length & 1);
    }
}

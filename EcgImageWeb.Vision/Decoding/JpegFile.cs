namespace EcgImageWeb.Vision.Decoding;

/// <summary>JPEG (ITU-T T.81): markers only, no entropy decoding.</summary>
internal static class JpegFile
{
    private const string Name = "JPEG";

    private const byte Soi = 0xD8, Eoi = 0xD9, Sos = 0xDA, Tem = 0x01, Rst0 = 0xD0, Rst7 = 0xD7;

    public static bool Matches(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, Soi, 0xFF]);

    /// <summary>Reads up to the frame header (SOFn).</summary>
    /// <exception cref="RefusalException"><c>damaged</c>, or <c>unsupported</c> for lossless, hierarchical and 12-bit files.</exception>
    public static ImageHeader ReadHeader(ReadOnlySpan<byte> bytes)
    {
        long at = 2;
        while (true)
        {
            var marker = NextMarker(bytes, ref at);
            if (IsStandalone(marker))
                continue;
            if (marker is Sos or Eoi)
                throw ByteReader.Broken(Name, "it has no frame header");
            var length = ByteReader.U16Be(bytes, at, Name);
            if (IsFrameHeader(marker))
                return Frame(bytes, marker, at);
            at += length;
        }
    }

    /// <summary>
    /// Walks every segment and scan to the end-of-image marker. The engine decodes a file that stops early without a
    /// word and leaves the rest gray, so that must be seen here.
    /// </summary>
    public static void CheckComplete(ReadOnlySpan<byte> bytes)
    {
        long at = 2;
        var scans = 0;
        while (true)
        {
            var marker = NextMarker(bytes, ref at);
            if (marker == Eoi)
            {
                if (scans == 0)
                    throw ByteReader.Broken(Name, "it has no picture data");
                return;
            }

            if (IsStandalone(marker))
                continue;
            at += ByteReader.U16Be(bytes, at, Name);
            if (marker != Sos)
                continue;
            scans++;
            at = EndOfScan(bytes, at);
        }
    }

    private static ImageHeader Frame(ReadOnlySpan<byte> bytes, byte marker, long at)
    {
        var precision = ByteReader.U8(bytes, at + 2, Name);
        var height = ByteReader.U16Be(bytes, at + 3, Name);
        var width = ByteReader.U16Be(bytes, at + 5, Name);
        var components = ByteReader.U8(bytes, at + 7, Name);

        // SOF0 baseline, SOF1 extended and SOF2 progressive are what libjpeg reads everywhere.
        if (marker > 0xC2 || precision != 8)
            throw new RefusalException(RefusalCode.Unsupported, "This JPEG file is of a rare kind (lossless, arithmetic or 12-bit). Please save it as an ordinary JPEG or PNG.");
        if (height == 0)
            throw new RefusalException(RefusalCode.Unsupported, "This JPEG file does not state its height. Please save it as an ordinary JPEG or PNG.");
        if (width == 0 || components is 0 or > 4)
            throw ByteReader.Broken(Name, "its frame header makes no sense");
        return new ImageHeader("jpeg", width, height, components, precision);
    }

    /// <summary>Moves past fill bytes to a marker and past the marker.</summary>
    private static byte NextMarker(ReadOnlySpan<byte> bytes, ref long at)
    {
        if (ByteReader.U8(bytes, at, Name) != 0xFF)
            throw ByteReader.Broken(Name, "a marker is missing");
        byte marker;
        do
            marker = ByteReader.U8(bytes, ++at, Name);
        while (marker == 0xFF);
        at++;
        return marker;
    }

    private static long EndOfScan(ReadOnlySpan<byte> bytes, long at)
    {
        while (true)
        {
            var next = at < bytes.Length ? bytes[(int)at..].IndexOf((byte)0xFF) : -1;
            if (next < 0)
                throw ByteReader.Truncated(Name);
            at += next;
            var code = ByteReader.U8(bytes, at + 1, Name);
            if (code is not (0 or 0xFF or (>= Rst0 and <= Rst7)))
                return at;
            at += code == 0xFF ? 1 : 2;
        }
    }

    private static bool IsStandalone(byte marker) => marker is Tem or Soi or (>= Rst0 and <= Rst7);

    // C4, C8 and CC are tables, not frames.
    private static bool IsFrameHeader(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}

namespace EcgImageWeb.Vision.Decoding;

/// <summary>Formats that are recognised in order to refuse them with a helpful sentence.</summary>
internal static class ForeignFormat
{
    /// <summary>The refusal for bytes that none of the readers knows: <c>unsupported</c> or <c>not-an-image</c>.</summary>
    public static RefusalException Refusal(ReadOnlySpan<byte> bytes)
    {
        var name = Recognise(bytes);
        return name is null
            ? new RefusalException(RefusalCode.NotAnImage, "This file is not a picture that can be read, whatever its name says. Please send a JPEG, PNG, WebP, TIFF, BMP, GIF or PDF of the page, or a recording (WFDB, .mat or CSV).")
            : new RefusalException(RefusalCode.Unsupported, $"{name} files are not read. Please save the page as JPEG or PNG.");
    }

    private static string? Recognise(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 12 && bytes[4..].StartsWith("ftyp"u8))
        {
            var brand = bytes.Slice(8, 4);
            if (brand.StartsWith("avi"u8))
                return "AVIF";
            if (brand.StartsWith("he"u8) || brand.StartsWith("mif1"u8) || brand.StartsWith("msf1"u8))
                return "HEIC";
            return "Video";
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 0x0C, (byte)'j', (byte)'P', (byte)' ', (byte)' ']) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51]))
            return "JPEG 2000";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 0x0C, (byte)'J', (byte)'X', (byte)'L', (byte)' ']) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]))
            return "JPEG XL";
        if (bytes.StartsWith("8BPS"u8))
            return "Photoshop";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0]))
            return "Icon";
        if (bytes.StartsWith("II+\0"u8) || bytes.StartsWith("MM\0+"u8))
            return "BigTIFF";
        if (bytes.Length >= 132 && bytes[128..].StartsWith("DICM"u8))
            return "DICOM";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x76, 0x2F, 0x31, 0x01]))
            return "OpenEXR";
        return bytes[..Math.Min(bytes.Length, 1024)].IndexOf("<svg"u8) >= 0 ? "SVG" : null;
    }
}

using MetadataExtractor;
using MetadataExtractor.Formats.Exif;

namespace EcgImageWeb.Vision.Decoding;

/// <summary>The EXIF orientation (tag 274), 1 to 8, and what it does to pixels.</summary>
internal static class ExifOrientation
{
    /// <summary>1 (as stored) where the file says nothing, or says it unreadably.</summary>
    public static int Read(byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            foreach (var directory in ImageMetadataReader.ReadMetadata(stream).OfType<ExifIfd0Directory>())
                if (directory.TryGetInt32(ExifDirectoryBase.TagOrientation, out var orientation) && orientation is >= 1 and <= 8)
                    return orientation;
        }
        catch (Exception exception) when (exception is ImageProcessingException or IOException or ArgumentException or OverflowException or InvalidOperationException)
        {
            // Metadata beside the picture; the picture itself has been checked by its own reader.
            return 1;
        }

        return 1;
    }

    /// <summary>Where the pixel (x, y) of a width x height picture as stored belongs in the picture as meant (EXIF 2.32, 4.6.4).</summary>
    public static Raster Apply(Raster stored, int orientation)
    {
        if (orientation == 1)
            return stored;
        int w = stored.Width, h = stored.Height, channels = stored.Channels;
        var (width, height) = orientation >= 5 ? (h, w) : (w, h);
        var pixels = new byte[stored.Pixels.Length];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var (fromX, fromY) = orientation switch
                {
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (y, h - 1 - x),
                    7 => (w - 1 - y, h - 1 - x),
                    _ => (w - 1 - y, x),
                };
                Array.Copy(stored.Pixels, ((fromY * w) + fromX) * channels, pixels, ((y * width) + x) * channels, channels);
            }

        return new Raster(width, height, channels, pixels);
    }
}

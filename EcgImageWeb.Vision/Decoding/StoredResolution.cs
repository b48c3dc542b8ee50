using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Jfif;
using MetadataExtractor.Formats.Png;

namespace EcgImageWeb.Vision.Decoding;

/// <summary>The resolution that a scanner writes into its files: EXIF and TIFF tags 282 and 296, JFIF's density, PNG's pHYs.</summary>
internal static class StoredResolution
{
    private const double MmPerInch = 25.4;

    /// <summary>Cameras and programs write 72 or 96 dots an inch into everything; scanners 100 and more.</summary>
    private const double LeastDpi = 99, MostDpi = 2400;

    /// <summary>Pixels a millimetre, or null where the file does not tell, or tells what is no scanner's resolution.</summary>
    public static double? Read(byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            foreach (var directory in ImageMetadataReader.ReadMetadata(stream))
                if (Dpi(directory) is >= LeastDpi and <= MostDpi and var dpi)
                    return dpi / MmPerInch;
        }
        catch (Exception exception) when (exception is ImageProcessingException or IOException or ArgumentException or OverflowException or InvalidOperationException)
        {
            // Metadata beside the picture; the picture itself has been checked by its own reader.
            return null;
        }

        return null;
    }

    private static double? Dpi(MetadataExtractor.Directory directory)
    {
        const int Inch = 2, Centimetre = 3, JfifInch = 1, JfifCentimetre = 2, PngMetre = 1;
        return directory switch
        {
            ExifIfd0Directory => Of(ExifDirectoryBase.TagXResolution, ExifDirectoryBase.TagResolutionUnit, Inch, 1) ?? Of(ExifDirectoryBase.TagXResolution, ExifDirectoryBase.TagResolutionUnit, Centimetre, MmPerInch / 10),
            JfifDirectory => Of(JfifDirectory.TagResX, JfifDirectory.TagUnits, JfifInch, 1) ?? Of(JfifDirectory.TagResX, JfifDirectory.TagUnits, JfifCentimetre, MmPerInch / 10),
            PngDirectory => Of(PngDirectory.TagPixelsPerUnitX, PngDirectory.TagUnitSpecifier, PngMetre, MmPerInch / 1000),
            _ => null,
        };

        double? Of(int value, int unit, int expected, double factor) =>
            directory.TryGetInt32(unit, out var told) && told == expected && directory.TryGetDouble(value, out var density) ? density * factor : null;
    }
}

using OpenCvSharp;

namespace EcgImageWeb.Vision.Rendering;

/// <summary>Pixels to picture files, for the browser and the output folder.</summary>
public static class RasterEncoder
{
    // zlib's fastest level: a page's gray image takes 25 ms instead of 90, for a tenth more bytes.
    private const int PngLevel = 1;
    private const int JpegQuality = 88;

    /// <summary>PNG, lossless.</summary>
    public static byte[] Png(Raster raster) => Encode(raster, ".png", new ImageEncodingParam(ImwriteFlags.PngCompression, PngLevel));

    /// <summary>JPEG of a quality at which thin traces stay clean.</summary>
    public static byte[] Jpeg(Raster raster) => Encode(raster, ".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, JpegQuality));

    /// <summary>A JPEG no wider than <paramref name="maxWidth"/> pixels.</summary>
    public static byte[] Thumbnail(Raster raster, int maxWidth)
    {
        if (raster.Width <= maxWidth)
            return Jpeg(raster);
        using var mat = raster.ToMat();
        using var small = new Mat();
        var height = Math.Max(1, raster.Height * maxWidth / raster.Width);
        Cv2.Resize(mat, small, new Size(maxWidth, height), 0, 0, InterpolationFlags.Area);
        return Jpeg(small.ToRaster());
    }

    /// <summary>Gray of a BGR raster by ITU-R BT.601; a gray one as it is.</summary>
    public static Raster Gray(Raster raster)
    {
        if (raster.Channels == 1)
            return raster;
        using var mat = raster.ToMat();
        using var gray = new Mat();
        Cv2.CvtColor(mat, gray, ColorConversionCodes.BGR2GRAY);
        return gray.ToRaster();
    }

    private static byte[] Encode(Raster raster, string extension, ImageEncodingParam parameter)
    {
        using var mat = raster.ToMat();
        Cv2.ImEncode(extension, mat, out var bytes, parameter);
        return bytes;
    }
}

using OpenCvSharp;

namespace EcgImageWeb.Vision;

/// <summary>Luminance of a picture (0.299 R + 0.587 G + 0.114 B, as OpenCV's BGR2GRAY).</summary>
public static class Gray
{
    /// <summary>One channel of the same size; a gray picture is returned as it is.</summary>
    /// <param name="picture">1 or 3 channels.</param>
    public static Raster Of(Raster picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Channels == 1)
            return picture;
        using var colour = picture.ToMat();
        using var gray = new Mat();
        Cv2.CvtColor(colour, gray, ColorConversionCodes.BGR2GRAY);
        return gray.ToRaster();
    }
}

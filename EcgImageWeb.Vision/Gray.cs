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

    /// <summary>The brightest channel: coloured grids and stamps fade, ink that is dark in all colours stays.</summary>
    /// <param name="picture">1 or 3 channels.</param>
    internal static Raster Brightest(Raster picture)
    {
        if (picture.Channels == 1)
            return picture;
        var from = picture.Pixels;
        var to = new byte[picture.Width * picture.Height];
        for (int i = 0, j = 0; i < to.Length; i++, j += 3)
            to[i] = Math.Max(from[j], Math.Max(from[j + 1], from[j + 2]));
        return new Raster(picture.Width, picture.Height, 1, to);
    }
}

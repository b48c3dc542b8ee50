using OpenCvSharp;

namespace EcgImageWeb.Vision.Layout;

/// <summary>A page's darkness against its own paper: shadows, yellowed paper and coloured grids fade, printed ink stays.</summary>
internal static class EvenPaper
{
    /// <summary>The paper is measured at this many pixels per millimetre.</summary>
    private const double PaperPxPerMm = 2;

    /// <summary>Brightest within this distance is paper: wider than a label's strokes and a grid cell, narrower than a shadow; millimetres.</summary>
    private const double PaperReachMm = 5;

    /// <summary>Darker surroundings than this are no paper, gray levels.</summary>
    private const double DarkestPaper = 40;

    /// <summary>One channel, paper at 255: each colour divided by the paper's around it, the brightest of the three.</summary>
    /// <param name="page">BGR or gray.</param>
    /// <param name="pxPerMm">Its scale.</param>
    /// <param name="luminance">Whether coloured ink is to count by its luminance: blue or red print is faint in the brightest colour, but so are grids.</param>
    public static Raster Of(Raster page, double pxPerMm, bool luminance = false)
    {
        using var pixels = page.ToMat();
        using Mat small = new(), paper = new();
        var shrink = Math.Min(1, PaperPxPerMm / pxPerMm);
        Cv2.Resize(pixels, small, new Size(Math.Max(1, page.Width * shrink), Math.Max(1, page.Height * shrink)), 0, 0, InterpolationFlags.Area);
        var reach = (2 * (int)Math.Round(PaperReachMm / 2 * pxPerMm * shrink)) + 1;
        using var kernel = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(reach, reach));
        Cv2.Blur(small, small, new Size(3, 3));
        Cv2.MorphologyEx(small, small, MorphTypes.Close, kernel);
        Cv2.Blur(small, small, new Size(reach, reach));
        using (var darkest = new Mat(small.Rows, small.Cols, small.Type(), Scalar.All(DarkestPaper)))
            Cv2.Max(small, darkest, small);
        Cv2.Resize(small, paper, new Size(page.Width, page.Height), 0, 0, InterpolationFlags.Linear);
        Cv2.Divide(pixels, paper, pixels, 255);
        return luminance ? Gray.Of(pixels.ToRaster()) : Gray.Brightest(pixels.ToRaster());
    }
}

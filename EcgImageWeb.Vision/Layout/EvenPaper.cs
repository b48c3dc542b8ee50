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

    /// <summary>
    /// Dark without a gap over this much is no print: a table beside the paper, a finger, a name that was blacked out; and so
    /// dark, as a share of paper. Pens are thinner than 0.8 mm.
    /// </summary>
    private const double SolidMm = 1.8, SolidDark = 0.55;

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
        return WithoutSolids(luminance ? Gray.Of(pixels.ToRaster()) : Gray.Brightest(pixels.ToRaster()), pxPerMm);
    }

    /// <summary>Solid areas painted as paper, with their soft edge.</summary>
    private static Raster WithoutSolids(Raster flat, double pxPerMm)
    {
        using var pixels = flat.ToMat();
        using Mat solid = new(), mask = new();
        var width = (2 * (int)Math.Round(SolidMm / 2 * pxPerMm)) + 1;
        using var kernel = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(width, width));
        using var edge = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(5, 5));
        Cv2.MorphologyEx(pixels, solid, MorphTypes.Close, kernel);
        Cv2.Threshold(solid, mask, SolidDark * 255, 255, ThresholdTypes.BinaryInv);
        Cv2.MorphologyEx(mask, mask, MorphTypes.Dilate, edge);
        pixels.SetTo(new Scalar(255), mask);
        return pixels.ToRaster();
    }
}

using EcgImageWeb.Vision.Decoding;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Geometry;

/// <summary>What a person says about how a page lies in its picture.</summary>
public static class GivenPage
{
    /// <summary>Pixels of a page between given corners at most, as of a page that is made flat by its grid.</summary>
    private const double MostPixels = 25e6;

    /// <summary>The part of a picture between four corners, as seen from above: each side as long as the longer of its pair.</summary>
    /// <param name="image">The decoded page.</param>
    /// <param name="corners">Top left, top right, bottom right, bottom left, continuous pixel positions, convex.</param>
    /// <returns>The same page cut out; a PDF's lines are left behind, they lie in the whole page.</returns>
    public static PageImage Between(PageImage image, IReadOnlyList<PixelPoint> corners)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(corners);
        double width = Math.Max(Length(0, 1), Length(3, 2)), height = Math.Max(Length(0, 3), Length(1, 2));
        var shrink = Math.Min(1, Math.Sqrt(MostPixels / (width * height)));
        var size = new Size(Math.Max(1, (int)Math.Round(width * shrink)), Math.Max(1, (int)Math.Round(height * shrink)));
        using var from = image.Pixels.ToMat();
        using var to = new Mat();
        // The engine counts from pixel centres.
        using var map = Cv2.GetPerspectiveTransform(
            corners.Select(corner => new Point2f((float)(corner.X - 0.5), (float)(corner.Y - 0.5))),
            [new Point2f(-0.5f, -0.5f), new Point2f(size.Width - 0.5f, -0.5f), new Point2f(size.Width - 0.5f, size.Height - 0.5f), new Point2f(-0.5f, size.Height - 0.5f)]);
        Cv2.WarpPerspective(from, to, map, size, InterpolationFlags.Cubic, BorderTypes.Replicate);
        return image with { Pixels = to.ToRaster(), Vectors = null };

        double Length(int a, int b) => Math.Sqrt(Math.Pow(corners[a].X - corners[b].X, 2) + Math.Pow(corners[a].Y - corners[b].Y, 2));
    }

    /// <summary>The page turned by quarters.</summary>
    /// <param name="page">An upright page, or one that was taken for it.</param>
    /// <param name="degrees">0, 90, 180 or 270, counter-clockwise.</param>
    public static UprightPage Turn(UprightPage page, int degrees)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (degrees == 0)
            return page;
        var quarters = degrees / 90;
        return page with
        {
            Pixels = new QuarterTurn(degrees).Apply(page.Pixels),
            RotationDeg = page.RotationDeg + degrees,
            Corners = [.. Enumerable.Range(0, 4).Select(i => page.Corners[(i + quarters) % 4])],
            PxPerMmX = quarters % 2 == 0 ? page.PxPerMmX : page.PxPerMmY,
            PxPerMmY = quarters % 2 == 0 ? page.PxPerMmY : page.PxPerMmX,
            Vectors = null,
        };
    }
}

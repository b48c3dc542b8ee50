using System.Runtime.InteropServices;
using OpenCvSharp;
using static EcgImageWeb.Vision.Synthesis.Dice;

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>Where the sheet is in the picture, and what is seen where.</summary>
internal static class CameraView
{
    /// <summary>The map is exact at every eighth pixel and straight between: with the bends that are drawn, within 0.01 pixels.</summary>
    private const int Step = 8;

    /// <summary>Size of the picture and the map into it.</summary>
    public static (Size Size, PageMap Map) Place(PageDesign design, PageWear wear, Random random)
    {
        double w = design.WidthPx / wear.PixelSize, h = design.HeightPx / wear.PixelSize;
        var (sin, cos) = Math.SinCos(wear.RotationDeg * Math.PI / 180);
        double Jitter() => Between(random, -1, 1) * wear.Perspective * w;
        var corners = new (double X, double Y)[] { (0, 0), (w, 0), (w, h), (0, h) }
            .Select(corner => (X: corner.X - (w / 2) + Jitter(), Y: corner.Y - (h / 2) + Jitter()))
            .Select(corner => (X: (corner.X * cos) - (corner.Y * sin), Y: (corner.X * sin) + (corner.Y * cos)))
            .ToArray();
        double left = corners.Min(corner => corner.X), top = corners.Min(corner => corner.Y);
        double wide = corners.Max(corner => corner.X) - left, high = corners.Max(corner => corner.Y) - top;
        var isWhole = wear.Margin > 0 || wear.Perspective > 0 || Math.Abs(sin) > 0.1;
        var size = isWhole
            ? new Size((int)Math.Ceiling(wide / (1 - wear.Margin)), (int)Math.Ceiling(high / (1 - wear.Margin)))
            : new Size((int)Math.Round(w), (int)Math.Round(h));
        // Not always in the middle of the picture.
        double free = isWhole ? Between(random, 0.3, 0.7) : 0.5, freeDown = isWhole ? Between(random, 0.3, 0.7) : 0.5;
        double dx = isWhole ? ((size.Width - wide) * free) - left : w / 2, dy = isWhole ? ((size.Height - high) * freeDown) - top : h / 2;

        if (sin == 0 && wear.Perspective == 0 && !isWhole && wear.PixelSize == 1)
            return (size, new PageMap([design.PxPerMmX, 0, 0, 0, design.PxPerMmY, 0, 0, 0, 1], wear.Bends));
        var flat = new[] { new Point2f(0, 0), new Point2f((float)design.WidthMm, 0), new Point2f((float)design.WidthMm, (float)design.HeightMm), new Point2f(0, (float)design.HeightMm) };
        using var matrix = Cv2.GetPerspectiveTransform(flat, corners.Select(corner => new Point2f((float)(corner.X + dx), (float)(corner.Y + dy))));
        var homography = new double[9];
        Marshal.Copy(matrix.Data, homography, 0, 9);
        return (size, new PageMap(homography, wear.Bends));
    }

    /// <summary>The picture of the sheet on its background.</summary>
    public static Raster Take(Raster page, PageDesign design, PageWear wear, Size size, PageMap map, Random random, CancellationToken cancellationToken)
    {
        int width = size.Width, height = size.Height, across = (width / Step) + 2, down = (height / Step) + 2;
        var nodes = new (double X, double Y, double Shade)[across * down];
        for (var i = 0; i < nodes.Length; i++)
        {
            var place = map.ToPage(new PixelPoint(i % across * Step, i / across * Step));
            nodes[i] = (place.XMm * design.PxPerMmX, place.YMm * design.PxPerMmY, map.ShadeOf(place));
        }
        cancellationToken.ThrowIfCancellationRequested();

        float[] mapX = new float[width * height], mapY = new float[width * height], shade = new float[width * height];
        for (var y = 0; y < height; y++)
        {
            var fy = (y + 0.5) % Step / Step;
            for (var x = 0; x < width; x++)
            {
                var fx = (x + 0.5) % Step / Step;
                var node = (y / Step * across) + (x / Step);
                var (a, b, c, d) = (nodes[node], nodes[node + 1], nodes[node + across], nodes[node + across + 1]);
                double wa = (1 - fx) * (1 - fy), wb = fx * (1 - fy), wc = (1 - fx) * fy, wd = fx * fy;
                var i = (y * width) + x;
                // OpenCV counts from the centres of pixels.
                mapX[i] = (float)((wa * a.X) + (wb * b.X) + (wc * c.X) + (wd * d.X) - 0.5);
                mapY[i] = (float)((wa * a.Y) + (wb * b.Y) + (wc * c.Y) + (wd * d.Y) - 0.5);
                shade[i] = (float)((wa * a.Shade) + (wb * b.Shade) + (wc * c.Shade) + (wd * d.Shade));
            }
        }

        using var source = page.ToMat();
        using var xs = Floats(mapX, size);
        using var ys = Floats(mapY, size);
        using var seen = new Mat();
        Cv2.Remap(source, seen, xs, ys, InterpolationFlags.Linear, BorderTypes.Replicate);
        var picture = seen.ToRaster();
        Compose(picture, Background.Of(width, height, wear, random), page, mapX, mapY, shade);
        return picture;
    }

    private static void Compose(Raster picture, Raster background, Raster page, float[] mapX, float[] mapY, float[] shade)
    {
        // A sheet's shadow on the table reaches a hundredth of its width.
        var reach = page.Width / 100.0;
        for (var i = 0; i < shade.Length; i++)
        {
            double x = mapX[i] + 0.5, y = mapY[i] + 0.5;
            var inside = Math.Min(Math.Min(x, page.Width - x), Math.Min(y, page.Height - y));
            var sheet = Math.Clamp(inside + 0.5, 0, 1);
            var table = inside >= 0.5 ? 1 : 1 - (0.5 * Math.Exp(Math.Min(0, inside) / reach));
            for (var c = i * 3; c < (i * 3) + 3; c++)
                picture.Pixels[c] = (byte)Math.Clamp((sheet * shade[i] * picture.Pixels[c]) + ((1 - sheet) * table * background.Pixels[c]), 0, 255);
        }
    }

    private static Mat Floats(float[] values, Size size)
    {
        var mat = new Mat(size.Height, size.Width, MatType.CV_32FC1);
        Marshal.Copy(values, 0, mat.Data, values.Length);
        return mat;
    }
}

using System.Runtime.InteropServices;
using EcgImageWeb.Vision;
using OpenCvSharp;

namespace Vision.Tests.Geometry;

/// <summary>ECG paper that is drawn, with traces, pulses and names, and photographed in a way of which every place is known.</summary>
internal static class GridPaper
{
    private const double Hidpi = 2;

    /// <summary>A page of the given size; across and down may have different pixels a millimetre.</summary>
    public static Raster Draw(double pxPerMmX, double pxPerMmY, PaperLook look = PaperLook.Pink, double widthMm = 280, double heightMm = 200)
    {
        // Drawn larger and shrunk, so that lines lie between the pixels as on a scan.
        double x = pxPerMmX * Hidpi, y = pxPerMmY * Hidpi;
        using var page = new Mat((int)(heightMm * y), (int)(widthMm * x), MatType.CV_8UC3, new Scalar(250, 252, 252));
        var (fine, cell) = look switch
        {
            PaperLook.Pink => (new Scalar(205, 205, 250), new Scalar(150, 150, 240)),
            PaperLook.FaintOrange => (new Scalar(222, 238, 250), new Scalar(205, 226, 248)),
            PaperLook.Blue => (new Scalar(245, 225, 205), new Scalar(235, 185, 150)),
            PaperLook.Gray or PaperLook.Dotted => (new Scalar(205, 205, 205), new Scalar(160, 160, 160)),
            PaperLook.CellsOnly => (new Scalar(250, 252, 252), new Scalar(150, 150, 240)),
            _ => (new Scalar(90, 90, 90), new Scalar(0, 0, 0)),
        };
        foreach (var isCell in (ReadOnlySpan<bool>)[false, true])
        {
            for (var i = 0; i <= Math.Max(widthMm, heightMm); i++)
            {
                if (i % 5 == 0 != isCell || (look == PaperLook.CellsOnly && !isCell))
                    continue;
                int atX = (int)Math.Round((i + 0.5) * x), atY = (int)Math.Round((i + 0.5) * y), width = isCell ? 3 : 2;
                if (look == PaperLook.Dotted && !isCell)
                    for (var k = 0; k <= widthMm; k++)
                        Cv2.Circle(page, (int)Math.Round((k + 0.5) * x), atY, 2, fine, -1);
                else
                {
                    Cv2.Line(page, atX, 0, atX, page.Rows, isCell ? cell : fine, width);
                    Cv2.Line(page, 0, atY, page.Cols, atY, isCell ? cell : fine, width);
                }
            }
        }

        DrawLeads(page, x, y, widthMm, heightMm);
        using var small = new Mat();
        Cv2.Resize(page, small, new Size((int)(widthMm * pxPerMmX), (int)(heightMm * pxPerMmY)), 0, 0, InterpolationFlags.Area);
        return Of(small);
    }

    /// <summary>The picture in which a place (x, y in pixels) shows the page's place that <paramref name="toPage"/> tells (pixels of the page).</summary>
    public static Raster Photograph(Raster page, int width, int height, Func<double, double, (double X, double Y)> toPage, byte around = 70)
    {
        float[] mapX = new float[width * height], mapY = new float[width * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var (fromX, fromY) = toPage(x + 0.5, y + 0.5);
                (mapX[(y * width) + x], mapY[(y * width) + x]) = ((float)(fromX - 0.5), (float)(fromY - 0.5));
            }

        using var columns = new Mat(height, width, MatType.CV_32FC1);
        using var rows = new Mat(height, width, MatType.CV_32FC1);
        Marshal.Copy(mapX, 0, columns.Data, mapX.Length);
        Marshal.Copy(mapY, 0, rows.Data, mapY.Length);
        return PictureMaker.Changed(page, (from, to) => Cv2.Remap(from, to, columns, rows, InterpolationFlags.Linear, BorderTypes.Constant, new Scalar(around, around, around)));
    }

    /// <summary>A turn about the page's middle, into a picture that holds all of it.</summary>
    public static Raster Turned(Raster page, double degreesClockwise)
    {
        double angle = degreesClockwise * Math.PI / 180, cos = Math.Cos(angle), sin = Math.Sin(angle);
        int width = (int)((page.Width * Math.Abs(cos)) + (page.Height * Math.Abs(sin))) + 40, height = (int)((page.Width * Math.Abs(sin)) + (page.Height * Math.Abs(cos))) + 40;
        return Photograph(page, width, height, (x, y) =>
        {
            double dx = x - (width / 2.0), dy = y - (height / 2.0);
            return ((dx * cos) + (dy * sin) + (page.Width / 2.0), (-dx * sin) + (dy * cos) + (page.Height / 2.0));
        });
    }

    private static void DrawLeads(Mat page, double x, double y, double widthMm, double heightMm)
    {
        string[][] names = [["I", "aVR", "V1", "V4"], ["II", "aVL", "V2", "V5"], ["III", "aVF", "V3", "V6"], ["II"]];
        var ink = new Scalar(20, 20, 20);
        double left = 14, column = (widthMm - 24) / 4;
        for (var row = 0; row < 4; row++)
        {
            var zero = heightMm * (0.3 + (0.19 * row));
            (double X, double Y)[] pulse = [(4, zero), (6, zero), (6, zero - 10), (11, zero - 10), (11, zero), (13, zero)];
            Polyline(pulse);
            Polyline([.. Enumerable.Range(0, (int)((widthMm - 24) * 4)).Select(i => (left + (i / 4.0), zero - Beat(i / 4.0, row)))]);
            for (var i = 0; i < names[row].Length; i++)
                Cv2.PutText(page, names[row][i], new Point((int)((left + (i * column) + 2) * x), (int)((zero - 12) * y)), HersheyFonts.HersheySimplex, 0.13 * y, ink, Math.Max(1, (int)(0.35 * y)));
        }

        for (var line = 0; line < 3; line++)
            Cv2.PutText(page, "Heart rate 72, sinus rhythm, normal", new Point((int)(10 * x), (int)((8 + (6 * line)) * y)), HersheyFonts.HersheySimplex, 0.1 * y, ink, Math.Max(1, (int)(0.25 * y)));

        void Polyline((double X, double Y)[] mm) =>
            Cv2.Polylines(page, [mm.Select(p => new Point((int)(p.X * x * 16), (int)(p.Y * y * 16)))], false, ink, Math.Max(2, (int)(0.4 * y)), LineTypes.AntiAlias, 4);
    }

    /// <summary>P, QRS and T every 20 mm, in millimetres.</summary>
    private static double Beat(double mm, int row)
    {
        var t = mm % 20;
        double Wave(double at, double width, double height) => height * Math.Exp(-Math.Pow((t - at) / width, 2));
        return Wave(5, 1, 1) + Wave(8, 0.35, 7 - row) - Wave(8.8, 0.4, 1.5 + row) + Wave(14, 1.8, 2.5);
    }

    private static Raster Of(Mat mat)
    {
        var pixels = new byte[mat.Rows * mat.Cols * 3];
        Marshal.Copy(mat.Data, pixels, 0, pixels.Length);
        return new Raster(mat.Cols, mat.Rows, 3, pixels);
    }
}

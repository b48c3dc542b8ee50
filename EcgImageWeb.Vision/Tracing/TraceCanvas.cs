using EcgImageWeb.Vision.Layout;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// A page's gray levels at the scale that traces are followed at (200 dpi, 7.874 px/mm): page = offset + scale x canvas,
/// continuous positions.
/// </summary>
internal sealed record TraceCanvas(Raster Gray, double ScaleX, double ScaleY, double OffsetX, double OffsetY)
{
    /// <summary>Pixels per millimetre of the canvas: the report pages' own 200 dpi.</summary>
    public const double PxPerMm = 200 / 25.4;

    public double PageX(double canvasX) => OffsetX + (ScaleX * canvasX);

    public double PageY(double canvasY) => OffsetY + (ScaleY * canvasY);

    public double CanvasX(double pageX) => (pageX - OffsetX) / ScaleX;

    public double CanvasY(double pageY) => (pageY - OffsetY) / ScaleY;

    /// <summary>Whether canvas pixels are page pixels.</summary>
    public bool IsPage => ScaleX == 1 && ScaleY == 1 && OffsetX == 0 && OffsetY == 0;

    /// <summary>The canvas of a page on which a report template was found: the template's own page.</summary>
    public static TraceCanvas Of(Raster gray, ReportFit fit) => fit.IsIdentity
        ? new TraceCanvas(gray, 1, 1, 0, 0)
        : Resampled(gray, fit.ScaleX, fit.ScaleY, fit.OffsetX, fit.OffsetY, fit.Template.PageWidth, fit.Template.PageHeight);

    /// <summary>The canvas of any page with a known scale; pages within a quarter of the canvas' scale are taken as they are.</summary>
    public static TraceCanvas Of(Raster gray, double pxPerMmX, double pxPerMmY)
    {
        double scaleX = pxPerMmX / PxPerMm, scaleY = pxPerMmY / PxPerMm;
        return scaleX is > 0.8 and < 1.25 && scaleY is > 0.8 and < 1.25
            ? new TraceCanvas(gray, 1, 1, 0, 0)
            : Resampled(gray, scaleX, scaleY, 0, 0, (int)Math.Ceiling(gray.Width / scaleX), (int)Math.Ceiling(gray.Height / scaleY));
    }

    private static TraceCanvas Resampled(Raster gray, double scaleX, double scaleY, double offsetX, double offsetY, int width, int height)
    {
        using var page = gray.ToMat();
        // Shrinking by interpolation alone would skip thin lines: average first.
        double shrinkX = scaleX > 1.2 ? Math.Max(1, Math.Round(page.Cols / scaleX)) / page.Cols : 1, shrinkY = scaleY > 1.2 ? Math.Max(1, Math.Round(page.Rows / scaleY)) / page.Rows : 1;
        using var source = new Mat();
        Cv2.Resize(page, source, new Size((int)Math.Round(page.Cols * shrinkX), (int)Math.Round(page.Rows * shrinkY)), 0, 0, InterpolationFlags.Area);
        double sx = scaleX * shrinkX, sy = scaleY * shrinkY, ox = offsetX * shrinkX, oy = offsetY * shrinkY;
        using var map = new Mat(2, 3, MatType.CV_64FC1);
        // The engine counts from pixel centres: index = continuous position - 0.5.
        map.Set(0, 0, sx);
        map.Set(0, 1, 0.0);
        map.Set(0, 2, ox + (0.5 * sx) - 0.5);
        map.Set(1, 0, 0.0);
        map.Set(1, 1, sy);
        map.Set(1, 2, oy + (0.5 * sy) - 0.5);
        using var canvas = new Mat();
        Cv2.WarpAffine(source, canvas, map, new Size(width, height), InterpolationFlags.Cubic | InterpolationFlags.WarpInverseMap, BorderTypes.Constant, new Scalar(255));
        return new TraceCanvas(canvas.ToRaster(), scaleX, scaleY, offsetX, offsetY);
    }
}

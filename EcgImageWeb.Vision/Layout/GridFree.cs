using EcgImageWeb.Vision.Tracing;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Layout;

/// <summary>A page without a grid that is as dark as its print, so that rows and letters come loose from it.</summary>
internal static class GridFree
{
    /// <summary>Of a line of the grid that repeats this dark nothing is print, and what stands on it shows beside it; gray levels.</summary>
    private const int Line = 60;

    /// <summary>A grid's line is drawn unevenly: this much more than what repeats is taken out.</summary>
    private const double Uneven = 1.3;

    /// <summary>Strokes are followed over a line from this far beside it; millimetres.</summary>
    private const double BesideMm = 0.4;

    /// <summary>The page with what repeats every five millimetres taken out; null where no dark line repeats.</summary>
    /// <param name="flat">As <see cref="EvenPaper"/> gives it: paper at 255.</param>
    /// <param name="scale">Its scale.</param>
    public static Raster? Of(Raster flat, CanvasScale scale)
    {
        var dark = Array.ConvertAll(flat.Pixels, level => (byte)(255 - level));
        var grid = GridInk.Of(dark, flat.Width, scale.X, scale.Y);
        if (!Array.Exists(grid, line => line >= Line))
            return null;
        var free = new byte[dark.Length];
        for (var i = 0; i < dark.Length; i++)
            free[i] = (byte)Math.Clamp(dark[i] - (Uneven * grid[i]), 0, 255);
        // Under a dark line there is as much of a stroke as beside it.
        using var pixels = new Raster(flat.Width, flat.Height, 1, free).ToMat();
        using var around = new Mat();
        int across = (2 * (int)Math.Ceiling(BesideMm * scale.X)) + 1, down = (2 * (int)Math.Ceiling(BesideMm * scale.Y)) + 1;
        using var kernel = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(across, down));
        Cv2.MorphologyEx(pixels, around, MorphTypes.Close, kernel);
        var closed = RasterMat.Bytes(around);
        for (var i = 0; i < dark.Length; i++)
            free[i] = (byte)(255 - (grid[i] >= Line ? Math.Min(closed[i], dark[i]) : free[i]));
        return new Raster(flat.Width, flat.Height, 1, free);
    }
}

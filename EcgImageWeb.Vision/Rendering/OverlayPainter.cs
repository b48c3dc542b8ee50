using EcgImageWeb.Vision.Tracing;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Rendering;

/// <summary>The page with what was found drawn over it: boxes, names and traces.</summary>
public static class OverlayPainter
{
    // Okabe and Ito's colour-blind safe palette, BGR.
    private static readonly Scalar[] Palette =
    [
        new(178, 114, 0), new(0, 94, 213), new(115, 158, 0), new(167, 121, 204), new(233, 180, 86), new(0, 159, 230),
    ];

    // Positions are given in 1/16 px, so that sub-pixel rows are drawn where they are.
    private const int FractionBits = 4;
    private const double Fraction = 1 << FractionBits;

    // The page is paled to a third, so that what is drawn stands out and what lies under it can still be read.
    private const double PageWeight = 0.35;

    /// <summary>Paints boxes, names and traces.</summary>
    /// <param name="page">The upright page.</param>
    /// <param name="traces">The leads' traces; each is drawn in its lead's colour.</param>
    /// <returns>A BGR picture of the page's size.</returns>
    public static Raster Paint(Raster page, IReadOnlyList<LeadTrace> traces)
    {
        using var mat = page.ToMat();
        if (page.Channels == 1)
            Cv2.CvtColor(mat, mat, ColorConversionCodes.GRAY2BGR);
        mat.ConvertTo(mat, MatType.CV_8UC3, PageWeight, 255 * (1 - PageWeight));
        var thickness = Math.Max(1, (int)Math.Round(page.Width / 1100.0));
        for (var i = 0; i < traces.Count; i++)
        {
            var color = Palette[i % Palette.Length];
            var box = traces[i].Place.Box;
            Cv2.Rectangle(mat, new Rect(box.X, box.Y, box.Width, box.Height), color, 1);
            Cv2.PutText(mat, traces[i].Place.Name, new Point(box.X + (4 * thickness), box.Y + (14 * thickness)), HersheyFonts.HersheySimplex, 0.45 * thickness, color, thickness, LineTypes.AntiAlias);
            foreach (var piece in Pieces(traces[i]))
                Cv2.Polylines(mat, [piece], false, color, thickness, LineTypes.AntiAlias, FractionBits);
        }
        return mat.ToRaster();
    }

    // The trace between its gaps. OpenCV's coordinates name pixel centres by whole numbers, ours by halves.
    private static IEnumerable<Point[]> Pieces(LeadTrace trace)
    {
        var piece = new List<Point>();
        for (var column = 0; column <= trace.Row.Length; column++)
        {
            if (column < trace.Row.Length && !float.IsNaN(trace.Row[column]))
            {
                piece.Add(new Point((int)((trace.Place.Box.X + column) * Fraction), (int)Math.Round((trace.Row[column] - 0.5) * Fraction)));
                continue;
            }
            if (piece.Count > 1)
                yield return [.. piece];
            piece.Clear();
        }
    }
}

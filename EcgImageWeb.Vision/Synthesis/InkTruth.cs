using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Tracing;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>A generated page made flat by what is known of it, as the ink network sees pages, and where its traces are.</summary>
/// <param name="Page">BGR, <see cref="InkInput.PxPerMm"/> pixels a millimetre.</param>
/// <param name="Ink">One channel of the same size: 255 on a trace, 0 away from it.</param>
public sealed record InkTruth(Raster Page, Raster Ink)
{
    /// <summary>Flat pages are resampled at about this resolution before they are scaled, as the pages that are read are.</summary>
    private const double FlatPxPerMm = 6.5;

    /// <summary>What is seen beside the sheet, mm.</summary>
    private const double BesideMm = 5;

    /// <summary>A trace is as wide as its pen and this much at both sides, mm: a soft edge of a pixel of the network's picture.</summary>
    private const double EdgeMm = 0.1;

    private const double EdgePx = 1.5;

    /// <summary>Makes a page flat.</summary>
    /// <param name="page">Any generated page.</param>
    /// <param name="stretch">The scale that is measured on a page is off by this factor.</param>
    public static InkTruth Of(GeneratedPage page, double stretch = 1)
    {
        ArgumentNullException.ThrowIfNull(page);
        var (design, wear) = (page.Design, page.Wear);
        var isFlat = page.Map.Bends.Count == 0 && wear.Margin == 0 && wear.Perspective == 0 && wear.RotationDeg == 0 && wear.PixelSize == 1;
        var besideMm = isFlat ? 0 : BesideMm;
        Raster scaled;
        if (isFlat)
        {
            scaled = InkInput.Scaled(page.Picture, design.PxPerMmX / stretch, design.PxPerMmY / stretch);
        }
        else
        {
            int width = (int)((design.WidthMm + (2 * besideMm)) * FlatPxPerMm), height = (int)((design.HeightMm + (2 * besideMm)) * FlatPxPerMm);
            var flat = FlatPage.Resampled(page.Picture, width, height, (column, row) =>
                page.Map.ToPicture(new PagePoint((column / FlatPxPerMm) - besideMm, (row / FlatPxPerMm) - besideMm)) is var place ? (place.X, place.Y) : default, Scalar.All(255));
            scaled = InkInput.Scaled(flat, FlatPxPerMm / stretch, FlatPxPerMm / stretch);
        }

        var ink = new Coverage(scaled.Width, scaled.Height);
        var scale = InkInput.PxPerMm * stretch;
        foreach (var lead in page.Leads)
            ink.Stroke(
                [.. lead.Polyline.Select(point => double.IsFinite(point.X) && page.Map.ToPage(point) is var place
                    ? new PixelPoint((place.XMm + besideMm) * scale, (place.YMm + besideMm) * scale) : point)],
                (design.PenMm + (2 * EdgeMm)) * scale, EdgePx);
        return new InkTruth(scaled, new Raster(scaled.Width, scaled.Height, 1, ink.Values));
    }
}

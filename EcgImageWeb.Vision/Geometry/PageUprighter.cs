using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Layout;

namespace EcgImageWeb.Vision.Geometry;

/// <summary>The second stage: the page the right way up, and its scale.</summary>
public static class PageUprighter
{
    /// <summary>Paper width that is assumed where nothing tells the scale, millimetres: A4 across.</summary>
    private const double AssumedWidthMm = 297;

    /// <summary>Pages that were found by their grid are this large: a cut-out of two leads to A3 with room around it.</summary>
    private const double LeastPageMm = 80, MostPageMm = 600;

    /// <summary>
    /// Turns a known report that lies on its side or head (quarter turns), and measures pixels per millimetre: from the
    /// report's own frame and columns, else from the period of the grid. Other pages are passed on as they lie.
    /// </summary>
    /// <param name="image">A decoded page.</param>
    /// <param name="cancellationToken">Observed between the steps.</param>
    /// <returns>The page; <see cref="UprightPage.ScaleFrom"/> is <c>assumed</c>, with a note, where no grid was found.</returns>
    public static UprightPage Upright(PageImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var gray = Gray.Of(image.Pixels);
        foreach (var turn in QuarterTurn.All)
        {
            var turned = turn.Apply(gray);
            if (ReportFinder.Find(turned, cancellationToken) is not { } fit)
                continue;
            var notes = turn == QuarterTurn.None ? image.Notes : [.. image.Notes, new Note("page-turned", $"The page was turned by {turn.Degrees} degrees to stand upright.")];
            return new UprightPage(
                turn.Apply(image.Pixels), turn.Degrees, turn.Corners(image.Pixels.Width, image.Pixels.Height),
                fit.ScaleX * fit.Template.PxPerMm, fit.ScaleY * fit.Template.PxPerMm, "grid", notes);
        }

        var signal = GridSignal.Of(image.Pixels);
        var corners = QuarterTurn.None.Corners(image.Pixels.Width, image.Pixels.Height);
        var scale = GridScale.Measure(gray, cancellationToken);
        if (scale is not null && StraightGrid.Holds(signal, scale, cancellationToken))
            return new UprightPage(image.Pixels, 0, corners, scale.PxPerMmX, scale.PxPerMmY, "grid", image.Notes);
        if (FlatGrid.Find(signal, cancellationToken) is { } grid && PageExtent.Of(grid) is { WidthMm: >= LeastPageMm and <= MostPageMm, HeightMm: >= LeastPageMm / 2 and <= MostPageMm } extent)
        {
            var flat = FlatPage.Of(image.Pixels, grid, extent);
            return new UprightPage(
                flat.Pixels, flat.RotationDeg, flat.Corners, flat.PxPerMm, flat.PxPerMm, "grid",
                [.. image.Notes, new Note("page-flattened", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The page was turned by {flat.RotationDeg:F1} degrees and its grid made straight; its lines are within {grid.ResidualMm:F2} mm of where they should be."))]);
        }

        if (scale is not null)
            return new UprightPage(image.Pixels, 0, corners, scale.PxPerMmX, scale.PxPerMmY, "grid", image.Notes);
        var assumed = Math.Max(gray.Width, gray.Height) / AssumedWidthMm;
        return new UprightPage(
            image.Pixels, 0, corners, assumed, assumed, "assumed",
            [.. image.Notes, new Note("scale-assumed", "No grid was found to measure by; the page is taken to be as wide as A4.")]);
    }
}

using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>The layout of a page whose geometry may have been misjudged: what can be read on it decides which way is up, and whether its grid was one.</summary>
public static class PageLocator
{
    /// <summary>Rows are ten seconds of 25 mm; longer than A3 is wide they cannot be: then the grid's unit was misjudged, and by this factor or its double.</summary>
    private const double UsualRowMm = 250, LongestRowMm = 420, SameLength = 0.06;

    /// <summary>A fourth column fewer is a quarter less of paper.</summary>
    private const double ShorterRowMm = 187.5;

    private const int ShorterColumns = 3;

    /// <summary>Lengths of rows, how far off one may be, how far off it must be to be worth the trouble, and how often it is worth it.</summary>
    private static readonly double[] RulerMm = [UsualRowMm, ShorterRowMm, UsualRowMm / 2];

    private const double SameRuler = 0.04, LeastRuled = 0.0015;

    private const int RulerRounds = 2;

    /// <summary>Finds the leads on a page; where that fails, on the same page standing otherwise, and on the picture without a grid.</summary>
    /// <param name="image">The decoded picture.</param>
    /// <param name="page">As <see cref="PageUprighter.Upright"/> has it.</param>
    /// <param name="cancellationToken">Observed between the steps.</param>
    /// <returns>The page as its leads were found on it, and the layout.</returns>
    /// <exception cref="RefusalException">As <see cref="LayoutFinder.Find(UprightPage, CancellationToken)"/>, about the page as it was given.</exception>
    public static (UprightPage Page, PageLayout Layout) Locate(PageImage image, UprightPage page, CancellationToken cancellationToken = default) => Locate(image, page, null, cancellationToken);

    /// <summary>The same where a network tells traces that darkness does not.</summary>
    /// <param name="image">The decoded picture.</param>
    /// <param name="page">As <see cref="PageUprighter.Upright"/> has it.</param>
    /// <param name="network">Tells trace ink from other ink; null for none.</param>
    /// <param name="cancellationToken">Observed between the steps.</param>
    /// <returns>The page as its leads were found on it, and the layout.</returns>
    /// <exception cref="RefusalException">As <see cref="LayoutFinder.Find(UprightPage, CancellationToken)"/>, about the page as it was given.</exception>
    public static (UprightPage Page, PageLayout Layout) Locate(PageImage image, UprightPage page, InkNetwork? network, CancellationToken cancellationToken)
    {
        var (standing, layout) = Found(image, page, network, cancellationToken);
        return Checked(standing, layout, cancellationToken);
    }

    /// <summary>The page as <see cref="Locate(PageImage, UprightPage, CancellationToken)"/> has it, for leads that are arranged as somebody says: what followed from the layout that was found is left out.</summary>
    /// <param name="image">The decoded picture.</param>
    /// <param name="page">As <see cref="PageUprighter.Upright"/> has it.</param>
    /// <param name="network">Tells trace ink from other ink; null for none.</param>
    /// <param name="cancellationToken">Observed between the steps.</param>
    /// <returns>The page as its leads were found on it; where none were, the page as it was given.</returns>
    public static UprightPage Stand(PageImage image, UprightPage page, InkNetwork? network = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var (standing, layout) = Found(image, page, network, cancellationToken);
            return standing.ScaleFrom == "assumed" ? standing : Checked(standing, layout, cancellationToken).Page;
        }
        catch (RefusalException refused) when (refused.Code is RefusalCode.NoLayout or RefusalCode.NotAnEcg)
        {
            return page;
        }
    }

    private static (UprightPage Page, PageLayout Layout) Found(PageImage image, UprightPage page, InkNetwork? network, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(page);
        RefusalException refusal;
        try
        {
            return (page, LayoutFinder.Find(page, network, cancellationToken));
        }
        catch (RefusalException refused) when (refused.Code is RefusalCode.NoLayout or RefusalCode.NotAnEcg)
        {
            refusal = refused;
        }

        // A picture of something else is not worth the trouble.
        if (page.Vectors is null && (refusal.Code == RefusalCode.NoLayout || page.ScaleFrom != "assumed" || page.Notes.Any(note => note.Code == "page-flattened")))
            foreach (var other in Others(image, page, cancellationToken))
                if (Named(other, cancellationToken) is { } layout)
                    return (other, layout);
        throw refusal;
    }

    /// <summary>The page at the scale that its rows' length asks for, where a pattern of every second line was taken for the millimetre.</summary>
    private static (UprightPage Page, PageLayout Layout) Checked(UprightPage page, PageLayout layout, CancellationToken cancellationToken)
    {
        if (page.ScaleFrom == "assumed")
            return Ruled(page, layout, cancellationToken);
        var rowMm = layout.ColumnsSimultaneous ? 0 : layout.Leads.Max(lead => lead.EndS) * layout.MmPerS;
        var factor = Math.Round(rowMm / UsualRowMm);
        if (page.ScaleFrom != "grid" || page.Vectors is not null || rowMm <= LongestRowMm || Math.Abs((rowMm / UsualRowMm / factor) - 1) > SameLength)
            return (page, layout);
        var finer = page with
        {
            PxPerMmX = page.PxPerMmX * factor,
            PxPerMmY = page.PxPerMmY * factor,
            Notes = [.. page.Notes, new Note("scale-from-rows", $"By its grid the page would be {factor:0} times as large as any; its rows are taken to be {UsualRowMm:0} mm long.")],
        };
        return Named(finer, cancellationToken) is { } read ? (finer, read) : (page, layout);
    }

    private static bool IsShorter(PageLayout layout) => PageFormat.All.Any(format => format.Name == layout.Name && format.Columns == ShorterColumns);

    /// <summary>
    /// The page at the scale at which its rows are as long as rows are: where they begin and end, and that three columns are shorter, is known better once the leads were found
    /// than when the scale was assumed.
    /// </summary>
    private static (UprightPage Page, PageLayout Layout) Ruled(UprightPage page, PageLayout layout, CancellationToken cancellationToken)
    {
        for (var round = 0; round < RulerRounds && layout.RowPx is { } row; round++)
        {
            var mm = row / page.PxPerMmX;
            var usual = IsShorter(layout) ? ShorterRowMm : RulerMm.Where(length => Math.Abs((mm / length) - 1) <= SameRuler).FirstOrDefault(UsualRowMm);
            if (Math.Abs((mm / usual) - 1) < LeastRuled)
                break;
            var ruled = page with { PxPerMmX = row / usual, PxPerMmY = page.PxPerMmY * mm / usual };
            if (Named(ruled, cancellationToken) is not { } again || again.Name != layout.Name)
                break;
            (page, layout) = (ruled, again);
        }

        return (page, layout);
    }

    private static IEnumerable<UprightPage> Others(PageImage image, UprightPage page, CancellationToken cancellationToken)
    {
        // Without a grid the scale is what pulses and rows say, which must be looked for anew.
        foreach (var turn in ((int[])[180, 90, 270]).Select(degrees => new QuarterTurn(degrees)))
            yield return page.ScaleFrom == "grid" ? PageUprighter.Turned(page, turn) : PageUprighter.WithoutGrid(image, turn, cancellationToken);
        // What was taken for a grid may be cloth, or a pattern of the picture's own pixels.
        if (page.ScaleFrom == "grid")
            yield return PageUprighter.WithoutGrid(image, QuarterTurn.None, cancellationToken);
    }

    /// <summary>The layout if names were read: a page on its head has rows of traces, too, but no names.</summary>
    private static PageLayout? Named(UprightPage page, CancellationToken cancellationToken)
    {
        try
        {
            return LayoutFinder.Find(page, cancellationToken) is { } layout && layout.Leads.Any(lead => lead.NameFrom == "text" && !lead.IsRhythm) ? layout : null;
        }
        catch (RefusalException)
        {
            // One of several tries.
            return null;
        }
    }
}

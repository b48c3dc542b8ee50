namespace EcgImageWeb.Vision.Layout;

/// <summary>
/// How much of a page's traces its boxes hold. A trace pixel is ink (darker than gray level 90 on the report pages) between
/// the first and last column of the time axis, connected to a followed trace, without printed names, pulses and
/// separators and without grid dots (components below 12 pixels). It belongs to the lead whose followed trace is nearest
/// in its column.
/// </summary>
/// <param name="TracePixels">All of them, at 200 dpi.</param>
/// <param name="OutsideEveryBox">Those in no box.</param>
/// <param name="OutsideOwnBox">Those not in their own lead's box.</param>
public sealed record BoxCoverage(long TracePixels, long OutsideEveryBox, long OutsideOwnBox)
{
    /// <summary>Share of trace pixels in no box, 0 to 1.</summary>
    public double ShareOutsideEveryBox => TracePixels == 0 ? 0 : OutsideEveryBox / (double)TracePixels;

    /// <summary>Share of trace pixels that are not in their own lead's box, 0 to 1.</summary>
    public double ShareOutsideOwnBox => TracePixels == 0 ? 0 : OutsideOwnBox / (double)TracePixels;

    /// <summary>Both counts of several pages together.</summary>
    /// <param name="pages">Measured pages.</param>
    public static BoxCoverage Sum(IEnumerable<BoxCoverage> pages) => pages.Aggregate(
        new BoxCoverage(0, 0, 0),
        (sum, page) => new BoxCoverage(sum.TracePixels + page.TracePixels, sum.OutsideEveryBox + page.OutsideEveryBox, sum.OutsideOwnBox + page.OutsideOwnBox));

    /// <summary>Measures a layout's own boxes.</summary>
    /// <param name="layout">As <see cref="LayoutFinder"/> found it.</param>
    public static BoxCoverage Measure(PageLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return Measure(layout, [.. layout.Leads.Select(lead => lead.Box)]);
    }

    /// <summary>Measures other boxes on the same page.</summary>
    /// <param name="layout">As <see cref="LayoutFinder"/> found it: it knows whose ink is whose.</param>
    /// <param name="boxes">One box a lead, in the layout's order.</param>
    /// <exception cref="ArgumentException">The layout's boxes were given by hand, or the number of boxes differs.</exception>
    public static BoxCoverage Measure(PageLayout layout, IReadOnlyList<PixelBox> boxes)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(boxes);
        if (layout.Ink is not { } ink || boxes.Count != layout.Leads.Count)
            throw new ArgumentException("The layout must come from LayoutFinder, with one box a lead.", nameof(layout));
        long all = 0, nowhere = 0, notOwn = 0;
        var width = ink.Canvas.Gray.Width;
        for (var i = 0; i < ink.Owner.Length; i++)
        {
            var owner = ink.Owner[i];
            if (owner == 0)
                continue;
            all++;
            double x = ink.Canvas.PageX((i % width) + 0.5), y = ink.Canvas.PageY((i / width) + 0.5);
            if (Holds(boxes[owner - 1], x, y))
                continue;
            notOwn++;
            if (!boxes.Any(box => Holds(box, x, y)))
                nowhere++;
        }

        return new BoxCoverage(all, nowhere, notOwn);
    }

    /// <summary>The boxes of public student projects for the report pages, in the layout's order; to compare with.</summary>
    /// <param name="layout">A report's layout; only its frame and leads are used.</param>
    /// <exception cref="ArgumentException">The page is no known report.</exception>
    public static IReadOnlyList<PixelBox> PublicBoxes(PageLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var template = ReportTemplate.All.FirstOrDefault(report => report.Name == layout.Name);
        if (template is null || layout.Frame is null)
            throw new ArgumentException("The page is no known report.", nameof(layout));
        var fit = ReportFit.FromFrame(template, layout.Frame);
        var grid = template.PublicBoxes;
        return [.. layout.Leads.Select(lead =>
        {
            var index = Array.IndexOf(template.Leads, lead.Name);
            int[] rows = grid.Rows[lead.IsRhythm ? template.Rows : index / template.Columns];
            int[] columns = lead.IsRhythm ? [grid.Columns[0][0], grid.Columns[^1][1]] : grid.Columns[index % template.Columns];
            int x = (int)Math.Round(fit.X(columns[0])), y = (int)Math.Round(fit.Y(rows[0]));
            return new PixelBox(x, y, (int)Math.Round(fit.X(columns[1])) - x, (int)Math.Round(fit.Y(rows[1])) - y);
        })];
    }

    private static bool Holds(PixelBox box, double x, double y) => x >= box.X && x < box.X + box.Width && y >= box.Y && y < box.Y + box.Height;
}

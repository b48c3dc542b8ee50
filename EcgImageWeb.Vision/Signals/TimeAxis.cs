using EcgImageWeb.Vision.Layout;

namespace EcgImageWeb.Vision.Signals;

/// <summary>Where on the page a second is: columns of second 0 and pixels a second.</summary>
/// <param name="ZeroX">Column of second 0, continuous pixels.</param>
/// <param name="PxPerS">Columns a second.</param>
/// <param name="Simultaneous">Whether every column of leads begins at second 0.</param>
internal sealed record TimeAxis(double ZeroX, double PxPerS, bool Simultaneous)
{
    /// <summary>Ends of the rows' traces that differ by less agree, pixels.</summary>
    private const double SamePx = 1.5;

    /// <summary>Scales that are measured on a grid are wrong by less than this share.</summary>
    private const double LargestStretch = 0.01;

    /// <summary>
    /// The axis of a layout, moved to where the rows' ink begins or ends: a pixel is 5 ms, and at the borders between columns
    /// every pixel of error shows the neighbour's signal. A known report's axis is exact as it is.
    /// </summary>
    public static TimeAxis Of(PageLayout layout, IReadOnlyList<TraceEnds> traces, double pxPerS)
    {
        var axis = new TimeAxis(layout.TimeZeroX, pxPerS, layout.ColumnsSimultaneous);
        if (layout.Frame is not null || layout.ColumnsSimultaneous || layout.Leads.Count == 0 || layout.Leads.Any(lead => lead.LeftX is not null))
            return axis;
        double start = layout.Leads.Min(lead => lead.StartS), end = layout.Leads.Max(lead => lead.EndS);
        var left = Common(layout.Leads.Select((lead, i) => lead.StartS == start ? traces[i].LeftEnd ?? double.NaN : (double?)null)) - (start * pxPerS);
        var right = Common(layout.Leads.Select((lead, i) => lead.EndS == end ? traces[i].RightEnd ?? double.NaN : (double?)null)) - (end * pxPerS);
        // Both ends, and ten seconds between them that the scale misses by a little: the ends are the better measure.
        if (left is { } begins && begins != 0 && right is { } stops && Math.Abs(stops - begins) is var miss && miss >= 2 * SamePx && miss <= LargestStretch * (end - start) * pxPerS)
            return axis with { ZeroX = begins - (start * (stops - begins) / (end - start)), PxPerS = pxPerS + ((stops - begins) / (end - start)) };
        return (left, right) switch
        {
            // The picture's edge is certain; a pulse may touch either end, and the scale's error adds up over the page.
            ({ } first, { } last) => Math.Abs(first - last) < 2 * SamePx ? axis with { ZeroX = first == 0 ? 0 : (first + last) / 2 } : axis,
            ({ } first, null) => axis with { ZeroX = first },
            (null, { } last) => axis with { ZeroX = last },
            _ => axis,
        };
    }

    /// <summary>Column of a lead's first moment.</summary>
    public double LeftOf(LeadPlace place) => place.LeftX ?? (Simultaneous ? place.Box.X : ZeroX + (place.StartS * PxPerS));

    /// <summary>The median of what more than half of the rows agree on; NaN for a row that does not say.</summary>
    private static double? Common(IEnumerable<double?> ends)
    {
        var rows = ends.OfType<double>().ToArray();
        var said = rows.Where(x => !double.IsNaN(x)).Order().ToArray();
        if (said.Length == 0)
            return null;
        var median = said[said.Length / 2];
        return 2 * said.Count(x => Math.Abs(x - median) <= SamePx) > rows.Length ? median : null;
    }
}

using EcgImageWeb.Vision.Tracing;
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

    /// <summary>Records have 100 samples a second and more; an end is known to this, pixels.</summary>
    private const double LongestIntervalS = 0.01, BesidePx = 1;

    /// <summary>A pulse that goes over into the trace ends this near to where the layout has the trace begin, mm.</summary>
    private const double PulseNearMm = 1;

    /// <summary>Bars are looked for this far beside the borders, mm: a pulse that was taken for the first 5 mm of a trace.</summary>
    private const double BarsWithinMm = 6;

    /// <summary>An axis this near to the bars is as good as they are, pixels: some stand a little beside the border.</summary>
    private const double BarsDifferPx = 2;

    /// <summary>Bars are not wider than this, mm.</summary>
    private const double BarMm = 2;

    /// <summary>Dots of a line are at least so dark, and cover this share of it; any other column beside the border is inked less by this.</summary>
    private const float FaintInk = 0.2f;

    private const double DottedShare = 0.25, ElsewhereShare = 0.6;

    /// <summary>Scales that are measured on a grid are wrong by less than this share.</summary>
    private const double LargestStretch = 0.01;

    /// <summary>
    /// The axis of a layout, moved to where the rows' ink begins or ends: a pixel is 5 ms, and at the borders between columns
    /// every pixel of error shows the neighbour's signal. A known report's axis is exact as it is.
    /// </summary>
    public static TimeAxis Of(PageLayout layout, IReadOnlyList<TraceEnds> traces, double penPx, double pxPerMmX)
    {
        var pxPerS = layout.MmPerS * pxPerMmX;
        var axis = new TimeAxis(layout.TimeZeroX, pxPerS, layout.ColumnsSimultaneous);
        if (layout.Frame is not null || layout.ColumnsSimultaneous || layout.Leads.Count == 0 || layout.Leads.Any(lead => lead.LeftX is not null))
            return axis;
        double start = layout.Leads.Min(lead => lead.StartS), end = layout.Leads.Max(lead => lead.EndS);
        // Pens end round or square or with the last sample: the ends know as much less than a pixel.
        var same = (2 * SamePx) + penPx;
        var left = Common(layout.Leads.Select((lead, i) => lead.StartS == start ? traces[i].LeftEnd ?? double.NaN : (double?)null)) - (start * pxPerS);
        var right = Common(layout.Leads.Select((lead, i) => lead.EndS == end ? BeforePulses(traces[i].RightEnd) ?? double.NaN : (double?)null)) - (end * pxPerS);
        var isSample = true;
        // A pulse that goes over into the trace ends where the trace begins.
        if (left is null && Common(layout.Pulses.Select(pulse => (double?)(pulse.Box.X + pulse.Box.Width - (penPx / 2)))) is { } pulseEnd && Math.Abs(pulseEnd - axis.ZeroX) <= PulseNearMm * pxPerMmX)
            (left, isSample) = (pulseEnd - (start * pxPerS), false);
        // Both ends, and ten seconds between them that the scale misses by a little: the ends are the better measure.
        if (left is { } begins && begins != 0 && right is { } stops && Math.Abs(stops - begins) is var miss && miss >= same && miss <= LargestStretch * (end - start) * pxPerS)
            return axis with { ZeroX = begins - (start * (stops - begins) / (end - start)), PxPerS = pxPerS + ((stops - begins) / (end - start)) };
        return (left, right) switch
        {
            // The picture's edge is certain. The first sample stands where the row begins, the last one a sampling interval before it ends. A pulse may touch either end.
            ({ } first, { } last) when Math.Abs(first - last) < same =>
                axis with { ZeroX = first == 0 || (isSample && first - last > -BesidePx && first - last < (LongestIntervalS * pxPerS) + BesidePx) ? first : (first + last) / 2 },
            ({ }, { }) => axis,
            ({ } first, null) => axis with { ZeroX = first },
            (null, { } last) => axis with { ZeroX = last },
            _ => axis,
        };

        // What ends at a pulse's stroke is its foot, and nobody sees where the trace went over into it.
        double? BeforePulses(double? rightEnd) => layout.Pulses.Any(pulse => Math.Abs(pulse.Box.X - (rightEnd ?? double.NaN)) <= (PulseNearMm * pxPerMmX) + penPx) ? null : rightEnd;
    }

    /// <summary>The same, moved to where bars stand between the columns, if most of them stand equally far beside the axis' borders.</summary>
    /// <param name="ink">The page.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="rows">Row of the zero line of each of the layout's leads; null where nothing was traced.</param>
    /// <param name="pxPerMmX">Pixels a millimetre, across.</param>
    /// <param name="pxPerMmY">Pixels a millimetre, down.</param>
    public TimeAxis AtBars(InkImage ink, PageLayout layout, IReadOnlyList<double?> rows, double pxPerMmX, double pxPerMmY)
    {
        if (layout.Frame is not null || Simultaneous)
            return this;
        var columns = layout.Leads.Select((place, i) => (place, Row: rows[i])).Where(lead => !lead.place.IsRhythm && lead.Row is not null).ToArray();
        var borders = columns.Select(lead => lead.place.StartS).Distinct().Where(startS => startS > columns.Min(lead => lead.place.StartS)).ToArray();
        if (borders.Length < 2)
            return this;
        var reach = (int)(BarsWithinMm * pxPerMmX);
        var bars = new int[(2 * reach) + 1];
        var faint = new double[borders.Length][];
        foreach (var (startS, border) in borders.Select((startS, border) => (startS, border)))
        {
            double[] beside = [.. columns.Where(lead => lead.place.StartS == startS).Select(lead => lead.Row!.Value)];
            var firstX = (int)Math.Floor(ZeroX + (startS * PxPerS)) - reach;
            var here = SeparatorBars.Columns(ink, firstX, bars.Length, beside, pxPerMmY);
            faint[border] = [.. Enumerable.Range(firstX, bars.Length).Select(x => SeparatorBars.InkedShare(ink, x, beside, FaintInk))];
            for (var i = 0; i < bars.Length; i++)
                bars[i] += here[i] ? 1 : 0;
        }

        // A beat may have run into the bars of one border.
        var most = bars.Max();
        if (most < Math.Max(2, borders.Length - 1))
            return AtLines(borders, faint, reach, BarMm * pxPerMmX);
        int first = Array.IndexOf(bars, most), last = Array.LastIndexOf(bars, most);
        var moved = ((first + last + 1) / 2.0) - reach;
        return last - first < BarMm * pxPerMmX && Math.Abs(moved) > BarsDifferPx ? this with { ZeroX = ZeroX + moved } : this;
    }

    /// <summary>The axis through the dotted lines at all borders, which are too faint for bars; the same where none stand out.</summary>
    /// <param name="borders">Seconds of the borders.</param>
    /// <param name="inked">For every border the inked share of the columns around it.</param>
    /// <param name="reach">Columns to either side.</param>
    /// <param name="barPx">Two lines are farther apart.</param>
    private TimeAxis AtLines(double[] borders, double[][] inked, int reach, double barPx)
    {
        var at = Array.ConvertAll(inked, border => Array.IndexOf(border, border.Max()));
        if (inked.Where((border, k) => border[at[k]] < DottedShare || border.Where((_, i) => Math.Abs(i - at[k]) > barPx).Any(other => other > border[at[k]] * ElsewhereShare)).Any())
            return this;
        double[] x = [.. borders.Select((startS, k) => Math.Floor(ZeroX + (startS * PxPerS)) - reach + at[k] + 0.5)];
        double meanS = borders.Average(), meanX = x.Average();
        var pxPerS = borders.Zip(x, (second, column) => (second - meanS) * (column - meanX)).Sum() / borders.Sum(second => (second - meanS) * (second - meanS));
        var axis = this with { ZeroX = meanX - (pxPerS * meanS), PxPerS = pxPerS };
        var isStraight = borders.Zip(x, (second, column) => Math.Abs(axis.ZeroX + (second * pxPerS) - column)).Max() <= SamePx;
        return isStraight && Math.Abs((pxPerS / PxPerS) - 1) <= LargestStretch && Math.Abs(axis.ZeroX - ZeroX) > BarsDifferPx ? axis : this;
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

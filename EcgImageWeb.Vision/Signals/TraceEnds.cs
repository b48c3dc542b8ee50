using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Signals;

/// <summary>A trace that was followed beyond the ends of its box, as far as its ink goes on without a break.</summary>
/// <param name="FirstX">First column.</param>
/// <param name="Row">Row a column, continuous pixels; NaN throughout where nothing was traced.</param>
/// <param name="LeftEnd">Where the signal begins, half a pen behind the ink, to a part of a pixel; null where the ink goes on.</param>
/// <param name="RightEnd">Where the signal ends, half a pen before the ink does; null where it goes on.</param>
internal sealed record TraceEnds(int FirstX, double[] Row, double? LeftEnd, double? RightEnd)
{
    /// <summary>Pixels with more than this are ink.</summary>
    private const float Inked = 0.3f;

    /// <summary>The ink of a traced row is looked for this near to it, pixels.</summary>
    private const int Near = 3;

    /// <summary>Ink that ends this near to the picture's edge is cut off by it, pixels: a frame may be drawn there.</summary>
    private const int EdgePx = 2;

    /// <summary>A trace's end is looked for from this many reaches inside its box, and to this many beyond it.</summary>
    private const int DeepInside = 5, Beyond = 3;

    /// <summary>An upright run taller than this many times the reach is a frame, not a trace.</summary>
    private const int TallestRun = 8;

    /// <summary>Follows a trace by at most <paramref name="reach"/> columns to both sides.</summary>
    public static TraceEnds Of(InkImage ink, LeadTrace trace, int reach, double penPx)
    {
        var box = trace.Place.Box;
        var (first, last) = (Array.FindIndex(trace.Row, row => !float.IsNaN(row)), Array.FindLastIndex(trace.Row, row => !float.IsNaN(row)));
        if (first < 0)
            return new TraceEnds(box.X, [.. trace.Row.Select(row => (double)row)], null, null);
        // A tracer is least sure at the ends: begin a little inside.
        var inside = Math.Min(reach / 2, (last - first) / 2);
        (first, last) = (first + inside, last - inside);
        var left = Follow(ink, box.X + first, trace.Row[first], -1, reach + inside).Rows;
        var right = Follow(ink, box.X + last, trace.Row[last], 1, reach + inside).Rows;
        left.Reverse();
        return new TraceEnds(
            box.X + first - left.Count, [.. left, .. trace.Row[first..(last + 1)].Select(row => (double)row), .. right],
            End(ink, trace, first, -1, reach, penPx), End(ink, trace, last, 1, reach, penPx));
    }

    /// <summary>
    /// Where the signal ends. The box may begin before the trace, at the foot of a pulse with blank paper behind it, and the ink is
    /// followed from well inside; or it begins late, and it is followed farther than the trace itself.
    /// </summary>
    private static double? End(InkImage ink, LeadTrace trace, int outermost, int direction, int reach, double penPx)
    {
        var rows = trace.Row;
        var from = direction < 0 ? Math.Min(outermost + (DeepInside * reach), rows.Length - 1) : Math.Max(outermost - (DeepInside * reach), 0);
        while (float.IsNaN(rows[from]) && from != outermost)
            from += direction;
        var (followed, share) = Follow(ink, trace.Place.Box.X + from, rows[from], direction, Math.Abs(outermost - from) + (Beyond * reach));
        var last = trace.Place.Box.X + from + (direction * followed.Count);
        if (direction < 0)
            return last <= EdgePx ? 0 : last + 1 - share + (penPx / 2);
        return last + 1 >= ink.Width - EdgePx ? ink.Width : last + share - (penPx / 2);
    }

    /// <summary>Rows of the columns to one side, and how much of the last one is inked; null where the ink goes on.</summary>
    private static (List<double> Rows, double? LastShare) Follow(InkImage ink, int column, double row, int direction, int reach)
    {
        var rows = new List<double>();
        if (RunAt(ink, column, (int)row - Near, (int)row + Near) is not var (top, bottom))
            return (rows, null);
        var share = 1.0;
        var (seen, slack) = (0, 0);
        for (var x = column + direction; rows.Count < reach; x += direction)
        {
            if (x < 0 || x >= ink.Width || RunAt(ink, x, top - 1 - slack, bottom + 1 + slack) is not var (nextTop, nextBottom))
                return (rows[..seen], share);
            // Behind a frame, and behind a line of a dark grid, the trace goes on as it did, or in a beat's stroke.
            if (nextBottom - nextTop > TallestRun * reach || IsHidden(ink, x, nextTop, nextBottom))
            {
                slack = Math.Min(slack + Near, reach);
                rows.Add((top + bottom + 1) / 2.0);
                continue;
            }

            (top, bottom, slack) = (nextTop, nextBottom, 0);
            rows.Add((top + bottom + 1) / 2.0);
            share = Enumerable.Range(top, bottom - top + 1).Max(y => ink.Amount[(y * ink.Width) + x]);
            seen = rows.Count;
        }

        return (rows, null);
    }

    private static bool IsHidden(InkImage ink, int x, int top, int bottom) => 2 * Enumerable.Range(top, bottom - top + 1).Count(y => ink.Hidden[(y * ink.Width) + x]) > bottom - top;

    /// <summary>The longest run of ink of a column that touches some rows.</summary>
    private static (int Top, int Bottom)? RunAt(InkImage ink, int x, int first, int last)
    {
        // A dark grid hides what crosses it, and does not end a trace.
        bool IsInked(int row) => ink.Amount[(row * ink.Width) + x] > Inked || ink.Hidden[(row * ink.Width) + x];
        (int Top, int Bottom)? longest = null;
        for (var y = Math.Max(0, first); y <= Math.Min(last, ink.Height - 1); y++)
        {
            if (!IsInked(y))
                continue;
            int top = y, bottom = y;
            while (top > 0 && IsInked(top - 1))
                top--;
            while (bottom + 1 < ink.Height && IsInked(bottom + 1))
                bottom++;
            if (longest is not var (longTop, longBottom) || bottom - top > longBottom - longTop)
                longest = (top, bottom);
            y = bottom;
        }

        return longest;
    }
}

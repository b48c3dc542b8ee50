namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// Bars and ticks that are printed between the columns of leads: upright strokes of one height at the same place in every row.
/// The QRS complexes of a beat at the border stand one below the other, too, but each has its own height.
/// </summary>
internal static class SeparatorBars
{
    /// <summary>An upright run of ink from this height on may be a bar, mm.</summary>
    private const double LeastHeightMm = 1.8;

    /// <summary>How far from the border bars are looked for, and how far above and below a row's traces, mm.</summary>
    private const double BesideMm = 0.8, AroundMm = 8;

    /// <summary>Bars of two rows are as tall as each other to this, pixels, and as far from their rows' zero lines to this, mm.</summary>
    private const double SameHeightPx = 1.5, SameOffsetMm = 2.5;

    /// <summary>Bars stand in this share of the rows; in others a QRS may run into them.</summary>
    private const double RowShare = 0.66;

    /// <summary>A bar's soft edge, pixels.</summary>
    private const int Edge = 1;

    private const float Inked = 0.4f;

    private readonly record struct Run(int Row, double Offset, int Height);

    /// <summary>Marks the pixels of the bars at a border.</summary>
    /// <param name="ink">The page.</param>
    /// <param name="border">Column of the border.</param>
    /// <param name="rows">Zero lines of the traces beside it, pixels.</param>
    /// <param name="pxPerMmX">Pixels a millimetre, across.</param>
    /// <param name="pxPerMmY">Pixels a millimetre, down.</param>
    /// <param name="printed">Set on the pixels of bars.</param>
    public static void Mark(InkImage ink, double border, IReadOnlyList<double> rows, double pxPerMmX, double pxPerMmY, bool[] printed)
    {
        if (rows.Count < 2)
            return;
        int first = Math.Max(0, (int)(border - (BesideMm * pxPerMmX))), last = Math.Min(ink.Width - 1, (int)Math.Ceiling(border + (BesideMm * pxPerMmX)));
        for (var x = first; x <= last; x++)
        {
            var runs = Enumerable.Range(0, rows.Count).SelectMany(row => Upright(ink, x, row, rows[row], pxPerMmY)).ToArray();
            foreach (var run in runs)
            {
                var alike = runs.Where(other => Math.Abs(other.Height - run.Height) <= SameHeightPx && Math.Abs(other.Offset - run.Offset) <= SameOffsetMm * pxPerMmY).ToArray();
                var inRows = alike.Select(other => other.Row).Distinct().Count();
                if (inRows < 2 || inRows < RowShare * rows.Count)
                    continue;
                var middle = alike.Select(other => other.Offset).Order().ElementAt(alike.Length / 2);
                for (var row = 0; row < rows.Count; row++)
                {
                    var offsets = alike.Where(other => other.Row == row).Select(other => other.Offset).DefaultIfEmpty(middle);
                    foreach (var offset in offsets)
                        Fill(ink, x, first, last, (int)Math.Round(rows[row] + offset), run.Height, printed);
                }
            }
        }
    }

    /// <summary>Marks a bar from a column of it: sideways as far as its whole height is inked, where a QRS has run into it, too.</summary>
    private static void Fill(InkImage ink, int x, int first, int last, int top, int height, bool[] printed)
    {
        int left = x, right = x;
        while (left > first && Inside(left - 1))
            left--;
        while (right < last && Inside(right + 1))
            right++;
        for (var y = Math.Max(0, top - Edge); y < Math.Min(ink.Height, top + height + Edge); y++)
            for (var beside = Math.Max(0, left - Edge); beside <= Math.Min(ink.Width - 1, right + Edge); beside++)
                printed[(y * ink.Width) + beside] = true;

        bool Inside(int column)
        {
            for (var y = Math.Max(0, top + Edge); y < Math.Min(ink.Height, top + height - Edge); y++)
                if (ink.Amount[(y * ink.Width) + column] <= Inked)
                    return false;
            return true;
        }
    }

    /// <summary>Runs that are the same in a neighbouring column: a flank leans.</summary>
    private static IEnumerable<Run> Upright(InkImage ink, int x, int row, double zero, double pxPerMmY)
    {
        Run[] beside = [.. x > 0 ? Runs(ink, x - 1, row, zero, pxPerMmY) : [], .. x + 1 < ink.Width ? Runs(ink, x + 1, row, zero, pxPerMmY) : []];
        return Runs(ink, x, row, zero, pxPerMmY).Where(run => beside.Any(other => Math.Abs(other.Offset - run.Offset) <= 1 && Math.Abs(other.Height - run.Height) <= 1));
    }

    private static IEnumerable<Run> Runs(InkImage ink, int x, int row, double zero, double pxPerMmY)
    {
        int from = Math.Max(0, (int)(zero - (AroundMm * pxPerMmY))), to = Math.Min(ink.Height, (int)(zero + (AroundMm * pxPerMmY)));
        for (var y = from; y < to; y++)
        {
            var top = y;
            while (y < to && ink.Amount[(y * ink.Width) + x] > Inked)
                y++;
            // What leaves the window is no bar.
            if (y - top >= LeastHeightMm * pxPerMmY && top > from && y < to)
                yield return new Run(row, top - zero, y - top);
        }
    }
}

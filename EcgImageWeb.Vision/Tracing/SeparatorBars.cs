namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// Bars and ticks that are printed between the columns of leads: one line through all rows, or upright strokes of one height at the same
/// place in every row. The QRS complexes of a beat at the border stand one below the other, too, but each has its own height.
/// </summary>
internal static class SeparatorBars
{
    /// <summary>An upright run of ink from this height on may be a bar, mm.</summary>
    private const double LeastHeightMm = 1.8;

    /// <summary>How far from the border bars are looked for, mm.</summary>
    private const double BesideMm = 1.2;

    /// <summary>A line through all rows is inked over this share of the way from the first to the last; beats of that height lean.</summary>
    private const double LineShare = 0.6;

    /// <summary>Bars of two rows are as far from their rows' zero lines as each other to this, mm.</summary>
    private const double SameOffsetMm = 2.5;

    /// <summary>Bars stand in this share of the rows; in others a QRS may run into them.</summary>
    private const double RowShare = 0.66;

    /// <summary>No page has more bars, in two pieces at five borders of twelve rows.</summary>
    private const int MostBars = 200;

    /// <summary>Bars of one row begin and end at the same height to this, pixels.</summary>
    private const int SamePx = 1;

    /// <summary>A bar's soft edge, pixels.</summary>
    private const int Edge = 1;

    private const float Inked = 0.4f;

    /// <summary>A column beside a bar is its soft edge where three quarters of it have more ink than this.</summary>
    private const float SoftInk = 0.1f;

    /// <summary>Bars between columns; and the edges of pulses, which end where the trace happens to be. Beats are seldom alike, but taller than bars.</summary>
    public static readonly Shape Separator = new(0.3, 8), PulseEdge = new(0.8, 12);

    /// <summary>What counts as a bar.</summary>
    /// <param name="SameHeightMm">Bars of two rows are as tall as each other to this.</param>
    /// <param name="AroundMm">They end within this above and below a row's traces.</param>
    internal sealed record Shape(double SameHeightMm, double AroundMm);

    private readonly record struct Run(int Row, double Offset, int Height);

    /// <summary>A bar that was marked.</summary>
    /// <param name="First">Its first column; its soft edges stand beside.</param>
    /// <param name="Last">Its last column.</param>
    /// <param name="Left">Soft columns before the first.</param>
    /// <param name="Right">Soft columns behind the last.</param>
    /// <param name="Top">Its first row.</param>
    /// <param name="Height">Number of rows.</param>
    internal readonly record struct Bar(int First, int Last, int Left, int Right, int Top, int Height)
    {
        /// <summary>Whether it is as tall as another, and at the same height of the page.</summary>
        public bool IsLevelWith(Bar other) => Math.Abs(Top - other.Top) <= SamePx && Math.Abs(Height - other.Height) <= SamePx;
    }

    /// <summary>Marks the pixels of the bars at a border.</summary>
    /// <param name="ink">The page.</param>
    /// <param name="border">Column of the border.</param>
    /// <param name="rows">Zero lines of the traces beside it, pixels.</param>
    /// <param name="shape">What counts as a bar.</param>
    /// <param name="pxPerMmX">Pixels a millimetre, across.</param>
    /// <param name="pxPerMmY">Pixels a millimetre, down.</param>
    /// <param name="printed">Set on the pixels of bars.</param>
    /// <returns>The bars.</returns>
    public static IReadOnlyList<Bar> Mark(InkImage ink, double border, IReadOnlyList<double> rows, Shape shape, double pxPerMmX, double pxPerMmY, bool[] printed)
    {
        var bars = new HashSet<Bar>();
        if (rows.Count < 2)
            return [];
        int first = Math.Max(0, (int)(border - (BesideMm * pxPerMmX))), last = Math.Min(ink.Width - 1, (int)Math.Ceiling(border + (BesideMm * pxPerMmX)));
        for (var x = first; x <= last; x++)
        {
            if (IsLine(ink, x, rows))
                FillLine(ink, x, rows.Min() - (shape.AroundMm * pxPerMmY), rows.Max() + (shape.AroundMm * pxPerMmY), printed);
            foreach (var alike in Bars(ink, x, rows, shape, pxPerMmY))
            {
                var run = alike[0];
                var middle = alike.Select(other => other.Offset).Order().ElementAt(alike.Length / 2);
                for (var row = 0; row < rows.Count; row++)
                {
                    var offsets = alike.Where(other => other.Row == row).Select(other => other.Offset).DefaultIfEmpty(middle);
                    foreach (var offset in offsets)
                        bars.Add(Fill(ink, x, first, last, (int)Math.Round(rows[row] + offset), run.Height, printed));
                }
            }
        }

        return [.. bars];
    }

    /// <summary>
    /// Marks bars that beats have run into, and that are therefore unlike those of the other rows: where others of the same row stand at two places at
    /// least, and their place is inked.
    /// </summary>
    /// <param name="ink">The page.</param>
    /// <param name="marked">The borders' columns, and what was marked at each.</param>
    /// <param name="pxPerMmX">Pixels a millimetre, across.</param>
    /// <param name="printed">Set on the pixels of bars.</param>
    public static void MarkHidden(InkImage ink, IReadOnlyList<(double Border, IReadOnlyList<Bar> Bars)> marked, double pxPerMmX, bool[] printed)
    {
        var all = marked.SelectMany(at => at.Bars.DistinctBy(bar => (bar.Top, bar.Height)).Select(bar => (at.Border, Bar: bar))).ToArray();
        // Hatched, not separated.
        if (all.Length > MostBars)
            return;
        foreach (var (at, bar) in all)
        {
            // One bar is seen from both borders of a gap.
            if (!all.Any(other => other.Bar.IsLevelWith(bar) && Math.Abs(other.Bar.First - bar.First) > 2 * BesideMm * pxPerMmX))
                continue;
            foreach (var (border, _) in marked.Where(other => !other.Bars.Any(bar.IsLevelWith)))
            {
                var shift = (int)Math.Round(border - at);
                int first = bar.First + shift, last = bar.Last + shift;
                if (first >= 0 && last < ink.Width && Enumerable.Range(first, last - first + 1).All(x => IsInked(ink, x, bar.Top + Edge, bar.Top + bar.Height - Edge)))
                    FillBox(ink, first - bar.Left, last + bar.Right, bar.Top, bar.Height, printed);
            }
        }
    }

    /// <summary>Which columns run through a bar of every row, or a line through all rows.</summary>
    /// <param name="ink">The page.</param>
    /// <param name="first">First column.</param>
    /// <param name="count">Number of columns.</param>
    /// <param name="rows">Zero lines of the traces beside it, pixels.</param>
    /// <param name="pxPerMmY">Pixels a millimetre, down.</param>
    public static bool[] Columns(InkImage ink, int first, int count, IReadOnlyList<double> rows, double pxPerMmY) =>
    [
        .. Enumerable.Range(first, count).Select(x => rows.Count >= 2 && x >= 0 && x < ink.Width
            && (IsLine(ink, x, rows) || Bars(ink, x, rows, Separator, pxPerMmY).Any())),
    ];

    /// <summary>Runs of a column that are alike in most rows, first the one that the others are compared with.</summary>
    private static IEnumerable<Run[]> Bars(InkImage ink, int x, IReadOnlyList<double> rows, Shape shape, double pxPerMmY)
    {
        var runs = Enumerable.Range(0, rows.Count).SelectMany(row => Upright(ink, x, row, rows[row], shape.AroundMm * pxPerMmY, pxPerMmY)).ToArray();
        foreach (var run in runs)
        {
            Run[] alike = [run, .. runs.Where(other => other != run && Math.Abs(other.Height - run.Height) <= shape.SameHeightMm * pxPerMmY && Math.Abs(other.Offset - run.Offset) <= SameOffsetMm * pxPerMmY)];
            if (alike.Select(other => other.Row).Distinct().Count() is var inRows && inRows >= 2 && inRows >= RowShare * rows.Count)
                yield return alike;
        }
    }

    /// <summary>Share of a column that is inked between the first and the last row; 0 beside the page.</summary>
    /// <param name="ink">The page.</param>
    /// <param name="x">The column.</param>
    /// <param name="rows">Zero lines of the traces beside it, pixels.</param>
    /// <param name="least">Ink from here on counts.</param>
    public static double InkedShare(InkImage ink, int x, IReadOnlyList<double> rows, float least)
    {
        if (rows.Count < 2 || x < 0 || x >= ink.Width)
            return 0;
        int top = Math.Max(0, (int)rows.Min()), bottom = Math.Min(ink.Height, (int)rows.Max()), inked = 0;
        for (var y = top; y < bottom; y++)
            inked += ink.Amount[(y * ink.Width) + x] > least ? 1 : 0;
        return inked / (double)Math.Max(1, bottom - top);
    }

    private static bool IsLine(InkImage ink, int x, IReadOnlyList<double> rows) => InkedShare(ink, x, rows, Inked) > LineShare;

    /// <summary>Marks what is inked on the way of a line through all rows, with its soft edges.</summary>
    private static void FillLine(InkImage ink, int x, double top, double bottom, bool[] printed)
    {
        for (var y = Math.Max(0, (int)top); y < Math.Min(ink.Height, bottom); y++)
            if (ink.Amount[(y * ink.Width) + x] > Inked)
                for (var beside = Math.Max(0, x - Edge); beside <= Math.Min(ink.Width - 1, x + Edge); beside++)
                    printed[(y * ink.Width) + beside] = true;
    }

    /// <summary>Marks a bar from a column of it: sideways as far as its whole height is inked, where a QRS has run into it, too.</summary>
    private static Bar Fill(InkImage ink, int x, int first, int last, int top, int height, bool[] printed)
    {
        int left = x, right = x;
        while (left > first && IsInked(ink, left - 1, top + Edge, top + height - Edge))
            left--;
        while (right < last && IsInked(ink, right + 1, top + Edge, top + height - Edge))
            right++;
        var bar = new Bar(left, right, IsSoft(left - 1) ? Edge : 0, IsSoft(right + 1) ? Edge : 0, top, height);
        FillBox(ink, left - bar.Left, right + bar.Right, top, height, printed);
        return bar;

        // Beside a hard edge paper shows, but where a trace comes near: there it must not be hidden.
        bool IsSoft(int column)
        {
            if (column < 0 || column >= ink.Width)
                return false;
            float[] beside = [.. Enumerable.Range(Math.Max(0, top), Math.Max(0, Math.Min(ink.Height, top + height) - Math.Max(0, top))).Select(y => ink.Amount[(y * ink.Width) + column]).Order()];
            return beside.Length == 0 || beside[beside.Length / 4] > SoftInk;
        }
    }

    private static void FillBox(InkImage ink, int from, int to, int top, int height, bool[] printed)
    {
        for (var y = Math.Max(0, top - Edge); y < Math.Min(ink.Height, top + height + Edge); y++)
            for (var x = Math.Max(0, from); x <= Math.Min(ink.Width - 1, to); x++)
                printed[(y * ink.Width) + x] = true;
    }

    private static bool IsInked(InkImage ink, int column, int top, int end)
    {
        for (var y = Math.Max(0, top); y < Math.Min(ink.Height, end); y++)
            if (ink.Amount[(y * ink.Width) + column] <= Inked && !ink.Hidden[(y * ink.Width) + column])
                return false;
        return true;
    }

    /// <summary>Runs that are the same in a neighbouring column: a flank leans.</summary>
    private static IEnumerable<Run> Upright(InkImage ink, int x, int row, double zero, double around, double pxPerMmY)
    {
        Run[] beside = [.. x > 0 ? Runs(ink, x - 1, row, zero, around, pxPerMmY) : [], .. x + 1 < ink.Width ? Runs(ink, x + 1, row, zero, around, pxPerMmY) : []];
        return Runs(ink, x, row, zero, around, pxPerMmY).Where(run => beside.Any(other => Math.Abs(other.Offset - run.Offset) <= 1 && Math.Abs(other.Height - run.Height) <= 1));
    }

    private static IEnumerable<Run> Runs(InkImage ink, int x, int row, double zero, double around, double pxPerMmY)
    {
        int from = Math.Max(0, (int)(zero - around)), to = Math.Min(ink.Height, (int)(zero + around));
        for (var y = from; y < to; y++)
        {
            var top = y;
            // A dark grid hides what crosses it, and does not end a bar.
            while (y < to && (ink.Amount[(y * ink.Width) + x] > Inked || ink.Hidden[(y * ink.Width) + x]))
                y++;
            // What leaves the window is no bar.
            if (y - top >= LeastHeightMm * pxPerMmY && top > from && y < to)
                yield return new Run(row, top - zero, y - top);
        }
    }
}

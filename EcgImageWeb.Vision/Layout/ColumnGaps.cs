using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>Blank paper between columns of leads: where all rows pause together, a column ends and the next begins.</summary>
internal sealed class ColumnGaps
{
    /// <summary>Gaps are this wide; what is narrower is a tall QRS that leaves the row, millimetres.</summary>
    private const double LeastMm = 0.7, MostMm = 7;

    /// <summary>At least this share of the rows is blank in a gap, and in one that something hides; next to this far from where equal columns would meet.</summary>
    private const double LeastBlank = 0.7, LeastBlankOfHidden = 0.5, NearMm = 8;

    /// <summary>Columns of one page are alike to this share; the last one, where rows end, to so many times as much, or as long as this at least.</summary>
    private const double SameWidth = 0.03, LastWidth = 3, LeastOfLast = 0.75;

    /// <summary>
    /// A pen that breaks by itself leaves gaps, too: columns that would begin farther than this from the rows are believed only where so many rows end and
    /// begin at the gap's edges, to this; millimetres.
    /// </summary>
    private const double MostBesideMm = 4, LeastTogether = 0.7, TogetherMm = 0.5;

    /// <summary>Strokes between columns stand in the gap, millimetres.</summary>
    private const double StrokeMm = 0.8;

    /// <summary>Ink begins half a pen before a lead and ends half a pen behind it; the usual pen, millimetres.</summary>
    private const double PenMm = 0.35;

    /// <summary>
    /// A bar through all rows is inked over this share of the way, a column beside it, too. Bars are this wide at most, stand where equal columns ask for them to this, and fill
    /// gaps that are no wider than this; millimetres.
    /// </summary>
    private const double BarShare = 0.6, MostBarMm = 1.5, AtBorderMm = 1.2, MostBarredMm = 4;

    /// <summary>Columns on both sides of a bar last quarters of a second at 25 mm/s, millimetres.</summary>
    private const double QuarterMm = 6.25;

    private readonly InkMask mask;
    private readonly bool[][] hasInk;
    private readonly TraceRows rows;
    private readonly CanvasScale scale;

    private ColumnGaps(InkMask mask, bool[][] hasInk, TraceRows rows, CanvasScale scale) => (this.mask, this.hasInk, this.rows, this.scale) = (mask, hasInk, rows, scale);

    /// <summary>Which columns of every row have pieces of trace; letters do not count.</summary>
    public static ColumnGaps Of(InkMask mask, InkBlobs blobs, TraceRows rows, CanvasScale scale)
    {
        var piece = new bool[mask.Components];
        for (var c = 1; c < piece.Length; c++)
            piece[c] = blobs.Area[c] > 0 && blobs.Width(c) >= TraceRows.LeastPieceMm * scale.X;
        var hasInk = new bool[rows.Baselines.Count][];
        for (var row = 0; row < hasInk.Length; row++)
        {
            var (above, below) = rows.Reach(row);
            int top = Math.Max(0, (int)(rows.Baselines[row] - above)), bottom = Math.Min(mask.Height - 1, (int)(rows.Baselines[row] + below));
            hasInk[row] = new bool[mask.Width];
            for (var y = top; y <= bottom; y++)
                for (var x = 0; x < mask.Width; x++)
                    if (piece[mask.Component[(y * mask.Width) + x]])
                        hasInk[row][x] = true;
        }

        return new ColumnGaps(mask, hasInk, rows, scale);
    }

    /// <summary>The same where the rows begin and end elsewhere.</summary>
    public ColumnGaps Between(double left, double right) => new(mask, hasInk, rows with { Left = left, Right = right }, scale);

    /// <summary>Where the first column begins, how far columns are apart and how wide they are; null where columns touch.</summary>
    public (double Left, double Pitch, double Width)? Columns(int firstRow, int rowCount, int columns)
    {
        if (columns < 2)
            return null;
        var length = rows.Right - rows.Left;
        (double First, double End)?[] seen = [.. Enumerable.Range(1, columns - 1).Select(k => Gap(firstRow, rowCount, At(k), LeastBlank))];
        // Beside two others one may be crossed by a pen or a name in half of its rows.
        if (seen.Length > 2 && seen.Count(gap => gap is null) == 1 && Array.IndexOf(seen, null) is var hidden)
            seen[hidden] = Gap(firstRow, rowCount, At(hidden + 1), LeastBlankOfHidden);
        if (seen.Any(gap => gap is null))
            return Barred(firstRow, rowCount, columns);

        (double First, double End)[] gaps = [.. seen.OfType<(double, double)>()];
        double[] widths = [.. gaps.Zip(gaps.Skip(1)).Select(pair => pair.Second.First - pair.First.End), rows.Right - gaps[^1].End];
        var width = widths.Order().ElementAt((widths.Length - 1) / 2);
        var blank = gaps.Average(gap => gap.End - gap.First);
        var left = gaps[0].First - width + (PenMm * scale.X / 2);
        return widths[..^1].All(other => Math.Abs((other / width) - 1) < SameWidth) && EndsAlike(widths[^1] / width)
            && (Math.Abs(left - rows.Left) <= MostBesideMm * scale.X || gaps.All(gap => IsShared(gap, firstRow, rowCount)))
            ? (left, width + blank, width - (PenMm * scale.X))
            : null;

        double At(int border) => rows.Left + (border * length / columns);

        // Rows may seem to go on as far as the paper or a pulse, or to end where long strips do, which have no gaps: where two columns tell their width, the last one need not.
        bool EndsAlike(double last) => widths.Length > 2 ? last > LeastOfLast : Math.Abs(last - 1) < LastWidth * SameWidth;
    }

    /// <summary>The columns between which blank paper stands, whatever the format; null where columns touch.</summary>
    public (int Columns, double Pitch, double Width)? Any()
    {
        foreach (var (rowCount, columns) in PageFormat.All.Select(format => (format.Rows, format.Columns)).Distinct().OrderByDescending(leads => leads.Columns))
            for (var first = 0; first + rowCount <= rows.Baselines.Count; first++)
                if (Columns(first, rowCount, columns) is var (_, pitch, width))
                    return (columns, pitch, width);
        return null;
    }

    /// <summary>All blank paper between columns together, canvas pixels; 0 where columns touch.</summary>
    public double Blank() => Any() is var (columns, pitch, width) ? (columns - 1) * (pitch - width) : 0;

    /// <summary>Columns with bars in the middle of the gaps between them, which leave no blank paper: the rows are as much longer than the columns last.</summary>
    private (double Left, double Pitch, double Width)? Barred(int firstRow, int rowCount, int columns)
    {
        double length = rows.Right - rows.Left - (PenMm * scale.X), width = Math.Floor(length / columns / (QuarterMm * scale.X)) * QuarterMm * scale.X;
        double left = rows.Left + (PenMm / 2 * scale.X), blank = (length - (columns * width)) / (columns - 1);
        if (rowCount < 2 || blank < LeastMm * scale.X || blank > MostBarredMm * scale.X)
            return null;
        double?[] bars = [.. Enumerable.Range(1, columns - 1).Select(k => BarNear(left + (k * (width + blank)) - (blank / 2)))];
        if (bars.Any(bar => bar is null))
            return null;
        // Names or feet of pulses make rows seem longer: several bars tell how far columns are apart; a single one that is not in the middle, that there are some, or that it is blurred.
        if (columns > 2)
            blank = ((bars[^1]!.Value - bars[0]!.Value) / (columns - 2)) - width;
        else
            blank -= Math.Abs(bars[0]!.Value - left - width - (blank / 2));
        return blank >= LeastMm / 2 * scale.X && blank <= MostBarredMm * scale.X ? (Math.Max(left, bars[0]!.Value - width - (blank / 2)), width + blank, width) : null;

        double? BarNear(double at)
        {
            int from = (int)Math.Floor(at - (AtBorderMm * scale.X)), to = (int)Math.Ceiling(at + (AtBorderMm * scale.X));
            int[] bar = from >= 1 && to < mask.Width - 1 ? [.. Enumerable.Range(from, to - from + 1).Where(IsBar)] : [];
            return bar.Length > 0 && bar[^1] - bar[0] < MostBarMm * scale.X ? (bar[0] + bar[^1] + 1) / 2.0 : null;
        }

        bool IsBar(int x)
        {
            int top = (int)rows.Baselines[firstRow], bottom = (int)rows.Baselines[firstRow + rowCount - 1], inked = 0;
            for (var y = top; y < bottom; y++)
                inked += mask[x - 1, y] || mask[x, y] || mask[x + 1, y] ? 1 : 0;
            return inked > BarShare * (bottom - top);
        }
    }

    private (double First, double End)? Gap(int firstRow, int rowCount, double around, double leastBlank)
    {
        int from = Math.Max(0, (int)(around - (NearMm * scale.X))), to = Math.Min(hasInk[0].Length - 1, (int)(around + (NearMm * scale.X)));
        (double First, double End)? widest = null;
        int first = -1, last = -1;
        for (var x = from; x <= to + 1; x++)
        {
            if (x <= to && Blank(x))
            {
                first = first < 0 ? x : first;
                last = x;
                continue;
            }

            // A stroke within the gap does not end it.
            if (first >= 0 && (x > to || x - last > StrokeMm * scale.X))
            {
                if (last + 1 - first >= LeastMm * scale.X && last + 1 - first <= MostMm * scale.X && (widest is not { } best || last + 1 - first > best.End - best.First))
                    widest = (first, last + 1);
                first = -1;
            }
        }

        return widest;

        bool Blank(int x) => Enumerable.Range(firstRow, rowCount).Count(row => !hasInk[row][x]) >= leastBlank * rowCount;
    }

    /// <summary>Whether most of the rows that pause in a gap end at its one edge and begin at its other.</summary>
    private bool IsShared((double First, double End) gap, int firstRow, int rowCount)
    {
        var near = (int)Math.Ceiling(TogetherMm * scale.X);
        int[] blank = [.. Enumerable.Range(firstRow, rowCount).Where(row => !hasInk[row][(int)((gap.First + gap.End) / 2)])];
        return blank.Count(row => IsInk(row, gap.First - 1) && IsInk(row, gap.End)) >= LeastTogether * blank.Length;

        bool IsInk(int row, double edge) => Enumerable.Range((int)edge - near, (2 * near) + 1).Any(x => x >= 0 && x < hasInk[row].Length && hasInk[row][x]);
    }
}

using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>
/// Leads of a page of no known look, from its grid and its traces: four rows of ink over ten seconds, of which the lowest
/// must agree with one of the twelve leads above where both show the same moment. Without that agreement it could be any
/// page of four rows, and is refused.
/// </summary>
internal static class StripFinder
{
    private const int Columns = 4, Rows = 3;

    private const double ColumnSeconds = 2.5, MmPerSecond = 25;

    private static readonly string[] Leads = ["I", "aVR", "V1", "V4", "II", "aVL", "V2", "V5", "III", "aVF", "V3", "V6"];

    /// <summary>Ink is darker than this share of the paper, in its brightest colour; from printed black to the gray of a scan.</summary>
    private static readonly double[] InkLevels = [0.5, 0.65, 0.35];

    /// <summary>Ink that reaches this far across is a piece of trace, not a letter; millimetres.</summary>
    private const double LeastTraceMm = 15;

    /// <summary>Smoothing of the count of ink by row, and least distance of two rows; millimetres.</summary>
    private const double RowMm = 4, LeastRowDistanceMm = 9;

    /// <summary>A row of traces has ink in at least this share of the columns.</summary>
    private const double LeastRowShare = 0.5;

    /// <summary>No page of ten seconds is longer (A3 across is 420); finer patterns are not millimetres.</summary>
    private const double LargestPageMm = 700;

    /// <summary>Ten seconds are 250 mm; pulses and names beside them add up to 15.</summary>
    private const double LeastWidthMm = 235, MostWidthMm = 268;

    /// <summary>A pulse beside the traces is at least this wide, its height (10 mm at the usual gain) at least this, and the rows' pulses differ by less than this; millimetres.</summary>
    private const double LeastPulseMm = 4, PulseHeightMm = 4.5, SamePulseMm = 2;

    /// <summary>Correlation of the long strip with a lead of the same moment; measured on the clean pages: 0.97 and more for the right one.</summary>
    private const double SameSignal = 0.9;

    /// <summary>The layout, from the grid's scale.</summary>
    /// <exception cref="RefusalException"><c>not-an-ecg</c> or <c>no-layout</c>.</exception>
    public static PageLayout Find(UprightPage page, CancellationToken cancellationToken)
    {
        if (page.ScaleFrom == "assumed")
            throw GridTexture.Share(Gray.Of(page.Pixels), cancellationToken) >= GridTexture.Paper
                ? new RefusalException(
                    RefusalCode.NoLayout,
                    "This looks like ECG paper, but it is tilted, curled or seen from the side. Please scan the page, or photograph it flat and straight from above.")
                : new RefusalException(
                    RefusalCode.NotAnEcg,
                    "This does not look like an ECG: no ECG paper was found. Is the page flat, upright and large in the picture?");
        if (Math.Max(page.Pixels.Width / page.PxPerMmX, page.Pixels.Height / page.PxPerMmY) > LargestPageMm)
            throw new RefusalException(RefusalCode.NoLayout, "This looks like ruled paper, but the page would be larger than any ECG. Is it one page, taken from the front?");
        var brightest = Gray.Brightest(page.Pixels);
        var canvas = TraceCanvas.Of(brightest, page.PxPerMmX, page.PxPerMmY);
        var scale = new Scale(page.PxPerMmX / canvas.ScaleX, page.PxPerMmY / canvas.ScaleY);
        var why = "";
        foreach (var level in InkLevels)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var mask = InkMask.Of(canvas, null, level);
            var pieces = Pieces(mask, scale);
            if (RowsOf(mask, pieces, scale) is not { } rows)
            {
                why = "four rows of traces could not be told apart";
                continue;
            }

            var (left, right) = Extent(mask, pieces, rows[^1], scale);
            if ((right - left) / scale.X is < LeastWidthMm or > MostWidthMm)
            {
                why = "its rows are not ten seconds long at 25 mm/s";
                continue;
            }

            var width = (int)Math.Round(Columns * ColumnSeconds * MmPerSecond * scale.X);
            var best = Fit(canvas, mask, rows, Start(canvas, mask, rows, left, right, width, scale), width, cancellationToken);
            if (best.Correlation >= SameSignal)
                return Layout(brightest, canvas, best);
            why = "its long strip agrees with none of the leads above it";
        }

        throw new RefusalException(
            RefusalCode.NoLayout,
            $"This looks like ECG paper, but its leads could not be located: {why}. Pages with three rows of four leads and one long strip are read; is the whole page in the picture, flat and upright?");
    }

    private readonly record struct Scale(double X, double Y);

    private sealed record Fitted(TraceInk Ink, int Start, string Rhythm, double Correlation);

    /// <summary>Which components are pieces of traces: wide ones.</summary>
    private static bool[] Pieces(InkMask mask, Scale scale)
    {
        int[] first = new int[mask.Components], last = new int[mask.Components];
        Array.Fill(first, int.MaxValue);
        for (var i = 0; i < mask.Component.Length; i++)
        {
            var component = mask.Component[i];
            if (component == 0)
                continue;
            var x = i % mask.Width;
            first[component] = Math.Min(first[component], x);
            last[component] = Math.Max(last[component], x);
        }

        return [.. first.Select((from, c) => c != 0 && last[c] - from >= LeastTraceMm * scale.X)];
    }

    /// <summary>Rows of the four traces, from the top; null where there are not four of about the same distance.</summary>
    private static double[]? RowsOf(InkMask mask, bool[] pieces, Scale scale)
    {
        var count = new double[mask.Height];
        for (var i = 0; i < mask.Component.Length; i++)
            if (pieces[mask.Component[i]])
                count[i / mask.Width]++;
        var reach = (int)(RowMm / 2 * scale.Y);
        var smooth = Enumerable.Range(0, mask.Height)
            .Select(y => count[Math.Max(0, y - reach)..Math.Min(mask.Height, y + reach + 1)].Sum()).ToArray();

        var rows = new List<int>();
        var taken = new bool[mask.Height];
        while (rows.Count < 8)
        {
            var y = Enumerable.Range(0, mask.Height).Where(row => !taken[row]).DefaultIfEmpty(-1).MaxBy(row => row < 0 ? -1 : smooth[row]);
            if (y < 0 || smooth[y] < LeastRowShare * LeastWidthMm * scale.X)
                break;
            rows.Add(y);
            var away = (int)(LeastRowDistanceMm * scale.Y);
            Array.Fill(taken, true, Math.Max(0, y - away), Math.Min(mask.Height, y + away + 1) - Math.Max(0, y - away));
        }

        rows.Sort();
        if (rows.Count != Rows + 1)
            return null;
        var distances = rows.Skip(1).Zip(rows, (b, a) => (double)(b - a)).ToArray();
        return distances.Max() < 1.6 * distances.Min() ? [.. rows.Select(row => (double)row)] : null;
    }

    /// <summary>First and last column of the long strip's ink.</summary>
    private static (int Left, int Right) Extent(InkMask mask, bool[] pieces, double row, Scale scale)
    {
        int left = mask.Width, right = 0, reach = (int)(RowMm * 2 * scale.Y);
        for (var y = Math.Max(0, (int)row - reach); y < Math.Min(mask.Height, row + reach); y++)
            for (var x = 0; x < mask.Width; x++)
                if (pieces[mask.Component[(y * mask.Width) + x]])
                    (left, right) = (Math.Min(left, x), Math.Max(right, x + 1));
        return (left, right);
    }

    /// <summary>
    /// Where the ten seconds begin: at the left end of the ink, unless the calibration pulses stand there. A pulse is where
    /// all four rows show the same tall shape.
    /// </summary>
    private static int Start(TraceCanvas canvas, InkMask mask, double[] rows, int left, int right, int width, Scale scale)
    {
        var extra = right - left - width;
        if (extra < LeastPulseMm * scale.X)
            return Math.Max(0, left + (extra / 2));
        var (leftTall, leftApart) = Ends(left);
        var (_, rightApart) = Ends(right - extra);
        return leftTall >= PulseHeightMm * scale.Y && leftApart < SamePulseMm * scale.Y && leftApart < rightApart ? right - width : left;

        // Height of the least tall of the four rows at one end, and how far apart their shapes are.
        (double Tall, double Apart) Ends(int first)
        {
            var traces = Enumerable.Range(0, rows.Length)
                .Select(row => StripFollower.Follow(mask, Strip(canvas, rows, row, first, first + extra)))
                .Select((runs, row) => TraceCurve.Rows(runs.Top, runs.Bottom).Select(y => y - rows[row]).ToArray())
                .ToArray();
            return (
                traces.Min(trace => trace.Max() - trace.Min()),
                Enumerable.Range(0, extra).Average(x => traces.Max(trace => trace[x]) - traces.Min(trace => trace[x])));
        }
    }

    private static Fitted Fit(TraceCanvas canvas, InkMask mask, double[] rows, int start, int width, CancellationToken cancellationToken)
    {
        var strips = new List<Strip>();
        for (var row = 0; row < Rows; row++)
            for (var column = 0; column < Columns; column++)
                strips.Add(Strip(canvas, rows, row, start + (column * width / Columns), start + ((column + 1) * width / Columns)));
        strips.Add(Strip(canvas, rows, Rows, start, start + width));
        var ink = TraceInk.On(canvas, mask, strips, cancellationToken);
        var strip = TraceCurve.Rows(ink.Tops[^1], ink.Bottoms[^1]);
        var matches = Leads
            .Select((lead, i) => (Lead: lead, Correlation: SameMoment(strip.AsSpan(strips[i].First - start), TraceCurve.Rows(ink.Tops[i], ink.Bottoms[i]))))
            .OrderByDescending(match => match.Correlation)
            .ToArray();
        // Lateral leads look alike; II is what a long strip shows almost always.
        var (rhythm, correlation) = matches.First(match => match.Lead == "II") is var two && two.Correlation >= SameSignal ? two : matches[0];
        return new Fitted(ink, start, rhythm, correlation);
    }

    /// <summary>Correlation without the ends of the column, where ticks between the columns are drawn.</summary>
    private static double SameMoment(ReadOnlySpan<double> strip, ReadOnlySpan<double> lead)
    {
        const int Ends = 8;
        var count = Math.Min(strip.Length, lead.Length) - (2 * Ends);
        return count > 0 ? TraceCurve.Correlation(strip.Slice(Ends, count), lead.Slice(Ends, count)) : 0;
    }

    private static Strip Strip(TraceCanvas canvas, double[] rows, int row, int first, int last)
    {
        double above = row == 0 ? rows[1] - rows[0] : rows[row] - rows[row - 1], below = row == rows.Length - 1 ? above : rows[row + 1] - rows[row];
        return new Strip(
            Math.Clamp(first, 0, canvas.Gray.Width - 1), Math.Clamp(last, 1, canvas.Gray.Width),
            Math.Max(0, (int)(rows[row] - (0.95 * above))), Math.Min(canvas.Gray.Height, (int)(rows[row] + (0.95 * below))), rows[row]);
    }

    private static PageLayout Layout(Raster gray, TraceCanvas canvas, Fitted fit)
    {
        int[] order = [.. Enumerable.Range(0, Columns).SelectMany(column => Enumerable.Range(0, Rows).Select(row => (row * Columns) + column)), Rows * Columns];
        var leads = new List<LeadPlace>();
        foreach (var index in order)
        {
            var strip = fit.Ink.Strips[index];
            var isRhythm = index == Rows * Columns;
            double half = (strip.Bottom - strip.Top) / 3.8, top = strip.ZeroRow - half, bottom = strip.ZeroRow + half;
            if (fit.Ink.Extent(index) is var (first, last))
                (top, bottom) = (Math.Min(top, first - 4), Math.Max(bottom, last + 5));
            var box = PixelBoxes.Between(canvas.PageX(strip.First), canvas.PageY(top), canvas.PageX(strip.Last), canvas.PageY(bottom), gray);
            var start = isRhythm ? 0 : index % Columns * ColumnSeconds;
            leads.Add(new LeadPlace(
                isRhythm ? "rhythm" : Leads[index], isRhythm ? fit.Rhythm : Leads[index], "layout", isRhythm, box,
                start, isRhythm ? Columns * ColumnSeconds : start + ColumnSeconds));
        }

        return new PageLayout(
            "3x4+1", "grid", Math.Clamp(fit.Correlation, 0, 1) * 0.8, false, leads,
            [new Note("lead-names-unread", "The leads' names were not read; they are taken from their places in the usual order (I, II, III; aVR, aVL, aVF; V1 to V6).")])
        {
            TimeZeroX = canvas.PageX(fit.Start),
            Ink = fit.Ink.Ordered(order),
        };
    }
}

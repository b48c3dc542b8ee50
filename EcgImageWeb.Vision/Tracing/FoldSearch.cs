namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// Tries other ways through strokes that run into one blob. Two flanks that touch look like one wide stroke, and steps downhill neither
/// split nor join them: where the drawn ink disagrees with the page, a knot is put to the end of the ink above or below, or back
/// between its neighbours, the curve around it settles again, and the way that draws the page best is kept.
/// </summary>
internal static class FoldSearch
{
    /// <summary>Knots to either side that settle again, and of these at the ends that stay.</summary>
    private const int Around = 8, Held = 2;

    /// <summary>Steps after a knot was put elsewhere; after the first ones a way that is worse by this is given up.</summary>
    private const int FirstSteps = 2, MoreSteps = 3;

    private const double Hopeless = 2;

    /// <summary>Squared error around a knot from which on another way is tried: noise and a pen's own shape leave less.</summary>
    private const double LeastError = 0.25;

    /// <summary>Only strokes hide folds: runs of ink taller than this many pens.</summary>
    private const double LeastStroke = 1.5;

    /// <summary>A way must be better by this, in units of the fit's cost: a few pixels of ink. With 0.02, drawn reports lost 8 dB under their print.</summary>
    private const double LeastGain = 0.6;

    /// <summary>At a curve's end much is hidden by bars and names: only what explains visible ink counts.</summary>
    private const double LeastGainAtEnd = 0.75;

    /// <summary>Places tried on a second of the usual 500 knots, and on any curve: bounds the time on noise.</summary>
    private const double PlacesAKnot = 30.0 / 500;

    private const int PlacesACurve = 30;

    /// <summary>This near to the picture's edge frames are drawn, pixels.</summary>
    private const double EdgePx = 4;

    /// <summary>Ink from here on belongs to a stroke.</summary>
    private const float Inked = 0.35f;

    /// <summary>Improves a fitted curve in place.</summary>
    /// <param name="ink">The page's ink.</param>
    /// <param name="owner">Whose a pixel is.</param>
    /// <param name="number">The curve's.</param>
    /// <param name="curve">The curve.</param>
    /// <param name="pen">What it is drawn with.</param>
    /// <param name="tallestBar">Taller print, rows, is no bar between columns.</param>
    /// <param name="farthest">Rows by which ink that goes on above or below the curve is not its own stroke but a line that crosses it.</param>
    public static void Improve(InkImage ink, byte[] owner, byte number, PenCurve curve, Pen pen, int tallestBar, double farthest)
    {
        var knots = curve.Row.Length;
        var errors = new CurveFit(ink, owner, number, curve).Errors(pen);
        var near = Math.Max(1, (int)Math.Round(0.5 / curve.StepPx));
        var sums = new double[knots];
        for (var i = 0; i < knots; i++)
            for (var k = Math.Max(0, i - near); k <= Math.Min(knots - 1, i + near); k++)
                sums[i] += errors[k];
        var places = PlacesACurve + (int)(PlacesAKnot * knots);
        var settled = new bool[knots];
        // The ends first: bars between the columns hide what would tell.
        int[] ends = knots > 2 * Around ? [Held, knots - 1 - Held] : [];
        foreach (var knot in ends.Concat(Enumerable.Range(0, knots).Where(i => sums[i] > LeastError).OrderByDescending(i => sums[i])))
        {
            if (settled[knot])
                continue;
            var (top, bottom) = Run(ink, owner, number, curve, knot, tallestBar);
            if (bottom - top <= LeastStroke * 2 * pen.HalfWidth || IsLonger(top, bottom, curve, knot, farthest))
                continue;
            if (--places < 0)
                return;
            // Where nothing is better, the next knots need not be tried.
            if (!TryAt(ink, owner, number, curve, pen, knot, top + pen.HalfWidth, bottom - pen.HalfWidth))
                settled.AsSpan()[Math.Max(0, knot - near)..Math.Min(knots, knot + near + 1)].Fill(true);
        }
    }

    private static bool TryAt(InkImage ink, byte[] owner, byte number, PenCurve curve, Pen pen, int knot, double top, double bottom)
    {
        int first = Math.Max(0, knot - Around), last = Math.Min(curve.Row.Length - 1, knot + Around), middle = knot - first;
        if (last - first < Around)
            return false;
        // The curve's own ends are free.
        int heldBefore = first > 0 ? Held : 0, heldAfter = last + 1 < curve.Row.Length ? Held : 0;
        var knotCount = curve.Row.Length;
        var piece = curve.Row[first..(last + 1)];
        var best = piece;
        var least = new CurveFit(ink, owner, number, Piece(piece)).Cost(pen);
        foreach (var (way, needed) in Ways(piece, middle, top, bottom, heldBefore == 0 && curve.FirstX > EdgePx, heldAfter == 0 && curve.FirstX + (knotCount * curve.StepPx) < ink.Width - EdgePx))
        {
            var fit = new CurveFit(ink, owner, number, Piece(way));
            for (var step = 0; step < FirstSteps; step++)
                fit.Step(pen, 1, heldBefore, heldAfter);
            if (fit.Cost(pen) > least + Hopeless)
                continue;
            for (var step = 0; step < MoreSteps; step++)
                fit.Step(pen, 1, heldBefore, heldAfter);
            if (fit.Cost(pen) + needed is var cost && cost < least)
                (least, best) = (cost, way);
        }

        if (best == piece)
            return false;
        best.CopyTo(curve.Row, first);
        return true;

        PenCurve Piece(double[] rows) => new(curve.FirstX + (first * curve.StepPx), curve.StepPx, rows, []);
    }

    private static bool IsLonger(int top, int bottom, PenCurve curve, int knot, double farthest)
    {
        var near = curve.Row.AsSpan()[Math.Max(0, knot - Around)..Math.Min(curve.Row.Length, knot + Around + 1)];
        double highest = double.PositiveInfinity, lowest = double.NegativeInfinity;
        foreach (var row in near)
            (highest, lowest) = (Math.Min(highest, row), Math.Max(lowest, row));
        return top < highest - farthest || bottom > lowest + farthest;
    }

    /// <summary>First row, and the row behind the last, of the ink that a knot stands on; behind a bar a stroke may go on, behind a frame nothing does.</summary>
    private static (int Top, int Bottom) Run(InkImage ink, byte[] owner, byte number, PenCurve curve, int knot, int tallestBar)
    {
        var x = Math.Clamp((int)(curve.FirstX + (knot * curve.StepPx)), 0, ink.Width - 1);
        var row = Math.Clamp((int)curve.Row[knot], 0, ink.Height - 1);
        return (row - Walk(-1), row + 1 + Walk(1));

        int Walk(int direction)
        {
            var length = 0;
            for (var (y, bar) = (row + direction, 0); y >= 0 && y < ink.Height && ink.Amount[(y * ink.Width) + x] > Inked; y += direction)
            {
                var own = owner[(y * ink.Width) + x];
                if (own != 0 && own != number && (own != byte.MaxValue || ++bar > tallestBar))
                    return own == byte.MaxValue ? length - bar + 1 : length;
                length++;
            }

            return length;
        }
    }

    /// <summary>Other rows for the knots around one, and how much better they must be.</summary>
    private static IEnumerable<(double[] Rows, double Needed)> Ways(double[] piece, int middle, double top, double bottom, bool begins, bool ends)
    {
        foreach (var row in new[] { top, bottom })
        {
            if (Math.Abs(row - piece[middle]) >= 1)
            {
                double[] tip = [.. piece];
                tip[middle] = row;
                yield return (tip, LeastGain);
            }

            // Half a beat at the page's or the column's end.
            for (var side = -1; side <= 1; side += 2)
                if (side < 0 ? begins : ends)
                {
                    double[] end = [.. piece];
                    var from = Math.Clamp(middle - side, 0, piece.Length - 1);
                    var count = side < 0 ? from : piece.Length - 1 - from;
                    for (var k = 1; k <= count; k++)
                        end[from + (side * k)] = piece[from] + ((row - piece[from]) * k / count);
                    yield return (end, LeastGainAtEnd);
                }
        }

        const int Reach = 3;
        if (middle < Reach || middle + Reach >= piece.Length)
            yield break;
        double[] straight = [.. piece];
        for (var k = 1 - Reach; k < Reach; k++)
            straight[middle + k] = piece[middle - Reach] + ((piece[middle + Reach] - piece[middle - Reach]) * (k + Reach) / (2 * Reach));
        yield return (straight, LeastGain);
        foreach (var shift in new[] { -1, 1 })
        {
            double[] moved = [.. piece];
            for (var k = 1 - Reach; k < Reach; k++)
                moved[middle + k] = piece[middle + k + shift];
            yield return (moved, LeastGain);
        }
    }
}

namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// Fits one curve to the page's ink by drawing it: Gauss-Newton on the rows of its knots, so that the ink a pen would leave
/// along the straight pieces equals the ink that is there. A pixel's drawn ink depends on its distance to the nearest piece
/// alone, so that it moves with two neighbouring knots: with the penalty on curvature the normal equations have five diagonals.
/// </summary>
internal sealed class CurveFit
{
    // Compared on 12 pages drawn from PTB-XL records, a report page as the tests draw it, and 11 pages of renders-ludb, scans and photos-synth: of
    // settings that read the drawn pages about alike, those that read wide pens best.

    /// <summary>Weight of a squared second difference of rows, in units of squared ink.</summary>
    private const double Smoothness = 0.01;

    /// <summary>Bends sharper than this, pixels, are the signal's own and are penalized less and less.</summary>
    private const double SoftBendPx = 3;

    /// <summary>Differences of ink beyond this are something else on the paper.</summary>
    private const double RobustInk = 0.5;

    /// <summary>Keeps knots that no pixel tells of where they are: of the square of a movement across the stroke, since a flank's knots move far along it.</summary>
    private const double Damping = 0.02;

    /// <summary>The same for knots that must not move.</summary>
    private const double Held = 1e9;

    /// <summary>Largest step at once across the stroke, pixels: the drawing is linear about as far as the pen is wide.</summary>
    private const double LargestStepPx = 2;

    private readonly InkImage ink;
    private readonly byte[] owner;
    private readonly byte number;
    private readonly PenCurve curve;
    private readonly double[] main, next, second, right, move;

    public CurveFit(InkImage ink, byte[] owner, byte number, PenCurve curve)
    {
        (this.ink, this.owner, this.number, this.curve) = (ink, owner, number, curve);
        var knots = curve.Row.Length;
        (main, next, second, right, move) = (new double[knots], new double[knots], new double[knots], new double[knots], new double[knots]);
    }

    /// <summary>One step with some multiple of the usual smoothness; the largest movement of a knot across its stroke in pixels.</summary>
    /// <param name="pen">What is drawn with.</param>
    /// <param name="stiffness">Multiple of the usual smoothness.</param>
    /// <param name="heldBefore">Knots at the beginning that stay where they are.</param>
    /// <param name="heldAfter">Knots at the end that stay where they are.</param>
    public double Step(Pen pen, double stiffness, int heldBefore = 0, int heldAfter = 0)
    {
        for (var i = 0; i < main.Length; i++)
            main[i] = i < heldBefore || i >= main.Length - heldAfter ? Held : Damping / (1 + Square(Slope(i)));
        next.AsSpan().Clear();
        second.AsSpan().Clear();
        right.AsSpan().Clear();
        Visit(pen.Reach, (at, segment, t, distance, down) =>
        {
            var (drawn, slope) = pen.At(distance);
            var error = ink.Amount[at] - drawn;
            var pull = distance > 1e-6 ? -slope * down / distance : 0;
            double before = pull * (1 - t), after = pull * t, weight = 1 / (1 + (error * error / (RobustInk * RobustInk)));
            main[segment] += weight * before * before;
            main[segment + 1] += weight * after * after;
            next[segment] += weight * before * after;
            right[segment] += weight * before * error;
            right[segment + 1] += weight * after * error;
        });
        Bend(Smoothness * stiffness);
        Pentadiagonal.Solve(main, next, second, right, move);
        var largest = 0.0;
        for (var i = 0; i < move.Length; i++)
        {
            var across = Math.Sqrt(1 + Square(Slope(i)));
            move[i] = Math.Clamp(move[i], -LargestStepPx * across, LargestStepPx * across);
            largest = Math.Max(largest, Math.Abs(move[i]) / across);
        }

        for (var i = 0; i < move.Length; i++)
            curve.Row[i] += move[i];

        return largest;
    }

    /// <summary>What the steps make small: how ill the drawn ink agrees with the page's, against drawing nothing, and the penalty on bends.</summary>
    public double Cost(Pen pen)
    {
        var cost = 0.0;
        Visit(pen.Reach, (at, _, _, distance, _) => cost += Robust(ink.Amount[at] - pen.At(distance).Amount) - Robust(ink.Amount[at]));
        var rows = curve.Row;
        for (var i = 1; i + 1 < rows.Length; i++)
        {
            var bend = Math.Abs(rows[i - 1] - (2 * rows[i]) + rows[i + 1]);
            cost += Smoothness * SoftBendPx * (bend - (SoftBendPx * Math.Log(1 + (bend / SoftBendPx))));
        }

        return cost;
    }

    /// <summary>Squared error of the pixels around each knot: of what is drawn, and ink beside it that should have been.</summary>
    public double[] Errors(Pen pen)
    {
        var errors = new double[curve.Row.Length];
        Visit(pen.Reach + (2 * pen.HalfWidth), (at, segment, t, distance, _) =>
            errors[t < 0.5 ? segment : segment + 1] += Square(ink.Amount[at] - (distance < pen.Reach ? pen.At(distance).Amount : 0)));
        return errors;
    }

    /// <summary>Adds this curve's surroundings to what is known of the pen.</summary>
    public void Measure(PenGauge gauge) => Visit(PenGauge.Reach, (at, _, _, distance, _) => gauge.Add(distance, ink.Amount[at]));

    /// <summary>
    /// The curve with each knot's confidence, and gaps where the page has no ink along it. What lies under print or under a dark grid is neither
    /// missing nor seen: it is no gap, and nothing speaks for it.
    /// </summary>
    public PenCurve Judged(Pen pen, bool[] printed, double leastSupport, int shortestGap)
    {
        double[] seen = new double[curve.Row.Length], drawn = new double[curve.Row.Length], wrong = new double[curve.Row.Length];
        // Ink beside the stroke, where a pen's would have ended, counts against it.
        Visit(pen.Reach + (2 * pen.HalfWidth), (at, segment, t, distance, _) =>
        {
            var model = distance < pen.Reach ? pen.At(distance).Amount : 0;
            var knot = t < 0.5 ? segment : segment + 1;
            var amount = ink.Amount[at];
            seen[knot] += model * (printed[at] ? model : Math.Min(amount, pen.Darkness));
            drawn[knot] += model * model;
            wrong[knot] += printed[at] ? model * model : (amount - model) * (amount - model);
        }, othersToo: true);
        double[] row = [.. curve.Row], confidence = new double[row.Length];
        var around = Math.Max(1, (int)Math.Ceiling(1 / curve.StepPx));
        var missing = 0;
        for (var i = 0; i <= row.Length; i++)
        {
            var supported = false;
            if (i < row.Length)
            {
                var (from, to) = (Math.Max(0, i - around), Math.Min(row.Length, i + around + 1));
                var sum = drawn.AsSpan(from, to - from).ToArray().Sum();
                supported = sum > 0 && seen.AsSpan(from, to - from).ToArray().Sum() >= leastSupport * sum;
                confidence[i] = supported ? Math.Clamp(1 - (wrong.AsSpan(from, to - from).ToArray().Sum() / sum), 0, 1) : 0;
                if (!supported)
                    missing++;
            }

            if (supported || i == row.Length)
            {
                var isEnd = missing == i || i == row.Length;
                if (missing >= shortestGap || isEnd)
                    row.AsSpan(i - missing, missing).Fill(double.NaN);
                missing = 0;
            }
        }

        return curve with { Row = row, Confidence = confidence };
    }

    private delegate void Pixel(int at, int segment, double t, double distance, double down);

    /// <summary>Every pixel nearer to the curve than a reach, with the nearest piece, where on it (0 to 1), how far, and how far down.</summary>
    private void Visit(double reach, Pixel visit, bool othersToo = false)
    {
        var rows = curve.Row;
        var step = curve.StepPx;
        // Columns that lie wholly on the curve: on others the neighbour's ink is mixed in.
        int firstColumn = Math.Max(0, (int)Math.Ceiling(curve.FirstX)), lastColumn = Math.Min(ink.Width, (int)Math.Floor(curve.FirstX + (rows.Length * step))) - 1;
        for (var x = firstColumn; x <= lastColumn; x++)
        {
            var middle = x + 0.5;
            int first = Math.Max(0, (int)Math.Floor((middle - reach - curve.FirstX) / step)), last = Math.Min(rows.Length - 1, (int)Math.Ceiling((middle + reach - curve.FirstX) / step));
            var own = Math.Clamp((int)Math.Floor((middle - curve.FirstX) / step), first, Math.Max(first, last - 1));
            double top = double.PositiveInfinity, bottom = double.NegativeInfinity;
            for (var k = first; k <= last; k++)
                (top, bottom) = (Math.Min(top, rows[k]), Math.Max(bottom, rows[k]));
            var end = Math.Min(ink.Height - 1, (int)Math.Floor(bottom + reach - 0.5));
            for (var y = Math.Max(0, (int)Math.Ceiling(top - reach - 0.5)); y <= end; y++)
            {
                var at = (y * ink.Width) + x;
                if (!othersToo && owner[at] != 0 && owner[at] != number)
                    continue;
                // From the pixel's own column outwards, until a piece is farther across than the best is away.
                var nearest = new Nearest(reach * reach, -1, 0, 0);
                var pieceAcross = middle - curve.FirstX - (own * step);
                for (var k = own; k < last && (k == own || Square(((k - own) * step) - pieceAcross) < nearest.Square); k++)
                    Look(k, pieceAcross - ((k - own) * step), y + 0.5, ref nearest);
                for (var k = own - 1; k >= first && Square(pieceAcross + ((own - k - 1) * step)) < nearest.Square; k--)
                    Look(k, pieceAcross + ((own - k) * step), y + 0.5, ref nearest);
                if (nearest.Segment >= 0)
                    visit(at, nearest.Segment, nearest.Along, Math.Sqrt(nearest.Square), nearest.Down);
            }
        }
    }

    private record struct Nearest(double Square, int Segment, double Along, double Down);

    /// <summary>The steeper of a knot's two pieces, rows a column.</summary>
    private double Slope(int i) =>
        Math.Max(i > 0 ? Math.Abs(curve.Row[i] - curve.Row[i - 1]) : 0, i + 1 < curve.Row.Length ? Math.Abs(curve.Row[i + 1] - curve.Row[i]) : 0) / curve.StepPx;

    private static double Square(double x) => x * x;

    private static double Robust(double error) => RobustInk * RobustInk / 2 * Math.Log(1 + (error * error / (RobustInk * RobustInk)));

    /// <summary>Keeps a piece if it is nearer to a point than the nearest so far.</summary>
    private void Look(int piece, double across, double y, ref Nearest nearest)
    {
        double step = curve.StepPx, upper = curve.Row[piece], rise = curve.Row[piece + 1] - upper, down = y - upper;
        var outside = rise > 0 ? Math.Max(-down, down - rise) : Math.Max(down, rise - down);
        if (outside > 0 && outside * outside >= nearest.Square)
            return;
        var t = Math.Clamp(((across * step) + (down * rise)) / ((step * step) + (rise * rise)), 0, 1);
        double dx = across - (t * step), dy = down - (t * rise), square = (dx * dx) + (dy * dy);
        if (square < nearest.Square)
            nearest = new Nearest(square, piece, t, dy);
    }

    private void Bend(double smoothness)
    {
        var rows = curve.Row;
        for (var i = 1; i + 1 < rows.Length; i++)
        {
            var bend = rows[i - 1] - (2 * rows[i]) + rows[i + 1];
            var weight = smoothness / (1 + (Math.Abs(bend) / SoftBendPx));
            main[i - 1] += weight;
            main[i] += 4 * weight;
            main[i + 1] += weight;
            next[i - 1] -= 2 * weight;
            next[i] -= 2 * weight;
            second[i - 1] += weight;
            right[i - 1] -= weight * bend;
            right[i] += 2 * weight * bend;
            right[i + 1] -= weight * bend;
        }
    }
}

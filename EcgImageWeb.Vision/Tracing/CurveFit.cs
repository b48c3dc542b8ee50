using System.Runtime.Intrinsics;

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

    /// <summary>Differences of ink beyond this are something else on the paper.</summary>
    private const double RobustInk = 0.5;

    /// <summary>Diagonals from the main one on.</summary>
    private const int Band = 3;

    /// <summary>Pixels of a column that are looked at together.</summary>
    private static readonly int Rows = Vector256<float>.Count;

    private readonly InkImage ink;
    private readonly byte[] owner;
    private readonly byte number;
    private readonly PenCurve curve;
    /// <summary>Normal equations of five diagonals as <see cref="Banded"/> takes them, and their right side, which becomes the movement.</summary>
    private readonly double[] normal, right;
    private readonly float[] overSquare;

    public CurveFit(InkImage ink, byte[] owner, byte number, PenCurve curve)
    {
        (this.ink, this.owner, this.number, this.curve) = (ink, owner, number, curve);
        var knots = curve.Row.Length;
        (normal, right) = (new double[Band * knots], new double[knots]);
        overSquare = new float[knots];
    }

    /// <summary>One step with some multiple of the usual smoothness; the largest movement of a knot across its stroke in pixels.</summary>
    /// <param name="pen">What is drawn with.</param>
    /// <param name="stiffness">Multiple of the usual smoothness.</param>
    /// <param name="heldBefore">Knots at the beginning that stay where they are.</param>
    /// <param name="heldAfter">Knots at the end that stay where they are.</param>
    public double Step(Pen pen, double stiffness, int heldBefore = 0, int heldAfter = 0)
    {
        normal.AsSpan().Clear();
        right.AsSpan().Clear();
        Stiffness.Hold(normal, Band, curve, heldBefore, heldAfter);
        Visit(pen.Reach, (at, segment, t, distance, down) =>
        {
            var (drawn, slope) = pen.At(distance);
            var error = ink.Amount[at] - drawn;
            var pull = distance > 1e-6 ? -slope * down / distance : 0;
            double before = pull * (1 - t), after = pull * t, weight = 1 / (1 + (error * error / (RobustInk * RobustInk)));
            normal[Band * segment] += weight * before * before;
            normal[Band * (segment + 1)] += weight * after * after;
            normal[(Band * segment) + 1] += weight * before * after;
            right[segment] += weight * before * error;
            right[segment + 1] += weight * after * error;
        });
        Stiffness.Bend(normal, right, Band, curve.Row, Smoothness * stiffness);
        Banded.Solve(normal, right, Band);
        var largest = Stiffness.Limit(right, curve);
        for (var i = 0; i < right.Length; i++)
            curve.Row[i] += right[i];

        return largest;
    }

    /// <summary>What the steps make small: how ill the drawn ink agrees with the page's, against drawing nothing, and the penalty on bends.</summary>
    public double Cost(Pen pen)
    {
        var cost = 0.0;
        Visit(pen.Reach, (at, _, _, distance, _) => cost += Robust(ink.Amount[at] - pen.At(distance).Amount) - Robust(ink.Amount[at]));
        return cost + Stiffness.Cost(curve.Row, Smoothness);
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
        for (var k = 0; k + 1 < rows.Length; k++)
            overSquare[k] = (float)(1 / ((step * step) + Square(rows[k + 1] - rows[k])));
        Span<float> square = stackalloc float[Rows], along = stackalloc float[Rows], down = stackalloc float[Rows];
        Span<int> segment = stackalloc int[Rows];
        // Columns that lie wholly on the curve: on others the neighbour's ink is mixed in.
        int firstColumn = Math.Max(0, (int)Math.Ceiling(curve.FirstX)), lastColumn = Math.Min(ink.Width, (int)Math.Floor(curve.FirstX + (rows.Length * step))) - 1;
        for (var x = firstColumn; x <= lastColumn; x++)
        {
            var across = x + 0.5 - curve.FirstX;
            int first = Math.Max(0, (int)Math.Floor((across - reach) / step)), last = Math.Min(rows.Length - 1, (int)Math.Ceiling((across + reach) / step));
            double top = double.PositiveInfinity, bottom = double.NegativeInfinity;
            for (var k = first; k <= last; k++)
                (top, bottom) = (Math.Min(top, rows[k]), Math.Max(bottom, rows[k]));
            var end = Math.Min(ink.Height - 1, (int)Math.Floor(bottom + reach - 0.5));
            for (var y = Math.Max(0, (int)Math.Ceiling(top - reach - 0.5)); y <= end; y += Rows)
            {
                FindNearest(first, last, across, y + 0.5, reach, square, segment, along, down);
                for (var (row, at) = (0, (y * ink.Width) + x); row < Rows && y + row <= end; (row, at) = (row + 1, at + ink.Width))
                    if (segment[row] >= 0 && (othersToo || owner[at] == 0 || owner[at] == number))
                        visit(at, segment[row], along[row], Math.Sqrt(square[row]), down[row]);
            }
        }
    }

    /// <summary>The nearest piece to each of some pixels of a column, and -1 for those that none is near to.</summary>
    private void FindNearest(int first, int last, double across, double y, double reach, Span<float> square, Span<int> segment, Span<float> along, Span<float> down)
    {
        var step = (float)curve.StepPx;
        var (nearest, piece, place, below) = (Vector256.Create((float)(reach * reach)), Vector256.Create(-1f), Vector256<float>.Zero, Vector256<float>.Zero);
        for (var k = first; k < last; k++)
        {
            double upper = curve.Row[k] - y, lower = curve.Row[k + 1] - y;
            if (Math.Max(upper, lower) < -reach || Math.Min(upper, lower) > Rows - 1 + reach)
                continue;
            var (rise, pieceAcross) = ((float)(lower - upper), (float)(across - (k * curve.StepPx)));
            var fall = Vector256<float>.Indices - Vector256.Create((float)upper);
            var t = Vector256.Min(Vector256.Max(((fall * rise) + Vector256.Create(pieceAcross * step)) * overSquare[k], Vector256<float>.Zero), Vector256<float>.One);
            var (dx, dy) = (Vector256.Create(pieceAcross) - (t * step), fall - (t * rise));
            var distance = (dx * dx) + (dy * dy);
            var isNearer = Vector256.LessThan(distance, nearest);
            nearest = Vector256.Min(distance, nearest);
            piece = Vector256.ConditionalSelect(isNearer, Vector256.Create((float)k), piece);
            place = Vector256.ConditionalSelect(isNearer, t, place);
            below = Vector256.ConditionalSelect(isNearer, dy, below);
        }

        nearest.CopyTo(square);
        place.CopyTo(along);
        below.CopyTo(down);
        Vector256.ConvertToInt32(piece).CopyTo(segment);
    }

    private static double Square(double x) => x * x;

    private static double Robust(double error) => RobustInk * RobustInk / 2 * Math.Log(1 + (error * error / (RobustInk * RobustInk)));
}

namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// Fits one curve to the page's ink by drawing it as a round pen does. On an upright line the pen covers one interval, however the curve folds
/// within the pen's width, and a pixel's ink is the mean over the lines through it: flanks that run into one blob are drawn as dark as they
/// are, which the distance to the nearest piece (<see cref="CurveFit"/>) does not know. Gauss-Newton on the rows of the knots; it sees less far
/// and needs a curve that is nearly right.
/// </summary>
internal sealed class StrokeFit
{
    /// <summary>Differences of ink beyond this are something else on the paper.</summary>
    private const double RobustInk = 0.5;

    /// <summary>A step that makes things worse is tried this many times more, each time shorter by a factor.</summary>
    private const int ShorterSteps = 3;

    private const double Shorter = 0.4;

    private const int PixelsALogarithm = 64;

    /// <summary>Nothing is gained any more.</summary>
    private const double LeastGain = 0.001;

    private readonly InkImage ink;
    private readonly byte[] owner;
    private readonly byte number;
    private readonly PenCurve curve;
    private readonly double smoothness;
    private readonly int firstColumn, lastColumn;
    private readonly Edges top = new(), bottom = new();
    private double[] amount = [];

    /// <summary>A curve on a page.</summary>
    /// <param name="ink">The page's ink.</param>
    /// <param name="owner">Whose a pixel is.</param>
    /// <param name="number">The curve's.</param>
    /// <param name="curve">The curve; its rows move.</param>
    /// <param name="smoothness">Weight of a squared second difference of rows, in units of squared ink.</param>
    /// <param name="columns">Columns that are drawn, from the curve's first on, as far as the page has them; all by default.</param>
    public StrokeFit(InkImage ink, byte[] owner, byte number, PenCurve curve, double smoothness, Range? columns = null)
    {
        (this.ink, this.owner, this.number, this.curve, this.smoothness) = (ink, owner, number, curve, smoothness);
        // Columns that lie wholly on the curve: on others the neighbour's ink is mixed in.
        int first = Math.Max(0, (int)Math.Ceiling(curve.FirstX)), end = Math.Min(ink.Width, (int)Math.Floor(curve.FirstX + (curve.Row.Length * curve.StepPx)));
        var (drawn, total) = (columns ?? Range.All, Math.Max(0, end - first));
        (firstColumn, lastColumn) = (first + Math.Min(total, drawn.Start.GetOffset(total)), first + Math.Min(total, drawn.End.GetOffset(total)) - 1);
    }

    /// <summary>What the steps make small: how ill the drawn ink agrees with the page's, against drawing nothing, and the penalty on bends.</summary>
    public double Cost(Stroke pen) => Disagreement(pen).Cost + Stiffness.Cost(curve.Row, smoothness);

    /// <summary>How ill the drawn ink agrees with the page's against drawing nothing, the sum of squared errors, and the pixels that are drawn.</summary>
    public (double Cost, double Squared, int Pixels) Disagreement(Stroke pen)
    {
        Outline(pen);
        var (cost, squared, pixels, ratio) = (0.0, 0.0, 0, 1.0);
        for (var x = firstColumn; x <= lastColumn; x++)
        {
            var (first, last) = Draw(pen, x);
            for (var y = first; y <= last; y++)
            {
                var at = (y * ink.Width) + x;
                if (owner[at] != 0 && owner[at] != number)
                    continue;
                double seen = Square(ink.Amount[at]), error = Square(ink.Amount[at] - Math.Min(1, pen.Darkness * amount[y - first]));
                // The sum of logarithms is that of the product, which stays far from overflow.
                ratio *= (1 + (error / (RobustInk * RobustInk))) / (1 + (seen / (RobustInk * RobustInk)));
                if (++pixels % PixelsALogarithm == 0)
                    (cost, ratio) = (cost + Math.Log(ratio), 1);
                squared += error;
            }
        }

        return (RobustInk * RobustInk / 2 * (cost + Math.Log(ratio)), squared, pixels);
    }

    /// <summary>Moves the knots until nothing is gained; the cost then.</summary>
    /// <param name="pen">What is drawn with.</param>
    /// <param name="steps">Steps at most.</param>
    /// <param name="heldBefore">Knots at the beginning that stay where they are.</param>
    /// <param name="heldAfter">Knots at the end that stay where they are.</param>
    public double Settle(Stroke pen, int steps, int heldBefore = 0, int heldAfter = 0)
    {
        var cost = Cost(pen);
        for (var gain = double.PositiveInfinity; steps > 0 && gain > LeastGain; steps--)
        {
            var move = Direction(pen, heldBefore, heldAfter);
            double[] before = [.. curve.Row];
            var (now, scale) = (cost, 1.0);
            for (var attempt = 0; attempt <= ShorterSteps && now >= cost; attempt++, scale *= Shorter)
            {
                for (var i = 0; i < move.Length; i++)
                    curve.Row[i] = before[i] + (scale * move[i]);
                now = Cost(pen);
            }

            gain = cost - now;
            if (gain <= 0)
                before.CopyTo(curve.Row, 0);
            else
                cost = now;
        }

        return cost;
    }

    /// <summary>Where the knots want to go; the outline is the rows' own.</summary>
    private double[] Direction(Stroke pen, int heldBefore, int heldAfter)
    {
        var knots = curve.Row.Length;
        // Knots that lines on both sides of a column can hang on, and the penalty's own three diagonals.
        var band = Math.Max(3, (int)Math.Ceiling((1 + (2 * (((double)pen.LinesBeside / pen.LinesPerPx) + pen.HalfWidth))) / curve.StepPx) + 3);
        var (normal, right, pull) = (new double[knots * band], new double[knots], new double[band]);
        Stiffness.Hold(normal, band, curve, heldBefore, heldAfter);
        for (var x = firstColumn; x <= lastColumn; x++)
        {
            var (first, last) = Draw(pen, x);
            var (from, to) = LinesOf(pen, x);
            var (lowest, highest) = (knots, 0);
            for (var line = from; line < to; line++)
            {
                lowest = Math.Min(lowest, Math.Min(top.Knot[line], bottom.Knot[line]));
                highest = Math.Max(highest, Math.Max(top.Knot[line], bottom.Knot[line]) + 1);
            }

            var pulls = pull.AsSpan(0, highest - lowest + 1);
            for (var y = first; y <= last; y++)
            {
                var at = (y * ink.Width) + x;
                // What is as dark as can be does not change with a small movement.
                if ((owner[at] != 0 && owner[at] != number) || pen.Darkness * amount[y - first] >= 1)
                    continue;
                pulls.Clear();
                for (var line = from; line < to; line++)
                {
                    var weight = pen.Darkness * pen.Weight(line - from);
                    top.Pull(line, lowest, -weight * pen.EdgeSlope(y + 0.5 - top.Row[line]), pulls);
                    bottom.Pull(line, lowest, weight * pen.EdgeSlope(y + 0.5 - bottom.Row[line]), pulls);
                }

                var error = ink.Amount[at] - (pen.Darkness * amount[y - first]);
                var robust = 1 / (1 + (error * error / (RobustInk * RobustInk)));
                for (var i = 0; i < pulls.Length; i++)
                {
                    if (pulls[i] == 0)
                        continue;
                    var own = robust * pulls[i];
                    right[lowest + i] += own * error;
                    var diagonals = normal.AsSpan((lowest + i) * band);
                    for (var k = i; k < pulls.Length; k++)
                        diagonals[k - i] += own * pulls[k];
                }
            }
        }

        Stiffness.Bend(normal, right, band, curve.Row, smoothness);
        Banded.Solve(normal, right, band);
        Stiffness.Limit(right, curve);
        return right;
    }

    /// <summary>Where the pen's edges lie on every upright line: each hangs on one piece of the curve (Minkowski sum of a polyline and a disc).</summary>
    private void Outline(Stroke pen)
    {
        var (rows, step, half) = (curve.Row, curve.StepPx, pen.HalfWidth);
        var firstLine = (firstColumn * pen.LinesPerPx) - pen.LinesBeside;
        var lines = ((lastColumn + 1) * pen.LinesPerPx) + pen.LinesBeside - firstLine;
        top.Begin(lines);
        bottom.Begin(lines);
        for (var line = 0; line < lines; line++)
        {
            var at = ((firstLine + line + 0.5) / pen.LinesPerPx) - curve.FirstX;
            int first = Math.Clamp((int)Math.Floor((at - half) / step), 0, rows.Length - 2), last = Math.Clamp((int)Math.Floor((at + half) / step), 0, rows.Length - 2);
            double highest = double.PositiveInfinity, lowest = double.NegativeInfinity;
            for (var k = first; k <= last; k++)
            {
                double begin = k * step, slope = (rows[k + 1] - rows[k]) / step, ahead = slope * half / Math.Sqrt(1 + (slope * slope));
                double up = Math.Clamp(at - ahead, begin, begin + step), down = Math.Clamp(at + ahead, begin, begin + step);
                double upper = rows[k] + (slope * (up - begin)) - Chord(half, up - at), lower = rows[k] + (slope * (down - begin)) + Chord(half, down - at);
                if (upper < highest)
                    (highest, top.Knot[line], top.Share[line]) = (upper, k, (up - begin) / step);
                if (lower > lowest)
                    (lowest, bottom.Knot[line], bottom.Share[line]) = (lower, k, (down - begin) / step);
            }

            (top.Row[line], bottom.Row[line]) = (highest, lowest);
        }
    }

    // Beyond the curve's ends there is no pen: its edges change places, and nothing is drawn.
    private static double Chord(double half, double across) => half * half > across * across ? Math.Sqrt((half * half) - (across * across)) : -Math.Abs(across);

    private (int From, int To) LinesOf(Stroke pen, int x)
    {
        var from = (x - firstColumn) * pen.LinesPerPx;
        return (from, from + pen.LinesPerPx + (2 * pen.LinesBeside));
    }

    /// <summary>Draws a column of pixels; the first and the last row that get any ink, whose amounts begin at index 0.</summary>
    private (int First, int Last) Draw(Stroke pen, int x)
    {
        var (from, to) = LinesOf(pen, x);
        double highest = double.PositiveInfinity, lowest = double.NegativeInfinity;
        for (var line = from; line < to; line++)
            (highest, lowest) = (Math.Min(highest, top.Row[line]), Math.Max(lowest, bottom.Row[line]));
        int first = Math.Max(0, (int)Math.Floor(highest - pen.Reach)), last = Math.Min(ink.Height - 1, (int)Math.Ceiling(lowest + pen.Reach));
        if (first > last)
            return (0, -1);
        if (amount.Length <= last - first)
            amount = new double[2 * (last - first + 1)];
        amount.AsSpan(0, last - first + 1).Clear();
        for (var line = from; line < to; line++)
        {
            if (bottom.Row[line] <= top.Row[line])
                continue;
            var (weight, upper, lower) = (pen.Weight(line - from), top.Row[line], bottom.Row[line]);
            int begin = Math.Max(first, (int)Math.Floor(upper - pen.Reach)), end = Math.Min(last, (int)Math.Ceiling(lower + pen.Reach));
            // Between the edges' reach the line is full.
            int fullFrom = Math.Max(begin, (int)Math.Ceiling(upper + pen.Reach)), fullTo = Math.Min(end, (int)Math.Floor(lower - pen.Reach) - 1);
            for (var y = begin; y <= end; y++)
            {
                if (y == fullFrom)
                    for (; y < fullTo; y++)
                        amount[y - first] += weight;
                amount[y - first] += weight * (pen.Edge(y + 0.5 - upper) - pen.Edge(y + 0.5 - lower));
            }
        }

        return (first, last);
    }

    private static double Square(double x) => x * x;

    /// <summary>The pen's upper or lower edges: a row a line, and the piece of curve (its first knot, and where on it) that it hangs on.</summary>
    private sealed class Edges
    {
        public double[] Row { get; private set; } = [];

        public double[] Share { get; private set; } = [];

        public int[] Knot { get; private set; } = [];

        public void Begin(int lines)
        {
            if (Row.Length < lines)
                (Row, Share, Knot) = (new double[lines], new double[lines], new int[lines]);
        }

        /// <summary>Adds what a movement of the edge does to the two knots that it hangs on.</summary>
        public void Pull(int line, int lowest, double pull, Span<double> pulls)
        {
            if (pull == 0)
                return;
            pulls[Knot[line] - lowest] += pull * (1 - Share[line]);
            pulls[Knot[line] + 1 - lowest] += pull * Share[line];
        }
    }
}

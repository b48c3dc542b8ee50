namespace EcgImageWeb.Vision.Tracing;

/// <summary>What holds a curve together while it is fitted, whatever it is drawn with: its bends cost something, knots of which no pixel tells stay, and no step is too long.</summary>
internal static class Stiffness
{
    /// <summary>Bends sharper than this, pixels, are the signal's own and are penalized less and less.</summary>
    private const double SoftBendPx = 3;

    /// <summary>Keeps knots that no pixel tells of where they are: of the square of a movement across the stroke, since a flank's knots move far along it.</summary>
    private const double Damping = 0.02;

    /// <summary>The same for knots that must not move.</summary>
    private const double Held = 1e9;

    /// <summary>Largest step at once across the stroke, pixels: the drawing is linear about as far as the pen is wide.</summary>
    private const double LargestStepPx = 2;

    /// <summary>The penalty on a curve's bends.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="smoothness">Weight of a squared second difference of rows, in units of squared ink.</param>
    public static double Cost(double[] rows, double smoothness)
    {
        var cost = 0.0;
        for (var i = 1; i + 1 < rows.Length; i++)
        {
            var bend = Math.Abs(rows[i - 1] - (2 * rows[i]) + rows[i + 1]);
            cost += smoothness * SoftBendPx * (bend - (SoftBendPx * Math.Log(1 + (bend / SoftBendPx))));
        }

        return cost;
    }

    /// <summary>Adds the penalty on bends to normal equations as <see cref="Banded"/> takes them.</summary>
    public static void Bend(double[] normal, double[] right, int band, double[] rows, double smoothness)
    {
        for (var i = 1; i + 1 < rows.Length; i++)
        {
            var bend = rows[i - 1] - (2 * rows[i]) + rows[i + 1];
            var weight = smoothness / (1 + (Math.Abs(bend) / SoftBendPx));
            normal[(i - 1) * band] += weight;
            normal[i * band] += 4 * weight;
            normal[(i + 1) * band] += weight;
            normal[((i - 1) * band) + 1] -= 2 * weight;
            normal[(i * band) + 1] -= 2 * weight;
            normal[((i - 1) * band) + 2] += weight;
            right[i - 1] -= weight * bend;
            right[i] += 2 * weight * bend;
            right[i + 1] -= weight * bend;
        }
    }

    /// <summary>Adds what keeps knots where they are.</summary>
    /// <param name="normal">Normal equations.</param>
    /// <param name="band">Their diagonals from the main one on.</param>
    /// <param name="curve">The curve.</param>
    /// <param name="heldBefore">Knots at the beginning that must not move.</param>
    /// <param name="heldAfter">Knots at the end that must not move.</param>
    public static void Hold(double[] normal, int band, PenCurve curve, int heldBefore, int heldAfter)
    {
        for (var i = 0; i < curve.Row.Length; i++)
            normal[i * band] += i < heldBefore || i >= curve.Row.Length - heldAfter ? Held : Damping / Square(Across(curve, i));
    }

    /// <summary>Shortens what is too long of a movement; the largest that is left, across the stroke, pixels.</summary>
    public static double Limit(double[] move, PenCurve curve)
    {
        var largest = 0.0;
        for (var i = 0; i < move.Length; i++)
        {
            var across = Across(curve, i);
            move[i] = Math.Clamp(move[i], -LargestStepPx * across, LargestStepPx * across);
            largest = Math.Max(largest, Math.Abs(move[i]) / across);
        }

        return largest;
    }

    /// <summary>Rows that a knot moves for a pixel across the steeper of its two pieces.</summary>
    private static double Across(PenCurve curve, int i)
    {
        var rows = curve.Row;
        var rise = Math.Max(i > 0 ? Math.Abs(rows[i] - rows[i - 1]) : 0, i + 1 < rows.Length ? Math.Abs(rows[i + 1] - rows[i]) : 0);
        return Math.Sqrt(1 + Square(rise / curve.StepPx));
    }

    private static double Square(double x) => x * x;
}

namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// How dark a stroke is at a distance from its middle: a bar of a half width, softened by a logistic edge (ink, optics, the
/// raster's own pixel), as amount of ink from 0 to 1.
/// </summary>
internal sealed class Pen
{
    private const int BinsPerPx = 32;

    // Where the logistic edge has fallen to 1 %.
    private const double EdgeReach = 4.6;

    private readonly float[] amount, slope;

    public Pen(double halfWidth, double softness, double darkness)
    {
        (HalfWidth, Softness, Darkness) = (halfWidth, softness, darkness);
        Reach = halfWidth + (EdgeReach * softness);
        amount = new float[(int)(Reach * BinsPerPx) + 2];
        slope = new float[amount.Length];
        for (var i = 0; i < amount.Length; i++)
        {
            var (inner, outer) = (Logistic((halfWidth - (i / (double)BinsPerPx)) / softness), Logistic((-halfWidth - (i / (double)BinsPerPx)) / softness));
            amount[i] = (float)(darkness * (inner - outer));
            slope[i] = (float)(-darkness / softness * ((inner * (1 - inner)) - (outer * (1 - outer))));
        }
    }

    /// <summary>Half the stroke's width, pixels.</summary>
    public double HalfWidth { get; }

    /// <summary>Scale of the logistic edge, pixels.</summary>
    public double Softness { get; }

    /// <summary>Ink in the middle of a wide stroke.</summary>
    public double Darkness { get; }

    /// <summary>There is no ink farther from the middle, pixels.</summary>
    public double Reach { get; }

    /// <summary>Ink at a distance below <see cref="Reach"/>, and its derivative.</summary>
    public (float Amount, float Slope) At(double distance)
    {
        var position = distance * BinsPerPx;
        var bin = (int)position;
        var share = (float)(position - bin);
        return (amount[bin] + ((amount[bin + 1] - amount[bin]) * share), slope[bin] + ((slope[bin + 1] - slope[bin]) * share));
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}

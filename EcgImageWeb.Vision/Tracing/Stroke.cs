namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// What a round pen leaves on a page: all ink within its half width, as a pixel of one by one sees it, softened by a logistic edge (optics,
/// paper). In both directions a pixel's own width is part of it, so that a sharp print has next to no softness.
/// </summary>
internal sealed class Stroke
{
    /// <summary>No pen is softer, pixels: the lines beside a column that it reaches are bounded.</summary>
    public const double SoftestPx = 2;

    // Where the logistic edge has fallen to 1 %.
    private const double EdgeReach = 4.6;

    private const int BinsPerPx = 64, MostLinesPerPx = 4;

    private readonly float[] edge, slope;
    private readonly double[] weights;

    /// <summary>A pen.</summary>
    /// <param name="halfWidth">Half the stroke's width, pixels, above 0.</param>
    /// <param name="softness">Scale of the logistic edge, pixels, above 0.</param>
    /// <param name="darkness">Ink inside the stroke; what is beyond 1 is cut, as it is on the page.</param>
    public Stroke(double halfWidth, double softness, double darkness)
    {
        softness = Math.Min(softness, SoftestPx);
        (HalfWidth, Softness, Darkness) = (halfWidth, softness, darkness);
        Reach = 0.5 + (EdgeReach * softness);
        LinesPerPx = Math.Clamp((int)Math.Ceiling(1 / softness), 1, MostLinesPerPx);
        LinesBeside = (int)Math.Ceiling(EdgeReach * softness * LinesPerPx);
        var bins = (int)Math.Ceiling(Reach * BinsPerPx);
        edge = new float[(2 * bins) + 2];
        slope = new float[edge.Length];
        for (var i = 0; i < edge.Length; i++)
        {
            var z = (i / (double)BinsPerPx) - Reach;
            edge[i] = (float)(softness * (Softplus((z + 0.5) / softness) - Softplus((z - 0.5) / softness)));
            slope[i] = (float)Box(z);
        }

        weights = [.. Enumerable.Range(0, LinesPerPx + (2 * LinesBeside)).Select(i => Box(((i - LinesBeside + 0.5) / LinesPerPx) - 0.5))];
        var sum = weights.Sum();
        for (var i = 0; i < weights.Length; i++)
            weights[i] /= sum;

        double Box(double z) => Logistic((z + 0.5) / softness) - Logistic((z - 0.5) / softness);
    }

    /// <summary>Half the stroke's width, pixels.</summary>
    public double HalfWidth { get; }

    /// <summary>Scale of the logistic edge beyond the pixel's own width, pixels.</summary>
    public double Softness { get; }

    /// <summary>Ink inside a wide stroke.</summary>
    public double Darkness { get; }

    /// <summary>Rows from an edge to where it has no more effect, pixels.</summary>
    public double Reach { get; }

    /// <summary>Upright lines a pixel on which the pen's edges are drawn: a soft edge shows fewer.</summary>
    public int LinesPerPx { get; }

    /// <summary>Lines before and behind a column of pixels that leave ink in it.</summary>
    public int LinesBeside { get; }

    /// <summary>The share of a line in a column's ink; lines from <see cref="LinesBeside"/> before the column on, their shares sum to 1.</summary>
    public double Weight(int line) => weights[line];

    /// <summary>Ink of a pixel whose middle lies this far below the stroke's upper edge, 0 to 1.</summary>
    public double Edge(double below)
    {
        if (below <= -Reach)
            return 0;
        if (below >= Reach)
            return 1;
        var position = (below + Reach) * BinsPerPx;
        var bin = (int)position;
        return edge[bin] + ((edge[bin + 1] - edge[bin]) * (position - bin));
    }

    /// <summary>Derivative of <see cref="Edge"/>.</summary>
    public double EdgeSlope(double below)
    {
        if (below <= -Reach || below >= Reach)
            return 0;
        var position = (below + Reach) * BinsPerPx;
        var bin = (int)position;
        return slope[bin] + ((slope[bin + 1] - slope[bin]) * (position - bin));
    }

    private static double Softplus(double x) => x > 30 ? x : Math.Log(1 + Math.Exp(x));

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}

using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>How tall the beats stand on the paper: where neither a pulse nor print tells the amplitude, hearts themselves tell something of it.</summary>
/// <param name="Mm">What the leads swing within a beat or a few, the geometric mean of the middle leads; millimetres.</param>
internal sealed record BeatHeight(double Mm)
{
    /// <summary>A lead's swing is measured within so much, 2.5 s at 25 mm/s, and the median counts; millimetres.</summary>
    private const double WindowMm = 62.5;

    /// <summary>The lowest and the tallest leads say least: one lies level, the other was led astray by a neighbour.</summary>
    private const double LeftOut = 0.2;

    /// <summary>Share of the columns where a trace was followed: faint real photographs have less, whose beats seemed half as high as they are.</summary>
    private const double LeastFollowed = 0.98;

    /// <summary>Usual swing, millivolts, and the spread of its logarithm among 1,269 hospital recordings (PTB-XL).</summary>
    private const double UsualMv = 1.16, Spread = 0.27;

    /// <summary>Odds from which on an amplitude other than the usual one is taken, and is called possible; natural logarithms.</summary>
    public const double Likely = 1.1, Possible = -1;

    /// <summary>The likeliest amplitude but the usual one, and its log odds against that: of the recordings drawn at 10 mm/mV four in a thousand have more than <see cref="Likely"/>, of those at 5 mm/mV more than half.</summary>
    public (double MmPerMv, double LogOdds) Other =>
        InkScale.Amplitudes[1..].Select(other => (other.MmPerMv, LogOdds: LogDensity(other) - LogDensity(InkScale.Amplitudes[0]))).MaxBy(other => other.LogOdds);

    /// <summary>The height of a page's leads; null where they were not followed throughout: where strokes are faint it is the tall ones that are missing.</summary>
    public static BeatHeight? Of(PageFormat format, TraceInk ink, CanvasScale scale)
    {
        if (ink.Tops.Take(format.Leads.Count).Average(tops => tops.Count(top => top >= 0) / (double)Math.Max(1, tops.Length)) < LeastFollowed)
            return null;
        double[] swings = [.. Enumerable.Range(0, format.Leads.Count).Select(i => Swing(TraceCurve.Rows(ink.Tops[i], ink.Bottoms[i]), (int)(WindowMm * scale.X)) / scale.Y).Where(mm => mm > 0).Order()];
        var without = (int)(LeftOut * swings.Length);
        return swings.Length == 0 ? null : new BeatHeight(Math.Exp(swings[without..^without].Average(Math.Log)));
    }

    private double LogDensity((double MmPerMv, double Share) amplitude) => Math.Log(amplitude.Share) + BeatPace.LogDensity(Mm, amplitude.MmPerMv * UsualMv, Spread);

    private static double Swing(double[] rows, int window)
    {
        double[] swings = [.. rows.Where(row => !double.IsNaN(row)).Chunk(Math.Max(1, window)).Where((chunk, i) => i == 0 || chunk.Length == window).Select(chunk => chunk.Max() - chunk.Min()).Order()];
        return swings.Length == 0 ? 0 : swings[swings.Length / 2];
    }
}

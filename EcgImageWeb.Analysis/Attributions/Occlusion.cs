using EcgImageWeb.Signal;

namespace EcgImageWeb.Analysis.Attributions;

/// <summary>
/// Attribution by occlusion: a stretch of the trace is replaced by the straight line between its ends, and the model is asked again. Works with whatever
/// answers a lead with a number; needs no gradients, and shows what the model sees rather than what it could see.
/// </summary>
public static class Occlusion
{
    /// <summary>Length of the line, seconds: a QRS complex or a P wave with its edges.</summary>
    public const double WidthS = 0.16;

    /// <summary>Time from one line's middle to the next, seconds.</summary>
    public const double StepS = 0.04;

    // Variants asked about together: a batch of a network, and how often progress is told.
    private const int Together = 32;

    /// <summary>How far the answer falls for each stretch of a lead.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="fromS">Where to begin, seconds on the lead's time axis.</param>
    /// <param name="toS">Where to end.</param>
    /// <param name="answer">The model: one number for each of some variants of the lead.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>One value for each <see cref="StepS"/> from <paramref name="fromS"/> on: the answer for the whole lead less that without the trace around this moment.</returns>
    public static double[] Of(
        LeadSignal lead, double fromS, double toS, Func<IReadOnlyList<LeadSignal>, IReadOnlyList<double>> answer, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lead);
        ArgumentNullException.ThrowIfNull(answer);
        var values = new double[Math.Max(0, (int)Math.Round((toS - fromS) / StepS))];
        var whole = answer([lead])[0];
        var done = 0;
        foreach (var steps in Enumerable.Range(0, values.Length).Chunk(Together))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answers = answer([.. steps.Select(step => Without(lead, fromS + ((step + 0.5) * StepS)))]);
            for (var i = 0; i < steps.Length; i++)
                values[steps[i]] = Math.Round(whole - answers[i], 4);
            progress?.Report((double)(done += steps.Length) / values.Length);
        }
        return values;
    }

    /// <summary>The lead with a straight line around a moment; gaps stay gaps.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="atS">The middle of the line, seconds on the lead's time axis.</param>
    public static LeadSignal Without(LeadSignal lead, double atS)
    {
        ArgumentNullException.ThrowIfNull(lead);
        var mv = (float[])lead.Mv.Clone();
        var from = Math.Max(0, (int)Math.Floor((atS - (WidthS / 2) - lead.StartS) * lead.SampleRateHz));
        var to = Math.Min(mv.Length - 1, (int)Math.Ceiling((atS + (WidthS / 2) - lead.StartS) * lead.SampleRateHz));
        while (from < to && float.IsNaN(mv[from]))
            from++;
        while (to > from && float.IsNaN(mv[to]))
            to--;
        for (var i = from + 1; i < to; i++)
        {
            if (!float.IsNaN(mv[i]))
                mv[i] = mv[from] + ((mv[to] - mv[from]) * (i - from) / (to - from));
        }
        return lead with { Mv = mv };
    }
}

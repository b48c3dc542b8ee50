using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Delineation;
using EcgImageWeb.Signal.Measurements;

namespace EcgImageWeb.Analysis.Signals;

/// <summary>Rate and intervals of leads: of all together where enough of them show the same time, otherwise of the longest.</summary>
public static class IntervalMeasurement
{
    // With fewer leads there is nothing to take a quantile of.
    private const int LeastLeads = 3;

    private const double LeastCoverage = 0.9;

    // Longer recordings are delineated in blocks, one lead: a day needs no more memory than ten minutes.
    private const double BlockS = 600;

    /// <summary>Measures.</summary>
    /// <param name="leads">The leads.</param>
    /// <param name="strip">The longest, at 50 Hz or more.</param>
    /// <param name="rPeaks">Its R peaks.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <returns>Null where there are not two beats.</returns>
    public static Measurements? Of(IReadOnlyList<LeadSignal> leads, LeadSignal strip, IReadOnlyList<int> rPeaks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leads);
        ArgumentNullException.ThrowIfNull(strip);
        ArgumentNullException.ThrowIfNull(rPeaks);
        var together = strip.DurationS > BlockS ? [] : leads
            .Where(lead => lead.SampleRateHz == strip.SampleRateHz && lead.StartS == strip.StartS && lead.Mv.Length == strip.Mv.Length && lead.Coverage >= LeastCoverage)
            .ToArray();
        var (beats, names) = together.Length >= LeastLeads
            ? (MultiLeadDelineator.Delineate(together), together.Select(lead => lead.Name).ToArray())
            : (InBlocks(strip, rPeaks, cancellationToken), [strip.Name]);
        var intervals = EcgIntervals.Of(beats, strip.SampleRateHz);
        return intervals.RrMs is null ? null : new Measurements(
            Rounded(intervals.HeartRateBpm, 1), Rounded(intervals.PrMs), Rounded(intervals.QrsMs), Rounded(intervals.QtMs),
            Rounded(intervals.QtcBazettMs), Rounded(intervals.QtcFridericiaMs), names);
    }

    private static List<BeatWaves> InBlocks(LeadSignal strip, IReadOnlyList<int> rPeaks, CancellationToken cancellationToken)
    {
        var block = (int)(BlockS * strip.SampleRateHz);
        var beats = new List<BeatWaves>(rPeaks.Count);
        for (int start = 0, first = 0; first < rPeaks.Count; start += block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = first;
            while (end < rPeaks.Count && rPeaks[end] < start + block)
                end++;
            if (end == first)
                continue;
            var part = strip with { Mv = strip.Mv[start..Math.Min(strip.Mv.Length, start + block)] };
            beats.AddRange(WaveDelineator.Delineate(part, [.. rPeaks.Skip(first).Take(end - first).Select(peak => peak - start)])
                .Select(beat => new BeatWaves(Moved(beat.P, start), Moved(beat.Qrs, start)!, Moved(beat.T, start))));
            first = end;
        }
        return beats;
    }

    private static WaveBounds? Moved(WaveBounds? wave, int by) => wave is null ? null : new WaveBounds(wave.Onset + by, wave.Peak + by, wave.Offset + by);

    private static double? Rounded(double? value, int digits = 0) => value is { } known ? Math.Round(known, digits) : null;
}

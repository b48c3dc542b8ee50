using EcgImageWeb.Signal.Detection;

namespace EcgImageWeb.Signal.Delineation;

/// <summary>The waves of beats that several leads recorded at the same time: what the leads agree on.</summary>
public static class MultiLeadDelineator
{
    // Detections of one beat in different leads lie closer than this, those of two beats further.
    private const double SameBeatMs = 150;

    // The QRS begins before and ends after what most single leads show of it (chosen on LUDB records 1 to 100).
    private const double QrsOnsetQuantile = 0.35;
    private const double QrsOffsetQuantile = 0.6;
    private const double TOffsetQuantile = 0.4;
    private const double Median = 0.5;

    /// <summary>The beats that at least half of the leads show, with the quantiles of their boundaries over the leads.</summary>
    /// <param name="leads">Leads of one rate, length and start.</param>
    /// <exception cref="ArgumentException">Leads that do not cover the same time.</exception>
    public static IReadOnlyList<BeatWaves> Delineate(IReadOnlyList<LeadSignal> leads)
    {
        if (leads.Any(lead => lead.SampleRateHz != leads[0].SampleRateHz || lead.StartS != leads[0].StartS || lead.Mv.Length != leads[0].Mv.Length))
            throw new ArgumentException("Leads of one rate, length and start are needed.", nameof(leads));
        var beats = new List<List<BeatWaves>>();
        var all = leads.SelectMany(lead => WaveDelineator.Delineate(lead, RPeakDetector.Detect(lead)));
        foreach (var beat in all.OrderBy(beat => beat.Qrs.Peak))
        {
            if (beats.Count > 0 && beat.Qrs.Peak - beats[^1][0].Qrs.Peak < SameBeatMs / 1000 * leads[0].SampleRateHz)
                beats[^1].Add(beat);
            else
                beats.Add([beat]);
        }
        var half = (leads.Count + 1) / 2;
        return [.. beats.Where(beat => beat.Count >= half).Select(beat => new BeatWaves(
            Agree(beat.Select(waves => waves.P), half, Median, Median),
            Agree(beat.Select(waves => waves.Qrs), half, QrsOnsetQuantile, QrsOffsetQuantile)!,
            Agree(beat.Select(waves => waves.T), half, Median, TOffsetQuantile)))];
    }

    private static WaveBounds? Agree(IEnumerable<WaveBounds?> leads, int least, double onset, double offset)
    {
        var waves = leads.OfType<WaveBounds>().ToArray();
        int Quantile(Func<WaveBounds, int> of, double share) => waves.Select(of).Order().ElementAt((int)Math.Round((waves.Length - 1) * share));
        return waves.Length < least ? null
            : new WaveBounds(Quantile(wave => wave.Onset, onset), Quantile(wave => wave.Peak, Median), Quantile(wave => wave.Offset, offset));
    }
}

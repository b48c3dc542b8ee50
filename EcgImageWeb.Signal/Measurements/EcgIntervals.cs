using EcgImageWeb.Signal.Delineation;

namespace EcgImageWeb.Signal.Measurements;

/// <summary>Rate and intervals of a strip. A value is null where the strip does not show enough for it.</summary>
/// <param name="HeartRateBpm">Beats per minute, from the mean RR interval.</param>
/// <param name="RrMs">Mean RR interval in ms.</param>
/// <param name="PrMs">Median time from P onset to QRS onset in ms.</param>
/// <param name="QrsMs">Median QRS duration in ms.</param>
/// <param name="QtMs">Median time from QRS onset to T offset in ms.</param>
/// <param name="QtcBazettMs">QT / √(RR / 1 s), in ms.</param>
/// <param name="QtcFridericiaMs">QT / ∛(RR / 1 s), in ms.</param>
public sealed record EcgIntervals(
    double? HeartRateBpm, double? RrMs, double? PrMs, double? QrsMs, double? QtMs, double? QtcBazettMs, double? QtcFridericiaMs)
{
    // An RR across a gap or of a missed beat is no interval: longer than 40 beats a minute's allow twice over.
    private const double LongestRrMs = 3000;

    // A P wave that only some beats show is no conducted rhythm: no PR is told then.
    private const double LeastShareOfBeats = 0.5;

    /// <summary>Measures the beats of one lead.</summary>
    /// <param name="beats">Delineated beats in order of time.</param>
    /// <param name="sampleRateHz">Samples per second of their indices.</param>
    public static EcgIntervals Of(IReadOnlyList<BeatWaves> beats, double sampleRateHz)
    {
        double Ms(int samples) => samples * 1000 / sampleRateHz;
        var rrs = beats.Zip(beats.Skip(1), (a, b) => Ms(b.Qrs.Peak - a.Qrs.Peak)).Where(rr => rr <= LongestRrMs).ToArray();
        double? rrMs = rrs.Length == 0 ? null : rrs.Average();
        double? MedianOf(IEnumerable<double> values)
        {
            var sorted = values.Order().ToArray();
            return sorted.Length == 0 || sorted.Length < LeastShareOfBeats * beats.Count ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
        var prMs = MedianOf(beats.Where(beat => beat.P is not null).Select(beat => Ms(beat.Qrs.Onset - beat.P!.Onset)));
        var qrsMs = MedianOf(beats.Select(beat => Ms(beat.Qrs.Offset - beat.Qrs.Onset)));
        var qtMs = MedianOf(beats.Where(beat => beat.T is not null).Select(beat => Ms(beat.T!.Offset - beat.Qrs.Onset)));
        return new EcgIntervals(60_000 / rrMs, rrMs, prMs, qrsMs, qtMs, Bazett(qtMs, rrMs), Fridericia(qtMs, rrMs));
    }

    /// <summary>Bazett's correction (Heart 1920): QT in ms over the square root of RR in seconds.</summary>
    public static double? Bazett(double? qtMs, double? rrMs) => qtMs is { } qt && rrMs is { } rr ? qt / Math.Sqrt(rr / 1000) : null;

    /// <summary>Fridericia's correction (Acta Medica Scandinavica 1920): QT in ms over the cube root of RR in seconds.</summary>
    public static double? Fridericia(double? qtMs, double? rrMs) => qtMs is { } qt && rrMs is { } rr ? qt / Math.Cbrt(rr / 1000) : null;
}

namespace EcgImageWeb.Signal.Filtering;

/// <summary>
/// The pulses of a pacemaker: up within a sample or two, back within some milliseconds, with a lead that rests before and after. They
/// belong to no wave; a low-pass filter would smear them into one of 30 ms.
/// </summary>
/// <remarks>Constants chosen on records 1 to 100 of LUDB, seven of which show paced hearts by their headers.</remarks>
public static class PacingSpikes
{
    private const double LeastRateHz = 400;
    private const double LeastMv = 0.1;
    private const double RestMs = 12;
    private const double RiseMs = 4;
    private const double FallMs = 16;

    // Before, the lead rests; after, it is back where it was, and not moving much. Shares of the spike's height.
    private const double RestBeforeShare = 0.1;
    private const double BackShare = 0.3;

    /// <summary>A copy of a lead in which spikes are bridged by straight lines.</summary>
    /// <param name="mv">Samples in mV without gaps (see <see cref="Gaps.Bridge"/>).</param>
    /// <param name="rateHz">Below 400 Hz a spike is not told from a narrow wave, and the copy is the lead.</param>
    public static float[] Bridge(float[] mv, double rateHz)
    {
        var bridged = (float[])mv.Clone();
        if (rateHz < LeastRateHz)
            return bridged;
        var (rest, rise, fall) = (Samples(RestMs, rateHz), Samples(RiseMs, rateHz), Samples(FallMs, rateHz));
        for (var i = rest + rise; i + fall + rest <= mv.Length; i++)
        {
            var before = mv.AsSpan(i - rise - rest, rest);
            var after = mv.AsSpan(i + fall, rest);
            var level = Mean(before);
            var height = Math.Abs(mv[i] - level);
            if (height < LeastMv || Range(before) > RestBeforeShare * height || Range(after) > BackShare * height || Math.Abs(Mean(after) - level) > BackShare * height)
                continue;
            var (from, to) = (i - rise, i + fall);
            for (var j = from; j <= to; j++)
                bridged[j] = mv[from] + (mv[to] - mv[from]) * (j - from) / (to - from);
            i = to;
        }
        return bridged;
    }

    private static double Mean(ReadOnlySpan<float> y)
    {
        var sum = 0.0;
        foreach (var value in y)
            sum += value;
        return sum / y.Length;
    }

    private static double Range(ReadOnlySpan<float> y)
    {
        var (min, max) = (float.MaxValue, float.MinValue);
        foreach (var value in y)
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
        return max - min;
    }

    private static int Samples(double ms, double rateHz) => (int)Math.Round(ms / 1000 * rateHz);
}

namespace EcgImageWeb.Signal.Filtering;

/// <summary>
/// Changes the sampling rate by a rational factor with a polyphase windowed-sinc filter (Crochiere and Rabiner,
/// Multirate Digital Signal Processing; window and length as scipy.signal.resample_poly).
/// </summary>
public static class Resampler
{
    // Kaiser 5.0: side lobes at -53 dB with a transition of about a tenth of the smaller rate.
    private const double KaiserBeta = 5.0;
    private const int ZeroCrossings = 10;

    // 360 to 257 Hz is 257/360; rates like 204.918 are met to better than a sample in an hour.
    private const int MaxFactor = 1000;

    /// <summary>Resamples a lead; time zero and gaps stay where they are.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="sampleRateHz">The new rate, above 0.</param>
    public static LeadSignal Resample(LeadSignal lead, double sampleRateHz) =>
        lead with { SampleRateHz = sampleRateHz, Mv = Resample(lead.Mv, lead.SampleRateHz, sampleRateHz) };

    /// <summary>Resamples; sample 0 stays at time 0, the result has ceil(length x to / from) samples.</summary>
    /// <param name="samples">Any unit. A NaN makes those new samples NaN whose neighbour it is; the filter sees a straight line there.</param>
    /// <param name="fromHz">Rate of <paramref name="samples"/>, above 0.</param>
    /// <param name="toHz">New rate, above 0.</param>
    public static float[] Resample(ReadOnlySpan<float> samples, double fromHz, double toHz)
    {
        if (!(fromHz > 0 && toHz > 0))
            throw new ArgumentOutOfRangeException(nameof(toHz), toHz, "Sampling rates are above zero.");
        var (up, down) = Ratio(toHz / fromHz);
        if (up == down || samples.Length == 0)
            return samples.ToArray();
        var filter = LowPass(up, down);
        var half = filter.Length / 2;
        var bridged = Gaps.Bridge(samples);
        var result = new float[((long)samples.Length * up + down - 1) / down];
        for (var n = 0; n < result.Length; n++)
        {
            // Position n*down on the grid of rate from*up, on which old samples stand at multiples of up.
            var position = (long)n * down;
            var left = (int)(position / up);
            var right = position % up == 0 ? left : left + 1;
            if (float.IsNaN(samples[left]) || (right < samples.Length && float.IsNaN(samples[right])))
            {
                result[n] = float.NaN;
                continue;
            }
            var (sum, weight) = (0.0, 0.0);
            var first = (position - half + up - 1) / up;
            for (var k = position >= half ? first : -((half - position) / up); k * up <= position + half; k++)
            {
                var tap = filter[position - k * up + half];
                sum += tap * bridged[Math.Clamp(k, 0, samples.Length - 1)];
                weight += tap;
            }
            result[n] = (float)(sum / weight);
        }
        return result;
    }

    // Continued fraction: the best up/down with both at most MaxFactor.
    private static (int Up, int Down) Ratio(double value)
    {
        var (p0, q0, p1, q1) = (0L, 1L, 1L, 0L);
        for (var rest = value; ;)
        {
            var whole = (long)Math.Floor(rest);
            var (p2, q2) = (whole * p1 + p0, whole * q1 + q0);
            if (q1 > 0 && (p2 > MaxFactor || q2 > MaxFactor))
                break;
            (p0, q0, p1, q1) = (p1, q1, p2, q2);
            if (Math.Abs((double)p1 / q1 - value) < 1e-9 * value)
                break;
            rest = 1 / (rest - whole);
        }
        return p1 == 0 ? throw new ArgumentOutOfRangeException(nameof(value), value, "Too large a change of rate.") : ((int)p1, (int)q1);
    }

    private static double[] LowPass(int up, int down)
    {
        var widest = Math.Max(up, down);
        var half = ZeroCrossings * widest;
        var taps = new double[2 * half + 1];
        for (var i = 0; i < taps.Length; i++)
        {
            var x = (double)(i - half) / widest;
            var sinc = x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
            var edge = (double)(i - half) / half;
            taps[i] = sinc * BesselI0(KaiserBeta * Math.Sqrt(1 - edge * edge)) / BesselI0(KaiserBeta);
        }
        return taps;
    }

    private static double BesselI0(double x) => MathNet.Numerics.SpecialFunctions.BesselI0(x);
}

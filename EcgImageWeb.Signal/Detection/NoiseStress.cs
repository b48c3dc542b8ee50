namespace EcgImageWeb.Signal.Detection;

/// <summary>
/// Adds recorded noise at a stated signal-to-noise ratio, by the definitions of PhysioNet's <c>nst</c>: signal power is the squared mean
/// peak-to-peak amplitude of the QRS complexes over 8, noise power the squared mean RMS of one-second windows, both trimmed by 5 % at either end.
/// </summary>
public static class NoiseStress
{
    private const double FirstNoiseS = 300;
    private const double StretchS = 120;
    private const double QrsReachS = 0.05;
    private const double Trim = 0.05;
    private const int Measured = 300;

    /// <summary>True in the two-minute stretches that get noise: from minute 5, every second one.</summary>
    public static bool IsNoisy(double timeS) => timeS >= FirstNoiseS && (int)((timeS - FirstNoiseS) / StretchS) % 2 == 0;

    /// <summary>The lead with noise in its noisy stretches.</summary>
    /// <param name="lead">A lead of more than five minutes without gaps at the beats.</param>
    /// <param name="beats">Its beats in samples.</param>
    /// <param name="noiseMv">Noise at the lead's rate, of any scale; repeated where it is too short.</param>
    /// <param name="snrDb">Signal-to-noise ratio in dB.</param>
    public static LeadSignal Add(LeadSignal lead, IReadOnlyList<long> beats, IReadOnlyList<float> noiseMv, double snrDb)
    {
        var reach = (int)(QrsReachS * lead.SampleRateHz);
        var amplitude = TrimmedMean(beats.Where(at => at >= reach && at + reach < lead.Mv.Length).Take(Measured).Select(at =>
        {
            var qrs = lead.Mv.AsSpan((int)at - reach, 2 * reach + 1).ToArray();
            return (double)(qrs.Max() - qrs.Min());
        }));
        var second = (int)lead.SampleRateHz;
        var rms = TrimmedMean(noiseMv.Chunk(second).Where(window => window.Length == second).Take(Measured).Select(window =>
        {
            var mean = window.Average();
            return Math.Sqrt(window.Average(value => (value - mean) * (double)(value - mean)));
        }));
        var gain = Math.Sqrt(amplitude * amplitude / 8 / Math.Pow(10, snrDb / 10)) / rms;
        return lead with { Mv = [.. lead.Mv.Select((mv, i) => IsNoisy(i / lead.SampleRateHz) ? (float)(mv + gain * noiseMv[i % noiseMv.Count]) : mv)] };
    }

    private static double TrimmedMean(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var cut = (int)(Trim * sorted.Length);
        return sorted[cut..(sorted.Length - cut)].Average();
    }
}

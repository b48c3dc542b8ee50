namespace EcgImageWeb.Signal.Filtering;

/// <summary>
/// Wavelet denoising: Daubechies 4 (eight taps), soft threshold σ·√(2 ln n) on the detail levels, with σ = median|d1| / 0.6745
/// (Donoho and Johnstone, "Ideal spatial adaptation by wavelet shrinkage", Biometrika 1994). The level is stated per call.
/// </summary>
public static class WaveletDenoiser
{
    /// <summary>Detail levels that are shrunk: at 360 Hz the three levels above 22.5 Hz, where muscle noise lies and QRS begins to end.</summary>
    public const int DefaultLevel = 3;

    // Scaling filter of Daubechies 4 (Daubechies, Ten Lectures on Wavelets, table 6.1).
    private static readonly double[] Scaling =
    [
        0.23037781330885523, 0.7148465705525415, 0.6308807679295904, -0.02798376941698385,
        -0.18703481171888114, 0.030841381835986965, 0.032883011666982945, -0.010597401784997278,
    ];

    private const double MadToSigma = 0.6745;

    /// <summary>Removes noise from a signal; gaps stay gaps.</summary>
    /// <param name="samples">Any unit; NaN marks gaps.</param>
    /// <param name="level">Detail levels to shrink, 1 to 10; level k holds rate/2^(k+1) to rate/2^k.</param>
    /// <param name="thresholdFactor">Multiplies the universal threshold; 0 gives the signal back.</param>
    public static float[] Denoise(ReadOnlySpan<float> samples, int level = DefaultLevel, double thresholdFactor = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 10);
        if (samples.Length == 0)
            return [];
        // The transform is periodic: reflecting the ends into whole blocks keeps the seam away from the signal.
        var block = 1 << level;
        var margin = Scaling.Length * block;
        var padded = new double[(samples.Length + 2 * margin + block - 1) / block * block];
        var bridged = Gaps.Bridge(samples);
        for (var i = 0; i < padded.Length; i++)
            padded[i] = bridged[Reflect(i - margin, bridged.Length)];

        var details = new double[level][];
        var approximation = padded;
        for (var k = 0; k < level; k++)
            (approximation, details[k]) = Analyze(approximation);
        var threshold = thresholdFactor * MedianMagnitude(details[0]) / MadToSigma * Math.Sqrt(2 * Math.Log(padded.Length));
        for (var k = level - 1; k >= 0; k--)
            approximation = Synthesize(approximation, Array.ConvertAll(details[k], d => Math.Sign(d) * Math.Max(0, Math.Abs(d) - threshold)));

        var result = new float[samples.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = float.IsNaN(samples[i]) ? float.NaN : (float)approximation[i + margin];
        return result;
    }

    private static (double[] Approximation, double[] Detail) Analyze(double[] signal)
    {
        var half = signal.Length / 2;
        var (low, high) = (new double[half], new double[half]);
        for (var i = 0; i < half; i++)
        {
            for (var k = 0; k < Scaling.Length; k++)
            {
                var value = signal[(2 * i + k) % signal.Length];
                low[i] += Scaling[k] * value;
                high[i] += Wavelet(k) * value;
            }
        }
        return (low, high);
    }

    private static double[] Synthesize(double[] low, double[] high)
    {
        var signal = new double[2 * low.Length];
        for (var i = 0; i < low.Length; i++)
        {
            for (var k = 0; k < Scaling.Length; k++)
                signal[(2 * i + k) % signal.Length] += Scaling[k] * low[i] + Wavelet(k) * high[i];
        }
        return signal;
    }

    private static double Wavelet(int k) => (k % 2 == 0 ? 1 : -1) * Scaling[Scaling.Length - 1 - k];

    private static int Reflect(int index, int length)
    {
        var period = 2 * length;
        index = (index % period + period) % period;
        return index < length ? index : period - 1 - index;
    }

    private static double MedianMagnitude(double[] values)
    {
        var magnitudes = Array.ConvertAll(values, Math.Abs);
        Array.Sort(magnitudes);
        return magnitudes[magnitudes.Length / 2];
    }
}

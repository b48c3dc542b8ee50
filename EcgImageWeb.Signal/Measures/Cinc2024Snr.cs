using EcgImageWeb.Signal.Filtering;

namespace EcgImageWeb.Signal.Measures;

/// <summary>
/// The SNR of the George B. Moody PhysioNet Challenge 2024: both leads are drawn as images of 256 levels, blurred with a Gaussian of
/// 0.5, and moved to where the images' cross-correlation is largest; a movement of more than 0.5 s or 1.0 mV is not accepted.
/// The SNR of the covered samples is multiplied by the share that they are.
/// </summary>
public static class Cinc2024Snr
{
    private const int Levels = 256;
    private const double SigmaCells = 0.5;
    private const double MaxShiftS = 0.5;
    private const double MaxShiftMv = 1.0;

    /// <summary>The challenge's SNR of one lead in dB; 0 where nothing is covered.</summary>
    /// <param name="truth">The true lead; NaN does not count.</param>
    /// <param name="digitized">The digitized lead, which begins with the true one; any rate, NaN is missing.</param>
    public static double Of(LeadSignal truth, LeadSignal digitized)
    {
        var label = truth.Mv;
        var other = Resampler.Resample(digitized.Mv, digitized.SampleRateHz, truth.SampleRateHz);
        var (shift, offsetMv) = Align(label, other);
        if (Math.Abs(shift) > MaxShiftS * truth.SampleRateHz || Math.Abs(offsetMv) > MaxShiftMv)
            (shift, offsetMv) = (0, 0);
        var (known, covered, signal, noise) = (0, 0, 0.0, 0.0);
        for (var i = 0; i < label.Length; i++)
        {
            if (float.IsNaN(label[i]))
                continue;
            known++;
            var at = i - shift;
            if (at < 0 || at >= other.Length || float.IsNaN(other[at]))
                continue;
            covered++;
            signal += label[i] * (double)label[i];
            noise += Math.Pow(label[i] - other[at] - offsetMv, 2);
        }
        return covered == 0 ? 0 : Decibel.Of(signal, noise) * covered / known;
    }

    /// <summary>
    /// Samples and mV to add to the digitized lead. Two drawn curves correlate at a shift as often as their points differ by just it:
    /// the correlation of the images is the histogram of differences, that of the blurred images the histogram blurred twice.
    /// </summary>
    private static (int Shift, double OffsetMv) Align(float[] label, float[] other)
    {
        var known = label.Concat(other).Where(value => !float.IsNaN(value)).ToArray();
        var (min, max) = known.Length == 0 ? (0, 0) : (known.Min(), known.Max());
        if (!(max > min))
            return (0, 0);
        var quantum = (max - min) / (double)(Levels - 1);
        int[] Quantize(float[] samples) => Array.ConvertAll(samples, value => float.IsNaN(value) ? -1 : (int)Math.Round((value - min) / quantum));
        var (a, b) = (Quantize(label), Quantize(other));

        var kernel = Enumerable.Range(-3, 7).Select(d => Math.Exp(-d * d / (4 * SigmaCells * SigmaCells))).ToArray();
        const int Width = 2 * Levels - 1;
        var recent = new Queue<double[]>();
        var (best, bestShift, bestStep) = (double.NegativeInfinity, 0, 0);
        // Three empty rows before and after let the blur run out.
        for (var shift = 1 - other.Length - 3; shift < label.Length + 6; shift++)
        {
            var row = new double[Width];
            for (var i = Math.Max(0, shift); i < Math.Min(label.Length, other.Length + shift); i++)
            {
                if (a[i] >= 0 && b[i - shift] >= 0)
                    row[a[i] - b[i - shift] + Levels - 1]++;
            }
            recent.Enqueue(Blur(row, kernel));
            if (recent.Count < kernel.Length)
                continue;
            var rows = recent.ToArray();
            for (var step = 0; step < Width; step++)
            {
                var sum = 0.0;
                for (var k = 0; k < kernel.Length; k++)
                    sum += kernel[k] * rows[k][step];
                if (sum > best)
                    (best, bestShift, bestStep) = (sum, shift - 3, step - (Levels - 1));
            }
            recent.Dequeue();
        }
        return (bestShift, bestStep * quantum);
    }

    private static double[] Blur(double[] row, double[] kernel)
    {
        var blurred = new double[row.Length];
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == 0)
                continue;
            for (var k = 0; k < kernel.Length; k++)
            {
                var at = i + k - 3;
                if (at >= 0 && at < row.Length)
                    blurred[at] += kernel[k] * row[i];
            }
        }
        return blurred;
    }
}

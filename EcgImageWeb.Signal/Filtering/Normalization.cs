namespace EcgImageWeb.Signal.Filtering;

/// <summary>Amplitude scaling before a network. Gaps (NaN) do not count and stay.</summary>
public static class Normalization
{
    /// <summary>
    /// (x - mean) / standard deviation, Eq. 1 of He et al., SEVGGNet-LSTM; population standard deviation. A signal without
    /// variation becomes 0.
    /// </summary>
    public static float[] ZScore(ReadOnlySpan<float> samples)
    {
        var (mean, deviation) = Moments(samples);
        return ZScore(samples, mean, deviation);
    }

    /// <summary>Eq. 1 with the mean and standard deviation of a whole data set.</summary>
    public static float[] ZScore(ReadOnlySpan<float> samples, double mean, double standardDeviation) =>
        Map(samples, value => standardDeviation > 0 ? (value - mean) / standardDeviation : 0);

    /// <summary>(x - min) / (max - min), 0 to 1, as the SE-ResNet paper's "min-max normalization". A signal without variation becomes 0.</summary>
    public static float[] MinMax(ReadOnlySpan<float> samples)
    {
        var (min, max) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in samples)
        {
            // Comparisons with NaN are false.
            if (value < min)
                min = value;
            if (value > max)
                max = value;
        }
        return Map(samples, value => max > min ? (value - min) / (max - min) : 0);
    }

    /// <summary>Mean and population standard deviation of the known samples; NaN when there are none.</summary>
    public static (double Mean, double StandardDeviation) Moments(ReadOnlySpan<float> samples)
    {
        var (count, sum) = (0, 0.0);
        foreach (var value in samples)
        {
            if (float.IsNaN(value))
                continue;
            count++;
            sum += value;
        }
        var mean = sum / count;
        var squares = 0.0;
        foreach (var value in samples)
        {
            if (!float.IsNaN(value))
                squares += (value - mean) * (value - mean);
        }
        return (mean, Math.Sqrt(squares / count));
    }

    private static float[] Map(ReadOnlySpan<float> samples, Func<double, double> scale)
    {
        var result = new float[samples.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = float.IsNaN(samples[i]) ? float.NaN : (float)scale(samples[i]);
        return result;
    }
}

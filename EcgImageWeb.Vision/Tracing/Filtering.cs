namespace EcgImageWeb.Vision.Tracing;

/// <summary>Small numerics on evenly sampled values.</summary>
internal static class Filtering
{
    /// <summary>Convolution with a Gaussian, cut off at four standard deviations; the ends are mirrored.</summary>
    /// <param name="values">The samples.</param>
    /// <param name="sigma">Standard deviation, samples.</param>
    public static double[] Gaussian(double[] values, double sigma)
    {
        var radius = (int)(4 * sigma + 0.5);
        var kernel = Enumerable.Range(-radius, 2 * radius + 1).Select(offset => Math.Exp(-0.5 * offset * offset / (sigma * sigma))).ToArray();
        var total = kernel.Sum();
        var smooth = new double[values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            var sum = 0.0;
            for (var offset = -radius; offset <= radius; offset++) sum += kernel[offset + radius] * values[Mirrored(index + offset, values.Length)];
            smooth[index] = sum / total;
        }

        return smooth;
    }

    /// <summary>Central differences a sample; one-sided at the ends.</summary>
    /// <param name="values">At least two samples.</param>
    public static double[] Gradient(double[] values)
    {
        var gradient = new double[values.Length];
        gradient[0] = values[1] - values[0];
        gradient[^1] = values[^1] - values[^2];
        for (var index = 1; index < values.Length - 1; index++) gradient[index] = (values[index + 1] - values[index - 1]) / 2;
        return gradient;
    }

    /// <summary>A percentile, interpolated linearly between the sorted values.</summary>
    /// <param name="values">At least one value.</param>
    /// <param name="percent">0 to 100.</param>
    public static double Percentile(double[] values, double percent)
    {
        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        var position = percent / 100 * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    private static int Mirrored(int index, int length)
    {
        while (index < 0 || index >= length) index = index < 0 ? -index - 1 : 2 * length - index - 1;
        return index;
    }
}

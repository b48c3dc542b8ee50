namespace EcgImageWeb.Signal.Measures;

/// <summary>Values between samples.</summary>
internal static class Interpolation
{
    // Nearer than this to a sample, that sample is meant: positions are sums of tenths.
    private const double Exact = 1e-6;

    /// <summary>Catmull-Rom through the four nearest samples; NaN outside, and where a neighbour is missing.</summary>
    public static double At(float[] samples, double position)
    {
        var left = (int)Math.Floor(position + Exact);
        var x = position - left;
        if (left < 0 || left >= samples.Length)
            return double.NaN;
        if (Math.Abs(x) <= Exact)
            return samples[left];
        if (left + 1 >= samples.Length)
            return double.NaN;
        double b = samples[left], c = samples[left + 1];
        double a = left > 0 && !float.IsNaN(samples[left - 1]) ? samples[left - 1] : 2 * b - c;
        double d = left + 2 < samples.Length && !float.IsNaN(samples[left + 2]) ? samples[left + 2] : 2 * c - b;
        return b + x / 2 * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)));
    }
}

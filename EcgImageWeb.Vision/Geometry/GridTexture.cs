using System.Runtime.InteropServices;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Geometry;

/// <summary>
/// Whether a picture shows ruled paper at all, also turned, curled or in perspective, where <see cref="GridScale"/> sees
/// nothing: in a patch of it, the spectrum of a grid has two sharp peaks at right angles.
/// </summary>
internal static class GridTexture
{
    /// <summary>
    /// Share of patches with a grid from which a picture counts as ruled paper. Measured: 38 pages of other looks, 16
    /// synthetic photographs and 5 report pages turned by half a degree 0.20 and more (but for a green monitor, 0, and two
    /// pages with heavy moire, 0.08 and 0.14); 365 photographs, plots and texts 0.17 and less, but for one picture of grids.
    /// </summary>
    public const double Paper = 0.19;

    /// <summary>Side of a patch, pixels; the picture is shrunk to <see cref="LongestSide"/> before.</summary>
    private const int Patch = 128;

    private const int LongestSide = 1600, MostPatchesASide = 8, LeastPatches = 6;

    /// <summary>Periods in a patch that a grid may have: lines 2.3 to 18 pixels apart.</summary>
    private const double LeastPeriods = 7, MostPeriods = 56;

    /// <summary>Heights of the two peaks over the median of their ring.</summary>
    private const double FirstPeak = 10, SecondPeak = 8;

    /// <summary>Height of the peak over its surroundings in its own direction: a single edge is a ray in the spectrum, not a peak.</summary>
    private const double OverRay = 4;

    /// <summary>Share of the patches that show a grid, 0 to 1.</summary>
    public static double Share(Raster gray, CancellationToken cancellationToken)
    {
        using var page = gray.ToMat();
        using var small = new Mat();
        var factor = Math.Min(1, LongestSide / (double)Math.Max(page.Cols, page.Rows));
        Cv2.Resize(page, small, new Size(Math.Max(1, (int)(page.Cols * factor)), Math.Max(1, (int)(page.Rows * factor))), 0, 0, InterpolationFlags.Area);
        int across = Math.Min(MostPatchesASide, small.Cols / Patch), down = Math.Min(MostPatchesASide, small.Rows / Patch);
        if (across * down < LeastPatches)
            return 0;
        var pixels = small.ToRaster();
        var found = 0;
        for (var row = 0; row < down; row++)
            for (var column = 0; column < across; column++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (IsGrid(pixels, Place(column, across, pixels.Width), Place(row, down, pixels.Height)))
                    found++;
            }

        return found / (double)(across * down);
    }

    private static int Place(int index, int count, int length) => count == 1 ? 0 : index * (length - Patch) / (count - 1);

    private static bool IsGrid(Raster pixels, int left, int top)
    {
        var amplitude = Spectrum(pixels, left, top);
        (double X, double Y, double Radius, double Amplitude) peak = default;
        foreach (var (x, y, radius, value) in Points(amplitude, LeastPeriods, MostPeriods))
            if (value > peak.Amplitude)
                peak = (x, y, radius, value);
        if (peak.Amplitude <= 0)
            return false;

        var ring = Points(amplitude, 0.75 * peak.Radius, 1.3 * peak.Radius).ToArray();
        var median = ring.Select(point => point.Amplitude).Order().ElementAt(ring.Length / 2);
        // At right angles, to 10 degrees: the cosine between the two directions is small.
        var second = ring
            .Where(point => Math.Abs((point.X * peak.X) + (point.Y * peak.Y)) < 0.174 * point.Radius * peak.Radius)
            .Select(point => point.Amplitude).DefaultIfEmpty(0).Max();
        // Cosine of 5 degrees.
        var ray = Points(amplitude, 0.65 * peak.Radius, 1.4 * peak.Radius)
            .Where(point => point.Radius < 0.88 * peak.Radius || point.Radius > 1.14 * peak.Radius)
            .Where(point => Math.Abs((point.X * peak.X) + (point.Y * peak.Y)) > 0.996 * point.Radius * peak.Radius)
            .Select(point => point.Amplitude).Order().ToArray();
        return peak.Amplitude > FirstPeak * median && second > SecondPeak * median && (ray.Length == 0 || peak.Amplitude > OverRay * ray[ray.Length / 2]);
    }

    /// <summary>Half of the spectrum (the other half mirrors it) within a ring of radii, in periods a patch.</summary>
    private static IEnumerable<(double X, double Y, double Radius, double Amplitude)> Points(float[] amplitude, double from, double to)
    {
        for (var y = 0; y <= Patch / 2; y++)
            for (var column = 0; column < Patch; column++)
            {
                var x = column < Patch / 2 ? column : column - Patch;
                var radius = Math.Sqrt((x * x) + (y * y));
                if (radius >= from && radius <= to)
                    yield return (x, y, radius, amplitude[(y * Patch) + column]);
            }
    }

    /// <summary>Amplitudes of a windowed patch, ink and light limited to 40 gray levels from the paper.</summary>
    private static float[] Spectrum(Raster pixels, int left, int top)
    {
        const double Most = 40;
        var levels = new byte[Patch * Patch];
        for (var y = 0; y < Patch; y++)
            pixels.Pixels.AsSpan(((top + y) * pixels.Width) + left, Patch).CopyTo(levels.AsSpan(y * Patch));
        double paper = levels.Order().ElementAt(levels.Length / 2), mean = levels.Average(level => Math.Clamp(level - paper, -Most, Most));

        var values = new float[Patch * Patch * 2];
        for (var i = 0; i < levels.Length; i++)
            values[2 * i] = (float)((Math.Clamp(levels[i] - paper, -Most, Most) - mean) * Hann(i % Patch) * Hann(i / Patch));
        using var patch = new Mat(Patch, Patch, MatType.CV_32FC2);
        Marshal.Copy(values, 0, patch.Data, values.Length);
        using var spectrum = new Mat();
        Cv2.Dft(patch, spectrum);
        Marshal.Copy(spectrum.Data, values, 0, values.Length);
        var amplitude = new float[Patch * Patch];
        for (var i = 0; i < amplitude.Length; i++)
            amplitude[i] = MathF.Sqrt((values[2 * i] * values[2 * i]) + (values[(2 * i) + 1] * values[(2 * i) + 1]));
        return amplitude;
    }

    private static double Hann(int i) => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / (Patch - 1)));
}

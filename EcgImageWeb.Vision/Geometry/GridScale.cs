using EcgImageWeb.Vision.Layout;

namespace EcgImageWeb.Vision.Geometry;

/// <summary>Pixels per millimetre from the period of the printed grid, on a page that is upright and flat.</summary>
/// <param name="PxPerMmX">Across.</param>
/// <param name="PxPerMmY">Down.</param>
/// <param name="Strength">How far the grid's line stands out of the spectrum, the weaker of both directions; at least <see cref="LeastStrength"/>.</param>
internal sealed record GridScale(double PxPerMmX, double PxPerMmY, double Strength)
{
    /// <summary>
    /// Spectral line over the median of its surroundings. Measured: report pages 60 and more, also at 0.4 of their size;
    /// photographs, text and plots below 8 in the weaker direction.
    /// </summary>
    private const double LeastStrength = 9;

    /// <summary>Periods looked at, pixels.</summary>
    private const double ShortestPeriod = 2.3, LongestPeriod = 100;

    /// <summary>A grid has at least as many lines as this in each direction: 10 cells of 5 mm.</summary>
    private const int LeastPeriods = 10;

    /// <summary>More periods than this on a page are millimetres, fewer are cells of 5 mm: no page shows 100 cells or only 100 mm.</summary>
    private const int MillimetrePeriods = 100;

    /// <summary>Steps of the spectrum in a period of the whole page.</summary>
    private const int Oversampling = 3;

    /// <summary>The scale, or null where no grid shows in both directions.</summary>
    public static GridScale? Measure(Raster gray, CancellationToken cancellationToken)
    {
        if (Math.Min(gray.Width, gray.Height) < 100)
            return null;
        var (across, down) = Profiles(gray);
        var x = Period(across, gray.Width);
        cancellationToken.ThrowIfCancellationRequested();
        var y = Period(down, gray.Height);
        if (x is not { } px || y is not { } py)
            return null;

        // Both directions must agree whether the line seen is the millimetre or the 5 mm cell; pixels are square to a fifth.
        var unit = Math.Max(gray.Width / px.Period, gray.Height / py.Period) > MillimetrePeriods ? 1 : 5;
        double mmX = px.Period / unit, mmY = py.Period / unit;
        foreach (var factor in (ReadOnlySpan<double>)[1, 5, 0.2])
            if (mmX / (mmY * factor) is > 0.8 and < 1.25)
                return new GridScale(factor == 5 ? mmX / 5 : mmX, factor == 0.2 ? mmY / 5 : mmY, Math.Min(px.Strength, py.Strength));
        return null;
    }

    /// <summary>Mean gray level of every column and row, ink counted as paper, slow changes taken out.</summary>
    private static (double[] Across, double[] Down) Profiles(Raster gray)
    {
        var paper = ReportFinder.PaperLevel(gray);
        var ink = paper * 0.55;
        double[] across = new double[gray.Width], down = new double[gray.Height];
        for (var y = 0; y < gray.Height; y++)
        {
            var row = gray.Pixels.AsSpan(y * gray.Width, gray.Width);
            double sum = 0;
            for (var x = 0; x < row.Length; x++)
            {
                var level = row[x] < ink ? 0 : Math.Max(0, paper - row[x]);
                across[x] += level;
                sum += level;
            }

            down[y] = sum / gray.Width;
        }

        for (var x = 0; x < across.Length; x++)
            across[x] /= gray.Height;
        return (HighPass(across), HighPass(down));
    }

    private static double[] HighPass(double[] values)
    {
        var reach = (int)LongestPeriod;
        var sums = new double[values.Length + 1];
        for (var i = 0; i < values.Length; i++)
            sums[i + 1] = sums[i] + values[i];
        var result = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            int first = Math.Max(0, i - reach), last = Math.Min(values.Length, i + reach + 1);
            result[i] = values[i] - ((sums[last] - sums[first]) / (last - first));
        }

        return result;
    }

    private static (double Period, double Strength)? Period(double[] profile, int length)
    {
        double first = Math.Max(1 / LongestPeriod, LeastPeriods / (double)length), step = 1.0 / (Oversampling * length);
        var count = (int)(((1 / ShortestPeriod) - first) / step);
        if (count < 20)
            return null;
        var spectrum = new double[count];
        for (var i = 0; i < count; i++)
            spectrum[i] = Amplitude(profile, first + (i * step));
        var median = spectrum.Order().ElementAt(count / 2);
        if (median <= 0)
            return null;

        var strongest = Array.IndexOf(spectrum, spectrum.Max());
        var strength = spectrum[strongest] / median;
        if (strength < LeastStrength)
            return null;
        var frequency = Refine(profile, first + (strongest * step), step);

        // The strongest line may be a harmonic: take the lowest frequency that it and most of its multiples are lines of.
        var least = Math.Max(LeastStrength / 2 * median, spectrum[strongest] / 12);
        for (var divisor = 12; divisor > 1; divisor--)
        {
            var fundamental = frequency / divisor;
            if (fundamental < first)
                continue;
            var multiples = (int)Math.Min(divisor + 2, 1 / ShortestPeriod / fundamental);
            var seen = Enumerable.Range(1, multiples).Count(m => Near(spectrum, ((m * fundamental) - first) / step) >= least);
            if (Near(spectrum, (fundamental - first) / step) >= least && seen >= 0.7 * multiples)
                return (divisor / frequency, strength);
        }

        return (1 / frequency, strength);
    }

    private static double Near(double[] spectrum, double index)
    {
        var best = 0.0;
        for (var i = (int)index - 1; i <= (int)index + 2; i++)
            if (i >= 0 && i < spectrum.Length)
                best = Math.Max(best, spectrum[i]);
        return best;
    }

    /// <summary>The frequency of the spectral maximum, by golden section within a step.</summary>
    private static double Refine(double[] profile, double frequency, double step)
    {
        double low = frequency - step, high = frequency + step;
        for (var i = 0; i < 25; i++)
        {
            double a = low + (0.382 * (high - low)), b = low + (0.618 * (high - low));
            if (Amplitude(profile, a) > Amplitude(profile, b))
                high = b;
            else
                low = a;
        }

        return (low + high) / 2;
    }

    private static double Amplitude(double[] profile, double frequency)
    {
        double stepRe = Math.Cos(2 * Math.PI * frequency), stepIm = Math.Sin(2 * Math.PI * frequency), re = 1, im = 0, sumRe = 0, sumIm = 0;
        foreach (var value in profile)
        {
            sumRe += value * re;
            sumIm += value * im;
            (re, im) = ((re * stepRe) - (im * stepIm), (re * stepIm) + (im * stepRe));
        }

        return Math.Sqrt((sumRe * sumRe) + (sumIm * sumIm));
    }
}

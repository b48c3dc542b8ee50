using EcgImageWeb.Vision.Layout;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Geometry;

/// <summary>Pixels per millimetre from the period of the printed grid, on a page that is upright and flat.</summary>
/// <param name="PxPerMmX">Across.</param>
/// <param name="PxPerMmY">Down.</param>
/// <param name="Strength">How far the grid's line stands out of the spectrum, the weaker of both directions.</param>
internal sealed record GridScale(double PxPerMmX, double PxPerMmY, double Strength)
{
    /// <summary>
    /// Least height of a spectral line over the median of its surroundings. Measured: grids of scans, renders and photographs
    /// taken straight 20 to 50, the report pages' dotted one 11 to 19; 365 photographs, plots, texts and textures below 6
    /// in the weaker direction.
    /// </summary>
    private const double LeastStrength = 9;

    /// <summary>
    /// The same where lines have been counted from tile to tile already, so that only their distance is asked for: hard photographs of
    /// drawn pages show 8 in the direction with fewer lines; at 5.6 it was a harmonic of faded dots.
    /// </summary>
    private const double LeastKnown = 7;

    /// <summary>A weaker line that a fundamental frequency may be.</summary>
    private const double LeastHarmonic = 5;

    /// <summary>So many of the multiples of a fundamental frequency are lines.</summary>
    private const double LeastSeen = 0.65;

    /// <summary>Surroundings of a line, steps of the spectrum to each side.</summary>
    private const int Surroundings = 90;

    /// <summary>Periods looked at, pixels.</summary>
    private const double ShortestPeriod = 2.3, LongestPeriod = 100;

    /// <summary>Fewer periods than this may be anything; ten centimetres of paper have 20 cells of 5 mm.</summary>
    private const int LeastPeriods = 20;

    /// <summary>More periods than this on a page are millimetres, fewer are cells of 5 mm: no page shows 100 cells or only 100 mm.</summary>
    private const int MillimetrePeriods = 100;

    /// <summary>A3, and what a scanner leaves around it.</summary>
    private const double LongestPageMm = 440;

    /// <summary>Larger pictures are measured at this size: a page of 400 mm still has 10 px/mm.</summary>
    private const int LongestSide = 4000;

    /// <summary>Height of the fifth harmonic over its neighbours from which there are millimetre lines in the cell.</summary>
    private const double FifthOverFourth = 1.6;

    /// <summary>
    /// One direction may show only a harmonic, up to this one; pixels are square to this share where it is known to be a grid, else a harmonic
    /// must be one to the other.
    /// </summary>
    private const double MostHarmonic = 4, SameAsHarmonic = 0.1, ExactHarmonic = 0.01;

    /// <summary>A multiple of a frequency is looked for this near to where the strongest line and the lower ones say, and believed this near to it; steps of the spectrum.</summary>
    private const double NearSteps = 2, SameSteps = 1.5;

    /// <summary>Steps of the spectrum in a period of the whole page.</summary>
    private const int Oversampling = 3;

    /// <summary>The scale, or null where no grid shows in both directions.</summary>
    public static GridScale? Measure(Raster gray, CancellationToken cancellationToken)
    {
        if (Math.Min(gray.Width, gray.Height) < 100)
            return null;
        if (Math.Max(gray.Width, gray.Height) > LongestSide)
            return Shrunk(gray) is var (small, factor) && Measure(small, cancellationToken) is { } measured
                ? measured with { PxPerMmX = measured.PxPerMmX / factor, PxPerMmY = measured.PxPerMmY / factor }
                : null;
        var (across, down) = Profiles(gray);
        return OfProfiles(HighPass(across), HighPass(down), LeastPeriods, cancellationToken);
    }

    /// <summary>The scale from mean darkness along both directions of a flat grid, in steps of the profiles.</summary>
    /// <param name="across">By column.</param>
    /// <param name="down">By row.</param>
    /// <param name="leastPeriods">Fewer periods than this are not taken for a grid.</param>
    /// <param name="cancellationToken">Observed between the directions.</param>
    /// <param name="isGrid">
    /// Whether it is known to be a grid, counted from line to line: then weaker lines tell its period, and one of about half or a third of the
    /// other direction's is a harmonic of it.
    /// </param>
    public static GridScale? OfProfiles(double[] across, double[] down, int leastPeriods, CancellationToken cancellationToken, bool isGrid = false)
    {
        var x = Period(across, leastPeriods, LeastStrength) ?? (isGrid ? Period(across, leastPeriods, LeastKnown) : null);
        cancellationToken.ThrowIfCancellationRequested();
        var y = Period(down, leastPeriods, LeastStrength) ?? (isGrid ? Period(down, leastPeriods, LeastKnown) : null);
        if (x is not { } px || y is not { } py)
            return null;

        var strength = Math.Min(px.Strength, py.Strength);
        var (longer, shorter) = px.Period > py.Period ? (px, py) : (py, px);
        var times = Math.Round(longer.Period / shorter.Period);
        var uneven = Math.Abs((longer.Period / shorter.Period / times) - 1);
        // Cells in one direction and their millimetres in the other.
        if (times == 5 && uneven < SameAsHarmonic && !shorter.Fifths)
            return new GridScale(px == longer ? px.Period / 5 : px.Period, py == longer ? py.Period / 5 : py.Period, strength);

        // Dashed lines of half a millimetre make half a cell look like a cell of fifths; on a page of that scale there would be no room for it.
        if (times == 2 && uneven < SameAsHarmonic && shorter.Fifths && !longer.Fifths && Math.Max(across.Length, down.Length) / (shorter.Period / 5) > LongestPageMm)
            return new GridScale(px.Period * (px == longer ? 1 : 2) / 5, py.Period * (py == longer ? 1 : 2) / 5, strength);

        // Both directions must agree whether the line seen is the millimetre or the 5 mm cell; pixels are square to a fifth.
        // Lines at every fifth of the period are the millimetres of a 5 mm cell; else the number of periods on the page tells.
        var unit = px.Fifths || py.Fifths ? 5 : Math.Max(across.Length / px.Period, down.Length / py.Period) > MillimetrePeriods ? 1 : 5;
        double mmX = px.Period / unit, mmY = py.Period / unit;
        if (px.Fifths != py.Fifths && mmX / mmY is <= 0.8 or >= 1.25)
            (mmX, mmY) = px.Fifths ? (px.Period / 5, Multiple(py.Period, px.Period / 5)) : (Multiple(px.Period, py.Period / 5), py.Period / 5);
        foreach (var factor in (ReadOnlySpan<double>)[1, 5, 0.2])
            if (mmX / (mmY * factor) is > 0.8 and < 1.25)
                return new GridScale(factor == 5 ? mmX / 5 : mmX, factor == 0.2 ? mmY / 5 : mmY, strength);
        if (uneven >= (isGrid ? SameAsHarmonic : ExactHarmonic) || times is < 2 or > MostHarmonic)
            return null;
        unit = longer.Fifths || Math.Max(across.Length, down.Length) / longer.Period <= MillimetrePeriods ? 5 : 1;
        return new GridScale(px.Period * (px == longer ? 1 : times) / unit, py.Period * (py == longer ? 1 : times) / unit, strength);
    }

    /// <summary>A period that may be a harmonic of the millimetre or of the cell, as the millimetre nearest to the one across.</summary>
    private static double Multiple(double period, double mm) =>
        new[] { 0.1, 0.2, 0.4, 0.5, 1, 2, 2.5, 5 }.Select(factor => period * factor).MinBy(candidate => Math.Abs(Math.Log(candidate / mm)));

    private static (Raster Small, double Factor) Shrunk(Raster gray)
    {
        var factor = LongestSide / (double)Math.Max(gray.Width, gray.Height);
        using var page = gray.ToMat();
        using var small = new Mat();
        Cv2.Resize(page, small, new Size(Math.Max(1, (int)Math.Round(gray.Width * factor)), Math.Max(1, (int)Math.Round(gray.Height * factor))), 0, 0, InterpolationFlags.Area);
        return (small.ToRaster(), factor);
    }

    /// <summary>Mean darkness of every column and row without slow changes; ink counts no more than a strong grid line.</summary>
    private static (double[] Across, double[] Down) Profiles(Raster gray)
    {
        var paper = ReportFinder.PaperLevel(gray);
        var most = paper * 0.3;
        double[] across = new double[gray.Width], down = new double[gray.Height];
        for (var y = 0; y < gray.Height; y++)
        {
            var row = gray.Pixels.AsSpan(y * gray.Width, gray.Width);
            double sum = 0;
            for (var x = 0; x < row.Length; x++)
            {
                var level = Math.Clamp(paper - row[x], 0, most);
                across[x] += level;
                sum += level;
            }

            down[y] = sum / gray.Width;
        }

        for (var x = 0; x < across.Length; x++)
            across[x] /= gray.Height;
        return (across, down);
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

    private static (double Period, double Strength, bool Fifths)? Period(double[] profile, int leastPeriods, double leastStrength)
    {
        double first = Math.Max(1 / LongestPeriod, leastPeriods / (double)profile.Length), step = 1.0 / (Oversampling * profile.Length);
        var count = (int)(((1 / ShortestPeriod) - first) / step);
        if (count < 20)
            return null;
        var spectrum = new double[count];
        for (var i = 0; i < count; i++)
            spectrum[i] = Amplitude(profile, first + (i * step));
        var strength = OverSurroundings(spectrum);
        var strongest = -1;
        for (var i = 0; i < count; i++)
            if (strength[i] >= leastStrength && (strongest < 0 || spectrum[i] > spectrum[strongest]))
                strongest = i;
        if (strongest < 0)
            return null;
        var faded = Faded(profile);
        var frequency = Refine(faded, first + (strongest * step), step);

        // The strongest line may be a harmonic: take the lowest frequency that it and most of its multiples are lines of.
        for (var divisor = 10; divisor > 1; divisor--)
        {
            var fundamental = frequency / divisor;
            if (fundamental < first)
                continue;
            var multiples = (int)Math.Min(divisor + 2, 1 / ShortestPeriod / fundamental);
            // Those of the strongest line itself are there whether or not it is one.
            int[] others = [.. Enumerable.Range(1, multiples).Where(m => m % divisor != 0)];
            var seen = others.Count(m => Near(strength, ((m * fundamental) - first) / step) >= LeastHarmonic);
            if (Near(strength, (fundamental - first) / step) >= LeastHarmonic && seen >= LeastSeen * others.Length)
                return (1 / Sharpened(divisor), strength[strongest], Fifths(fundamental));
        }

        return (1 / Sharpened(1), strength[strongest], Fifths(frequency));

        // Every multiple that is a line says where the first is, and the larger its number the closer: of a sine in noise the variance of the frequency
        // falls with the square of the amplitude (Rife and Boorstyn 1974).
        double Sharpened(int divisor)
        {
            double Weight(int multiple, double at) => Math.Pow(multiple * Amplitude(faded, at), 2);
            var weights = Weight(divisor, frequency);
            var sum = weights * frequency / divisor;
            for (var multiple = 1; multiple * sum / weights < 1 / ShortestPeriod; multiple++)
            {
                var expected = multiple * sum / weights;
                if (multiple == divisor || Near(strength, (expected - first) / step) < LeastHarmonic)
                    continue;
                var found = Refine(faded, expected, NearSteps * step);
                if (Math.Abs(found - expected) > SameSteps * step)
                    continue;
                var weight = Weight(multiple, found);
                (sum, weights) = (sum + (weight * found / multiple), weights + weight);
            }

            return sum / weights;
        }

        // The fifth harmonic of thin lines alone is no stronger than the fourth; more lines within the cell make it so.
        bool Fifths(double fundamental)
        {
            double At(int multiple) => Near(spectrum, ((multiple * fundamental) - first) / step);
            return 5 * fundamental < 1 / ShortestPeriod
                && Near(strength, ((5 * fundamental) - first) / step) >= LeastHarmonic
                && At(5) > FifthOverFourth * At(4) && At(5) > FifthOverFourth * At(6);
        }
    }

    /// <summary>Each value over the median of those around it, which follows the fall of natural spectra.</summary>
    private static double[] OverSurroundings(double[] spectrum)
    {
        // A median every few steps is as good as one at each.
        const int Every = 16;
        var strength = new double[spectrum.Length];
        var around = new double[(2 * Surroundings) + Every];
        for (var block = 0; block < spectrum.Length; block += Every)
        {
            int from = Math.Max(0, block - Surroundings), to = Math.Min(spectrum.Length, block + Every + Surroundings);
            var part = around.AsSpan(0, to - from);
            spectrum.AsSpan(from, to - from).CopyTo(part);
            part.Sort();
            var median = Math.Max(part[part.Length / 2], 1e-9);
            for (var i = block; i < Math.Min(block + Every, spectrum.Length); i++)
                strength[i] = spectrum[i] / median;
        }

        return strength;
    }

    private static double Near(double[] spectrum, double index)
    {
        var best = 0.0;
        for (var i = (int)index - 1; i <= (int)index + 2; i++)
            if (i >= 0 && i < spectrum.Length)
                best = Math.Max(best, spectrum[i]);
        return best;
    }

    /// <summary>The values by a Hann window: without it a frame at the page's edges moves a maximum by a part in ten thousand, which is a fifth of a pixel over a page.</summary>
    private static double[] Faded(double[] profile) =>
        [.. profile.Select((value, i) => value * (1 - Math.Cos(2 * Math.PI * (i + 0.5) / profile.Length)) / 2)];

    /// <summary>The frequency of the spectral maximum, by golden section within some reach.</summary>
    private static double Refine(double[] profile, double frequency, double reach)
    {
        double low = frequency - reach, high = frequency + reach;
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

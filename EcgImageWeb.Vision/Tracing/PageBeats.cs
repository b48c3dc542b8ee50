namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// The heart beats of a 3x4+1 page, from all its traces together: at every moment of the ten seconds three leads and the rhythm strip
/// are on the page. Times are samples at <see cref="PageInput.SampleRateHz"/>.
/// </summary>
internal static class PageBeats
{
    /// <summary>Samples of a mean beat before and behind the middle of its QRS complex: 0.3 s and 0.5 s.</summary>
    public const int Before = 30, After = 50;

    private const int Columns = 4, LeadsOfColumn = 3;

    /// <summary>Half of the piece of slope, 0.12 s to both sides, by which beats are aligned.</summary>
    private const int HalfSlope = 12;

    /// <summary>Middles of the QRS complexes, in order.</summary>
    /// <param name="samples">Twelve leads and the rhythm strip, as in <see cref="PageInput"/>.</param>
    public static int[] Find(ReadOnlySpan<float> samples)
    {
        var energy = Energy(samples);
        var high = Percentile(energy, 97);
        // No two beats within 0.22 s, none much lower than the others.
        var peaks = Peaks(energy, 0.45 * high, 22, 0.25 * high);
        if (peaks.Length == 0) return [];
        var usual = Median([.. peaks.Select(peak => energy[peak])]);
        var kept = new List<int>();
        foreach (var peak in peaks.Where(peak => energy[peak] > 0.5 * usual))
        {
            // A T wave: soon after a beat, and weaker.
            if (kept.Count > 0 && peak - kept[^1] < 45 && energy[peak] < 0.7 * energy[kept[^1]]) continue;
            kept.Add(peak);
        }

        return Aligned(samples, [.. kept]);
    }

    /// <summary>The median beat of each of the twelve leads, mV from the level in front of the QRS complex; 0 where no beat of a lead is whole.</summary>
    /// <param name="samples">As in <see cref="Find"/>.</param>
    /// <param name="beats">Middles of the QRS complexes.</param>
    /// <returns>Twelve rows of <see cref="Before"/> + <see cref="After"/> samples.</returns>
    public static double[][] MedianBeats(ReadOnlySpan<float> samples, int[] beats)
    {
        var result = new double[PageInput.Leads][];
        for (var lead = 0; lead < PageInput.Leads; lead++)
        {
            var trace = Lead(samples, lead);
            var first = lead / LeadsOfColumn * PageInput.LeadSamples;
            double At(int time) => time >= first && time < first + trace.Length ? trace[time - first] : double.NaN;
            var level = Median(trace);
            var pieces = new List<double[]>();
            foreach (var beat in beats)
            {
                var piece = Enumerable.Range(beat - Before, Before + After).Select(At).ToArray();
                // The PR segment, 0.09 to 0.04 s before the middle of the QRS complex.
                var before = piece[(Before - 9)..(Before - 4)].Where(double.IsFinite).ToArray();
                var zero = before.Length > 0 ? Median(before) : level;
                pieces.Add(Array.ConvertAll(piece, value => value - zero));
            }

            result[lead] = [.. Enumerable.Range(0, Before + After).Select(time =>
            {
                var values = pieces.Select(piece => piece[time]).Where(double.IsFinite).ToArray();
                return values.Length > 0 ? Median(values) : 0;
            })];
        }

        return result;
    }

    /// <summary>How much the traces move like a QRS complex, for every sample of the ten seconds.</summary>
    private static double[] Energy(ReadOnlySpan<float> samples)
    {
        var energy = new double[PageInput.RhythmSamples];
        for (var column = 0; column < Columns; column++)
        {
            var sum = new double[PageInput.LeadSamples];
            for (var row = 0; row < LeadsOfColumn; row++) Accumulate(sum, Steepness(Lead(samples, column * LeadsOfColumn + row)));
            var smooth = Filtering.Gaussian(sum, 3);
            var largest = smooth.Max() + 1e-6;
            for (var index = 0; index < smooth.Length; index++) energy[column * PageInput.LeadSamples + index] += 3 * smooth[index] / largest;
        }

        var strip = new double[PageInput.RhythmSamples];
        Accumulate(strip, Steepness(Rhythm(samples)));
        strip = Filtering.Gaussian(strip, 3);
        var high = Percentile(strip, 98) + 1e-6;
        for (var index = 0; index < strip.Length; index++) energy[index] = Math.Sqrt(energy[index] + 1.5 * strip[index] / high);
        return energy;

        static void Accumulate(double[] sum, double[] steepness)
        {
            for (var index = 0; index < sum.Length; index++) sum[index] += Math.Clamp(steepness[index], 0, 2);
        }
    }

    /// <summary>Squared slope of the band between Gaussians of 10 and 40 ms, in shares of its 98th percentile.</summary>
    private static double[] Steepness(double[] trace)
    {
        var (fine, coarse) = (Filtering.Gaussian(trace, 1), Filtering.Gaussian(trace, 4));
        var slope = Filtering.Gradient([.. fine.Zip(coarse, (left, right) => left - right)]);
        var squared = Array.ConvertAll(slope, value => value * value);
        var high = Percentile(squared, 98) + 1e-6;
        return Array.ConvertAll(squared, value => value / high);
    }

    /// <summary>Moves every beat to where its slopes fit the median beat's best, and all of them to the middle of these slopes.</summary>
    private static int[] Aligned(ReadOnlySpan<float> samples, int[] beats)
    {
        var slopes = Slopes(samples);
        double At(int time) => time >= 0 && time < slopes.Length ? slopes[time] : 0;
        double[] Piece(int beat) => [.. Enumerable.Range(beat - HalfSlope, 2 * HalfSlope).Select(At)];
        double[] MedianPiece() => [.. Enumerable.Range(-HalfSlope, 2 * HalfSlope).Select(offset => Median([.. beats.Select(beat => At(beat + offset))]))];

        for (var round = 0; round < 2; round++)
        {
            var median = MedianPiece();
            if (round == 0)
            {
                var weight = median.Sum(value => value * value);
                var middle = weight > 0 ? (int)Math.Round(median.Select((value, index) => index * value * value).Sum() / weight - HalfSlope) : 0;
                if (middle != 0)
                {
                    beats = [.. beats.Select(beat => beat + middle)];
                    median = MedianPiece();
                }
            }

            double Fit(int beat) => Piece(beat).Zip(median, (left, right) => left * right).Sum();
            beats = [.. beats.Select(beat => Math.Clamp(beat + Enumerable.Range(-5, 11).MaxBy(shift => Fit(beat + shift)), 0, PageInput.RhythmSamples - 1))];
        }

        return beats;
    }

    private static double[] Slopes(ReadOnlySpan<float> samples)
    {
        static double[] Of(double[] trace) => Array.ConvertAll(Filtering.Gradient(Filtering.Gaussian(trace, 0.7)), Math.Abs);
        var slopes = new double[PageInput.RhythmSamples];
        for (var column = 0; column < Columns; column++)
        {
            var sum = new double[PageInput.LeadSamples];
            for (var row = 0; row < LeadsOfColumn; row++)
            {
                var slope = Of(Lead(samples, column * LeadsOfColumn + row));
                for (var index = 0; index < sum.Length; index++) sum[index] += slope[index];
            }

            var high = Percentile(sum, 99) + 1e-6;
            for (var index = 0; index < sum.Length; index++) slopes[column * PageInput.LeadSamples + index] = sum[index] / high;
        }

        var strip = Of(Rhythm(samples));
        var highStrip = Percentile(strip, 99) + 1e-6;
        for (var index = 0; index < strip.Length; index++) slopes[index] += 2 * strip[index] / highStrip;
        return slopes;
    }

    /// <summary>Local maxima of at least a height, the higher ones first taking their surroundings, that stand out by a prominence.</summary>
    private static int[] Peaks(double[] values, double height, int distance, double prominence)
    {
        var candidates = Enumerable.Range(1, values.Length - 2).Where(index => values[index] >= height && values[index] > values[index - 1] && values[index] >= values[index + 1]).ToArray();
        var kept = new List<int>();
        foreach (var candidate in candidates.OrderByDescending(index => values[index]))
        {
            if (kept.All(other => Math.Abs(other - candidate) >= distance)) kept.Add(candidate);
        }

        return [.. kept.Where(peak => Prominence(values, peak) >= prominence).Order()];
    }

    /// <summary>Height of a peak above the higher of the two valleys that part it from higher ground or the end.</summary>
    private static double Prominence(double[] values, int peak)
    {
        double Valley(int step)
        {
            var lowest = values[peak];
            for (var index = peak; index >= 0 && index < values.Length && values[index] <= values[peak]; index += step) lowest = Math.Min(lowest, values[index]);
            return lowest;
        }

        return values[peak] - Math.Max(Valley(-1), Valley(1));
    }

    private static double[] Lead(ReadOnlySpan<float> samples, int lead)
        => Array.ConvertAll(samples.Slice(lead * PageInput.LeadSamples, PageInput.LeadSamples).ToArray(), value => (double)value);

    private static double[] Rhythm(ReadOnlySpan<float> samples)
        => Array.ConvertAll(samples.Slice(PageInput.Leads * PageInput.LeadSamples, PageInput.RhythmSamples).ToArray(), value => (double)value);

    private static double Percentile(double[] values, double percent) => Filtering.Percentile(values, percent);

    private static double Median(double[] values) => Filtering.Percentile(values, 50);
}

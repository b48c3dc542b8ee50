namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// What is measured on the traces of a page for the <c>page</c> model: heart rate and its regularity, and amplitudes and durations of
/// each lead's median beat. Nothing is read from the page's print.
/// </summary>
public static class PageFeatures
{
    /// <summary>
    /// Measures of rate and rhythm, the first of all: 60 over the median RR interval, over the mean one and over the mean of the regular ones
    /// (beats a minute); standard deviation over mean of all and of the regular ones; root mean square of successive differences, shortest,
    /// longest, and median absolute successive difference, over the median; number of intervals below 0.8 and above 1.25 of the median.
    /// </summary>
    public const int RhythmCount = 11;

    /// <summary>
    /// Measures of each lead's median beat, mV and s: R, Q, S, Q duration, J point, ST level, T (the largest either way), T's highest and lowest;
    /// then Q, R, J, ST, T over the QRS complex' height; P above and below its median; QRS area, T's mean, QRS height.
    /// </summary>
    public const int LeadCount = 19;

    /// <summary>Measures in all.</summary>
    public const int Count = RhythmCount + (PageInput.Leads * LeadCount);

    /// <summary>Fewest beats that make a rhythm.</summary>
    private const int FewestBeats = 4;

    /// <summary>Measures the traces of a page.</summary>
    /// <param name="samples">Twelve leads and the rhythm strip, <see cref="PageInput.Samples"/> values in mV.</param>
    /// <returns><see cref="Count"/> values; all 0 where fewer than four beats are found.</returns>
    public static float[] Of(ReadOnlySpan<float> samples)
    {
        var features = new float[Count];
        var beats = PageBeats.Find(samples);
        if (beats.Length < FewestBeats) return features;
        var rhythm = Rhythm(beats);
        var medianBeats = PageBeats.MedianBeats(samples, beats);
        var (onset, end) = Qrs(medianBeats);
        var all = rhythm.Concat(medianBeats.SelectMany(beat => Lead(beat, onset, end, 60 / rhythm[2])));
        var index = 0;
        foreach (var value in all) features[index++] = double.IsFinite(value) ? (float)value : 0;
        return features;
    }

    private static double[] Rhythm(int[] beats)
    {
        double[] intervals = [.. beats.Zip(beats.Skip(1), (left, right) => (right - left) / (double)PageInput.SampleRateHz)];
        double[] differences = [.. intervals.Zip(intervals.Skip(1), (left, right) => right - left)];
        var median = Filtering.Percentile(intervals, 50);
        double[] regular = [.. intervals.Where(interval => interval > 0.6 * median && interval < 1.5 * median)];
        if (regular.Length == 0) regular = intervals;
        return
        [
            60 / median, 60 / intervals.Average(), 60 / regular.Average(),
            Deviation(intervals) / intervals.Average(), Deviation(regular) / regular.Average(),
            Math.Sqrt(differences.Average(difference => difference * difference)) / median,
            intervals.Min() / median, intervals.Max() / median,
            Filtering.Percentile(Array.ConvertAll(differences, Math.Abs), 50) / median,
            intervals.Count(interval => interval < 0.8 * median), intervals.Count(interval => interval > 1.25 * median),
        ];
    }

    /// <summary>First and last sample of the QRS complex: where the slope of all leads together stays below 18 % of its largest.</summary>
    private static (int Onset, int End) Qrs(double[][] beats)
    {
        const int Middle = PageBeats.Before;
        var slopes = beats.Select(beat => Filtering.Gradient(Filtering.Gaussian(beat, 0.7))).ToArray();
        double[] slope = [.. Enumerable.Range(0, Middle + PageBeats.After).Select(time => Math.Sqrt(slopes.Sum(lead => lead[time] * lead[time])))];
        var threshold = 0.18 * slope[(Middle - 6)..(Middle + 7)].Max();
        var onset = Middle - 2;
        while (onset > Middle - 15 && !(slope[onset] < threshold && slope[onset - 1] < threshold)) onset--;
        var end = Middle + 2;
        while (end < Middle + 19 && !(slope[end] < threshold && slope[end + 1] < threshold)) end++;
        return (onset, end);
    }

    private static double[] Lead(double[] beat, int onset, int end, double intervalS)
    {
        var level = beat[(onset - 4)..onset].Average();
        beat = Array.ConvertAll(beat, value => value - level);
        var complex = beat[onset..(end + 1)];
        var r = complex.Max();
        var peak = onset + Array.IndexOf(complex, r);
        var q = Math.Min(beat[onset..(peak + 1)].Min(), 0);
        var s = Math.Min(beat[peak..(end + 1)].Min(), 0);
        // Below -0.05 mV up to R; the whole complex where there is no R.
        var qDuration = (r > 0.05 ? beat[onset..(peak + 1)] : complex).Count(value => value < -0.05) / (double)PageInput.SampleRateHz;
        var height = r - Math.Min(q, s) + 0.05;
        var j = beat[(end + 1)..(end + 3)].Average();
        var st = beat[(end + 5)..(end + 9)].Average();

        // The T wave ends the sooner, the faster the heart beats: 0.4 s times the root of the interval, 0.24 to 0.42 s behind the QRS complex.
        var lastT = PageBeats.Before + (int)Math.Clamp(40 * Math.Sqrt(intervalS), 24, 42);
        var t = lastT - (end + 8) > 3 ? beat[(end + 8)..lastT] : beat[^6..];
        var p = beat[Math.Max(onset - 20, 0)..(onset - 2)];
        var middleP = Filtering.Percentile(p, 50);
        var largestT = t.MaxBy(Math.Abs);
        return
        [
            r, q, s, qDuration, j, st, largestT, t.Max(), t.Min(), -q / height, r / height, j / height, st / height, largestT / height,
            p.Max() - middleP, p.Min() - middleP, complex.Sum() / PageInput.SampleRateHz, t.Average(), height,
        ];
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}

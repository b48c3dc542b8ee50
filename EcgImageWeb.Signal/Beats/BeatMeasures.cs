using EcgImageWeb.Signal.DataSets;

namespace EcgImageWeb.Signal.Beats;

/// <summary>
/// A beat in measures that are relative to its own recording: RR intervals over the recording's and the surroundings' usual ones (de Chazal, O'Dwyer and
/// Reilly 2004; Llamedo and Martinez 2011), QRS and T against the usual beat, the P wave against that of unhurried beats, and what beats of the same shape
/// have in common. Of a person's own shape nothing else is left that a network could learn by heart. A rule for every "usual" has to hold where most beats
/// are ectopic: the longer RR intervals are unhurried ones also then, the middle one is not. No class is looked at.
/// </summary>
public static class BeatMeasures
{
    /// <summary>Beats on each side for what is usual at the moment; some twenty seconds in all.</summary>
    public const int Near = 10;

    /// <summary>Beats on each side for what is usual over a minute.</summary>
    public const int Middle = 40;

    /// <summary>Beats on each side that the usual beat is taken from: some four minutes in all, for over half an hour its shape changes with the position.</summary>
    public const int Far = 150;

    /// <summary>Rate of the samples that are measured: filtered beats hold nothing above 45 Hz.</summary>
    private const double SampleRateHz = 180;

    /// <summary>The usual beat is taken anew for every so many beats.</summary>
    private const int Stride = 20;

    /// <summary>Beats of a block that each is compared with at most.</summary>
    private const int Compared = 300;

    /// <summary>QRS complexes that correlate so are of one shape.</summary>
    private const double SameShape = 0.9;

    /// <summary>Natural logarithm of the ratio of sizes up to which beats of a shape are alike.</summary>
    private const double SameSize = 0.5;

    /// <summary>Of the usual beats, those with an RR interval above this quantile are unhurried.</summary>
    private const double Unhurried = 0.7;

    /// <summary>Natural logarithms beyond this (a factor of 7) say no more.</summary>
    private const double LargestLog = 2;

    // What a flat line is divided by: amplitudes in mV far below any beat's.
    private const double LeastAmplitudeMv = 0.05, LeastWaveMv = 0.02, LeastNoiseMv = 0.001;

    /// <summary>Names of the measures in their order. Logarithms are natural; amplitudes are over the usual QRS, times over other RR intervals.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Columns([new BeatWindow(new float[2 * BeatSet.Reach], 1, 1)]).Select(column => column.Name)];

    /// <summary>Number of measures.</summary>
    public static int Count => Names.Count;

    /// <summary>The measures of every beat of a block.</summary>
    /// <param name="beats">The beats of one lead of one recording in order of time at 360 Hz, each with <see cref="BeatSet.Reach"/> samples on both sides; "the recording" is these.</param>
    public static float[][] Of(IReadOnlyList<BeatWindow> beats)
    {
        ArgumentNullException.ThrowIfNull(beats);
        if (beats.Count == 0) return [];
        var columns = Columns(beats).ToArray();
        return [.. Enumerable.Range(0, beats.Count).Select(beat => Array.ConvertAll(columns, column => (float)column.Values[beat]))];
    }

    private static List<(string Name, double[] Values)> Columns(IReadOnlyList<BeatWindow> beats)
    {
        var rr = new Intervals(beats);
        var shapes = new Shapes(beats);
        var measures = rr.Measures().Concat(shapes.Measures(rr.Before)).ToList();
        measures.AddRange(Alike(shapes.Qrs, measures.ToDictionary(measure => measure.Name, measure => measure.Values)));
        return measures;
    }

    /// <summary>What beats of the same shape have in common: how many they are, how early, how long the pause behind them, how usual the P wave before.</summary>
    private static IEnumerable<(string Name, double[] Values)> Alike(float[][] qrs, Dictionary<string, double[]> known)
    {
        var count = qrs.Length;
        var others = Enumerable.Range(0, Math.Min(count, Compared)).Select(index => (int)((long)index * count / Math.Min(count, Compared))).ToArray();
        var centred = Array.ConvertAll(qrs, Centred);
        var sizes = Array.ConvertAll(centred, beat => Math.Sqrt(Product(beat, beat)));
        var alike = new int[count][];
        for (var beat = 0; beat < count; beat++)
        {
            alike[beat] = [.. others.Where(other =>
                Product(centred[beat], centred[other]) > SameShape * sizes[beat] * sizes[other] && Math.Abs(Log(sizes[other], sizes[beat])) < SameSize)];
        }

        yield return ("alike", Array.ConvertAll(alike, found => (double)found.Length / others.Length));
        foreach (var name in new[] { "before/middle75", "after/middle75", "p correlation" })
        {
            var values = known[name];
            // The beat itself counts as well, so that there is a mean where no other is alike.
            yield return ($"alike: {name}", [.. Enumerable.Range(0, count).Select(beat => (alike[beat].Sum(other => values[other]) + values[beat]) / (alike[beat].Length + 1))]);
        }
    }

    /// <summary>First and end of the beats around one; at the ends of a recording as many lie to one side as are missing on the other.</summary>
    private static (int First, int End) Around(int count, int beat, int reach)
    {
        var first = Math.Max(0, Math.Min(beat - reach, count - 2 * reach - 1));
        return (first, Math.Min(count, first + 2 * reach + 1));
    }

    /// <summary>Quantiles of the values around each: [share][beat].</summary>
    private static double[][] Rolling(double[] values, int reach, params double[] shares)
    {
        var quantiles = Array.ConvertAll(shares, _ => new double[values.Length]);
        for (var beat = 0; beat < values.Length; beat++)
        {
            var (first, end) = Around(values.Length, beat, reach);
            var sorted = values[first..end];
            Array.Sort(sorted);
            for (var share = 0; share < shares.Length; share++) quantiles[share][beat] = OfSorted(sorted, shares[share]);
        }

        return quantiles;
    }

    private static T OfSorted<T>(T[] sorted, double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];

    private static T Quantile<T>(IEnumerable<T> values, double share) => OfSorted(values.Order().ToArray(), share);

    private static double Log(double value, double of = 1)
    {
        var ratio = Math.Log(value / of);
        return double.IsNaN(ratio) ? 0 : Math.Clamp(ratio, -LargestLog, LargestLog);
    }

    private static double[] Logs(double[] values, double[] of) => [.. values.Zip(of, (value, other) => Log(value, other))];

    private static double[] Logs(double[] values, double of) => Array.ConvertAll(values, value => Log(value, of));

    private static float[] Centred(float[] values)
    {
        var mean = values.Average();
        return Array.ConvertAll(values, value => value - mean);
    }

    private static double Product(float[] a, float[] b)
    {
        var sum = 0f;
        for (var index = 0; index < a.Length; index++) sum += a[index] * b[index];
        return sum;
    }

    private static double Correlation(float[] a, float[] b)
    {
        var (x, y) = (Centred(a), Centred(b));
        return Product(x, y) / Math.Sqrt(Math.Max(Product(x, x) * Product(y, y), 1e-9));
    }

    private static double Distance(float[] a, float[] b)
    {
        var sum = 0.0;
        for (var index = 0; index < a.Length; index++) sum += (a[index] - b[index]) * (a[index] - b[index]);
        return Math.Sqrt(sum / a.Length);
    }

    /// <summary>RR intervals, seconds; one that is not known counts as the usual one.</summary>
    private sealed class Intervals
    {
        private readonly double[] _after;

        public Intervals(IReadOnlyList<BeatWindow> beats)
        {
            var usual = Quantile(beats.Select(beat => beat.RrBeforeS).Where(double.IsFinite).DefaultIfEmpty(1), 0.5);
            double Known(double rr) => double.IsFinite(rr) ? rr : usual;
            Before = [.. beats.Select(beat => Known(beat.RrBeforeS))];
            _after = [.. beats.Select(beat => Known(beat.RrAfterS))];
        }

        public double[] Before { get; }

        public IEnumerable<(string Name, double[] Values)> Measures()
        {
            var (before, after) = (Before, _after);
            double[] previous = [before[0], .. before[..^1]], next = [.. after[1..], after[^1]];
            var mean = before.Average();
            var (low, median, high) = (Quantile(before, 0.2), Quantile(before, 0.5), Quantile(before, 0.85));
            var near = Rolling(before, Near, 0.1, 0.25, 0.5, 0.75, 0.9);
            var middle = Rolling(before, Middle, 0.1, 0.5, 0.75, 0.9);
            var change = Logs(before, previous);
            var unrest = Rolling(Array.ConvertAll(change, Math.Abs), Near, 0.25, 0.5, 0.75);
            yield return ("before", Logs(before, 1));
            yield return ("after", Logs(after, 1));
            yield return ("before/mean", Logs(before, mean));
            yield return ("before/85", Logs(before, high));
            yield return ("before/median", Logs(before, median));
            yield return ("after/mean", Logs(after, mean));
            yield return ("previous/mean", Logs(previous, mean));
            yield return ("before/near50", Logs(before, near[2]));
            yield return ("before/near75", Logs(before, near[3]));
            yield return ("before/middle50", Logs(before, middle[1]));
            yield return ("before/middle75", Logs(before, middle[2]));
            yield return ("before/middle90", Logs(before, middle[3]));
            yield return ("after/near50", Logs(after, near[2]));
            yield return ("after/middle75", Logs(after, middle[2]));
            yield return ("previous/near50", Logs(previous, near[2]));
            yield return ("next/near50", Logs(next, near[2]));
            yield return ("near75/near25", Logs(near[3], near[1]));
            yield return ("near90/near10", Logs(near[4], near[0]));
            yield return ("middle90/middle10", Logs(middle[3], middle[0]));
            yield return ("85/20", Logs(Array.ConvertAll(before, _ => high), low));
            yield return ("near50", Logs(near[2], 1));
            yield return ("middle50/mean", Logs(middle[1], mean));
            yield return ("before/previous", change);
            yield return ("after/before", Logs(after, before));
            yield return ("both/near50", Logs([.. before.Zip(after, (one, other) => (one + other) / 2)], near[2]));
            yield return ("unrest25", unrest[0]);
            yield return ("unrest50", unrest[1]);
            yield return ("unrest75", unrest[2]);
        }
    }

    /// <summary>QRS, T and P waves beside the usual ones, mV.</summary>
    private sealed class Shapes
    {
        // Samples at 180 Hz from R on: QRS from 100 ms before R to 140 ms after it, T to 420 ms, P from 240 to 60 ms before R, and what precedes it, 400 to 100 ms.
        private const int QrsFrom = -18, QrsEnd = 25, TEnd = 76, PFrom = -43, PEnd = -11, EarlyFrom = -72, EarlyEnd = -18;

        private static readonly string[] Compared =
        [
            "qrs correlation", "qrs difference", "qrs range", "qrs area", "qrs width/usual", "qrs slope", "qrs slopes/usual", "qrs polarity/usual", "t correlation", "t difference",
            "p correlation", "p difference", "usual p range", "usual p agreement", "p correlation/usual", "p difference/usual", "p projection", "p range", "early correlation", "early difference",
        ];

        private readonly float[][] _t, _p, _early;

        public Shapes(IReadOnlyList<BeatWindow> beats)
        {
            Qrs = Cut(QrsFrom, QrsEnd);
            _t = Cut(QrsEnd, TEnd);
            _p = Array.ConvertAll(Cut(PFrom, PEnd), Levelled);
            _early = Array.ConvertAll(Cut(EarlyFrom, EarlyEnd), Levelled);

            float[][] Cut(int from, int end) => [.. beats.Select(beat =>
            {
                var every = (int)(BeatInputs.SampleRateHz / SampleRateHz);
                var (samples, middle) = (new float[end - from], beat.Mv.Length / 2);
                for (var index = 0; index < samples.Length; index++) samples[index] = beat.Mv[middle + every * (from + index)];
                return samples;
            })];
        }

        public float[][] Qrs { get; }

        public IEnumerable<(string Name, double[] Values)> Measures(double[] before)
        {
            var count = Qrs.Length;
            var compared = Array.ConvertAll(Compared, _ => new double[count]);
            for (var first = 0; first < count; first += Stride)
            {
                var usual = UsualBeat.Of(this, before, Around(count, first + Stride / 2, Far));
                for (var beat = first; beat < Math.Min(count, first + Stride); beat++)
                {
                    var measures = Compare(beat, usual);
                    for (var measure = 0; measure < measures.Length; measure++) compared[measure][beat] = measures[measure];
                }
            }

            var (nearCorrelation, nearDifference) = (new double[count], new double[count]);
            for (var beat = 0; beat < count; beat++)
            {
                var (first, end) = Around(count, beat, Near);
                var near = Median(Qrs, Enumerable.Range(first, end - first));
                nearCorrelation[beat] = Correlation(Qrs[beat], near);
                nearDifference[beat] = Distance(Qrs[beat], near) / Math.Max(Range(near), LeastAmplitudeMv);
            }

            var (qrs, p) = (compared[Array.IndexOf(Compared, "qrs correlation")], compared[Array.IndexOf(Compared, "p correlation")]);
            var nearP = Rolling(p, Near, 0.25, 0.5, 0.75);
            double[] withPrevious = [1, .. Enumerable.Range(1, count - 1).Select(beat => Correlation(Qrs[beat], Qrs[beat - 1]))];
            return
            [
                .. Compared.Zip(compared),
                ("qrs width", Array.ConvertAll(Qrs, Width)),
                ("qrs slopes", Array.ConvertAll(Qrs, SteepShare)),
                ("qrs polarity", Array.ConvertAll(Qrs, Polarity)),
                ("qrs near correlation", nearCorrelation),
                ("qrs near difference", nearDifference),
                ("qrs with previous", withPrevious),
                ("qrs with next", [.. withPrevious[1..], 1]),
                ("previous qrs correlation", [1, .. qrs[..^1]]),
                ("next qrs correlation", [.. qrs[1..], 1]),
                ("near p25", nearP[0]),
                ("near p50", nearP[1]),
                ("near p75", nearP[2]),
                ("p with previous", [1, .. Enumerable.Range(1, count - 1).Select(beat => Correlation(_p[beat], _p[beat - 1]))]),
                ("previous p correlation", [p[0], .. p[..^1]]),
                ("next p correlation", [.. p[1..], p[^1]]),
            ];
        }

        private double[] Compare(int beat, UsualBeat usual)
        {
            var (qrs, p) = (Qrs[beat], _p[beat]);
            var (pCorrelation, pDifference) = (Correlation(p, usual.P), Distance(p, usual.P));
            return
            [
                Correlation(qrs, usual.Qrs), Distance(qrs, usual.Qrs) / usual.Amplitude, Log(Range(qrs), usual.Amplitude), Log(qrs.Sum(Math.Abs), usual.Qrs.Sum(Math.Abs)),
                Width(qrs) - Width(usual.Qrs), Log(Slopes(qrs).Max(), Slopes(usual.Qrs).Max()), SteepShare(qrs) - SteepShare(usual.Qrs), Polarity(qrs) - Polarity(usual.Qrs),
                Correlation(_t[beat], usual.T), Distance(_t[beat], usual.T) / usual.Amplitude,
                pCorrelation, pDifference / usual.Amplitude, Range(usual.P) / usual.Amplitude, usual.PAgreement, pCorrelation - usual.PAgreement, Log(pDifference, Math.Max(usual.PNoise, LeastNoiseMv)),
                Math.Clamp(Product(p, usual.P) / Math.Max(Product(usual.P, usual.P), 1e-4), -2, 3), Log(Range(p), Math.Max(Range(usual.P), LeastWaveMv)),
                Correlation(_early[beat], usual.Early), Distance(_early[beat], usual.Early) / usual.Amplitude,
            ];
        }

        /// <summary>Without the line between the means of its first and last tenth.</summary>
        private static float[] Levelled(float[] samples)
        {
            var tenth = Math.Max(1, samples.Length / 10);
            var (start, end) = (samples[..tenth].Average(), samples[^tenth..].Average());
            return [.. samples.Select((sample, index) => sample - (start + (end - start) * index / (samples.Length - 1)))];
        }

        private static float[] Median(float[][] rows, IEnumerable<int> chosen)
        {
            var members = chosen.ToArray();
            var (median, values) = (new float[rows[0].Length], new float[members.Length]);
            for (var sample = 0; sample < median.Length; sample++)
            {
                for (var member = 0; member < members.Length; member++) values[member] = rows[members[member]][sample];
                Array.Sort(values);
                median[sample] = OfSorted(values, 0.5);
            }

            return median;
        }

        private static double Range(float[] samples) => samples.Max() - samples.Min();

        /// <summary>Share of the time that it is beyond three tenths of its peak.</summary>
        private static double Width(float[] samples)
        {
            var least = 0.3f * samples.Max(Math.Abs);
            return (double)samples.Count(sample => Math.Abs(sample) > least) / samples.Length;
        }

        private static float[] Slopes(float[] samples) => [.. samples.Skip(1).Zip(samples, (later, earlier) => Math.Abs(later - earlier))];

        /// <summary>Share of the time that it is steeper than a quarter of its steepest.</summary>
        private static double SteepShare(float[] samples)
        {
            var slopes = Slopes(samples);
            var least = 0.25f * slopes.Max();
            return (double)slopes.Count(slope => slope > least) / slopes.Length;
        }

        /// <summary>1 where all lies above the line, -1 where all lies below it.</summary>
        private static double Polarity(float[] samples) => (samples.Max() + samples.Min()) / Math.Max(Range(samples), LeastAmplitudeMv);

        /// <summary>The usual beat of a stretch: the median of the beats of the commonest shape, and the P wave of those that come unhurried.</summary>
        private sealed record UsualBeat(float[] Qrs, float[] T, float[] P, float[] Early, double Amplitude, double PAgreement, double PNoise)
        {
            public static UsualBeat Of(Shapes shapes, double[] before, (int First, int End) around)
            {
                var beats = Enumerable.Range(around.First, around.End - around.First).ToArray();
                var common = Common(Median(shapes.Qrs, beats));
                var qrs = Median(shapes.Qrs, common);
                common = Common(qrs);
                var longer = Quantile(common.Select(beat => before[beat]), Unhurried);
                var unhurried = common.Where(beat => before[beat] >= longer).ToArray();
                var p = Median(shapes._p, unhurried);
                return new(
                    qrs, Median(shapes._t, common), p, Median(shapes._early, unhurried), Math.Max(Range(qrs), LeastAmplitudeMv),
                    Quantile(unhurried.Select(beat => Correlation(shapes._p[beat], p)), 0.5), Quantile(unhurried.Select(beat => Distance(shapes._p[beat], p)), 0.5));

                int[] Common(float[] shape)
                {
                    var correlations = Array.ConvertAll(beats, beat => Correlation(shapes.Qrs[beat], shape));
                    var least = Math.Min(SameShape, Quantile(correlations, 0.5));
                    return [.. beats.Where((_, index) => correlations[index] >= least)];
                }
            }
        }
    }
}

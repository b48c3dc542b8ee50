using EcgImageWeb.Signal.Delineation;
using EcgImageWeb.Signal.Detection;
using EcgImageWeb.Signal.Filtering;

namespace EcgImageWeb.Signal.Rhythms;

/// <summary>
/// A strip of one lead in measures that a rhythm is told by: RR intervals and their irregularity; beats of another shape than the usual one and when they
/// come; P waves, their distance to R and how far they agree; and what the atria do between the QRS complexes, by its spectrum and its autocorrelation
/// (flutter: regular, 4 to 6 Hz; fibrillation: irregular, 4 to 9 Hz; Bollmann et al. 2006). No amplitude is absolute, so that gain says nothing.
/// </summary>
public static class RhythmMeasures
{
    /// <summary>Rate of the samples.</summary>
    public const double SampleRateHz = 200;

    // Samples at 200 Hz from R on. QRS: 100 ms before R to 140 ms after it; what is replaced by a line where the atria are looked at; P: 400 to 50 ms before R; T: 140 to 440 ms after R.
    private const int QrsFrom = -20, QrsEnd = 28, CutFrom = -16, CutEnd = 22, PFrom = -80, PEnd = -10, TEnd = 88;

    // P waves last some 100 ms: a point stands out against those this far to either side, in samples.
    private const int HalfP = 12;

    private const double HighPassHz = 0.5, LowPassHz = 40, AtrialLowHz = 2.5, AtrialHighHz = 20, SameShape = 0.9, OtherShape = 0.75;

    // Spectra of the atria: from 3 to 12 Hz, by tenths.
    private const double SpectrumFromHz = 3, SpectrumStepHz = 0.1;
    private const int SpectrumBins = 90;

    // Flutter waves follow each other within 140 to 330 ms; samples.
    private const int LeastCycle = 28, MostCycle = 66;

    private const double LargestLog = 3, Floor = 1e-6;

    /// <summary>What each measure is, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Measure(new float[(int)(10 * SampleRateHz)]).Select(measure => measure.Name)];

    /// <summary>The measures of a strip.</summary>
    /// <param name="mv">mV at <see cref="SampleRateHz"/>, without gaps, at least two seconds.</param>
    /// <returns>As many values as there are <see cref="Names"/>, all finite.</returns>
    public static float[] Of(ReadOnlySpan<float> mv)
        => [.. Measure(mv.ToArray()).Select(measure => double.IsFinite(measure.Value) ? (float)measure.Value : 0)];

    private static IEnumerable<(string Name, double Value)> Measure(float[] raw)
    {
        var mv = Butterworth.HighPass(2, HighPassHz, SampleRateHz).Then(Butterworth.LowPass(2, LowPassHz, SampleRateHz)).ApplyZeroPhase(raw);
        var lead = new LeadSignal("", SampleRateHz, raw);
        var peaks = RPeakDetector.Detect(lead);
        var waves = peaks.Length == 0 ? [] : WaveDelineator.Delineate(lead, peaks);
        var beats = new Beats(mv, peaks);
        return [.. Intervals(peaks, raw.Length), .. beats.Shapes(), .. Waves(waves, peaks, beats), .. beats.PWaves(), .. Atria(beats)];
    }

    /// <summary>RR intervals: their length, their spread, early and late ones, and what they have in common.</summary>
    private static IEnumerable<(string Name, double Value)> Intervals(int[] peaks, int length)
    {
        double[] rr = [.. peaks.Skip(1).Zip(peaks, (later, earlier) => (later - earlier) / SampleRateHz)];
        if (rr.Length == 0) rr = [length / SampleRateHz];
        var sorted = rr.Order().ToArray();
        var (mean, median) = (rr.Average(), Quantile(sorted, 0.5));
        double[] steps = rr.Length < 2 ? [0] : [.. rr.Skip(1).Zip(rr, (later, earlier) => Math.Abs(later - earlier) / mean)];
        double[] second = rr.Length < 3 ? [0] : [.. Enumerable.Range(1, rr.Length - 2).Select(i => Math.Abs(rr[i - 1] - 2 * rr[i] + rr[i + 1]) / mean)];
        var sortedSteps = steps.Order().ToArray();
        yield return ("beats a second", peaks.Length * SampleRateHz / length);
        yield return ("rr mean", Log(mean));
        yield return ("rr median", Log(median));
        yield return ("rr shortest", Log(sorted[0]));
        yield return ("rr longest", Log(sorted[^1]));
        yield return ("rr shortest/median", Log(sorted[0], median));
        yield return ("rr longest/median", Log(sorted[^1], median));
        yield return ("rr second shortest/median", Log(sorted[Math.Min(1, rr.Length - 1)], median));
        yield return ("rr second longest/median", Log(sorted[^Math.Min(2, rr.Length)], median));
        yield return ("rr deviation", LogFrom(Deviation(rr) / mean));
        yield return ("rr rmssd", LogFrom(Math.Sqrt(steps.Average(step => step * step))));
        yield return ("rr step median", LogFrom(Quantile(sortedSteps, 0.5)));
        yield return ("rr step quarter", LogFrom(Quantile(sortedSteps, 0.25)));
        yield return ("rr step three quarters", LogFrom(Quantile(sortedSteps, 0.75)));
        yield return ("rr step of steps", LogFrom(Quantile([.. second.Order()], 0.5)));
        yield return ("rr steps above 5 %", steps.Average(step => step > 0.05 ? 1.0 : 0));
        yield return ("rr steps above 10 %", steps.Average(step => step > 0.1 ? 1.0 : 0));
        yield return ("rr steps above 20 %", steps.Average(step => step > 0.2 ? 1.0 : 0));
        yield return ("rr early", rr.Average(value => value < 0.85 * median ? 1.0 : 0));
        yield return ("rr late", rr.Average(value => value > 1.15 * median ? 1.0 : 0));
        yield return ("rr near median", rr.Average(value => Math.Abs(value / median - 1) < 0.05 ? 1.0 : 0));
        yield return ("rr entropy", Entropy(rr.Select(value => (int)Math.Round(10 * Math.Log(value / median)))));
        yield return ("rr entropy 50 ms", Entropy(rr.Select(value => (int)(value / 0.05))));
        yield return ("rr trend", Correlation([.. rr.Select(value => (float)value)], [.. Enumerable.Range(0, rr.Length).Select(i => (float)i)]));
        yield return ("rr with previous", rr.Length < 4 ? 0 : Correlation([.. rr.Skip(1).Select(value => (float)value)], [.. rr.SkipLast(1).Select(value => (float)value)]));
        yield return ("rr early then late", rr.Length < 2 ? 0 : rr.Skip(1).Zip(rr, (later, earlier) => earlier < 0.85 * median && later > 1.1 * median ? 1.0 : 0).Average());
        var (grid, gridHz) = Grid(rr);
        yield return ("rr on a grid", grid);
        yield return ("rr grid", gridHz);
    }

    /// <summary>How near all RR intervals are to multiples of one atrial cycle, and its rate: conduction in changing ratios. 1 for exactly, near 0 for anything.</summary>
    private static (double Fit, double Hz) Grid(double[] rr)
    {
        var (best, at) = (0.0, 0.0);
        for (var hz = 3.5; hz <= 6; hz += 0.05)
        {
            var fit = rr.Average(value => Math.Cos(2 * Math.PI * value * hz));
            if (fit > best) (best, at) = (fit, hz);
        }

        return (best, at);
    }

    /// <summary>PR, QRS and QT as delineated.</summary>
    private static IEnumerable<(string Name, double Value)> Waves(IReadOnlyList<BeatWaves> waves, int[] peaks, Beats beats)
    {
        const double Ms = 1000 / SampleRateHz;
        var count = Math.Max(1, waves.Count);
        double[] pr = [.. waves.Where(beat => beat.P is not null).Select(beat => (beat.Qrs.Onset - beat.P!.Onset) * Ms).Order()];
        double[] pPeak = [.. waves.Where(beat => beat.P is not null).Select(beat => (beat.Qrs.Onset - beat.P!.Peak) * Ms).Order()];
        double[] pWidth = [.. waves.Where(beat => beat.P is not null).Select(beat => (beat.P!.Offset - beat.P!.Onset) * Ms).Order()];
        double[] qrs = [.. waves.Select(beat => (beat.Qrs.Offset - beat.Qrs.Onset) * Ms).Order()];
        double[] qt = [.. waves.Where(beat => beat.T is not null).Select(beat => (beat.T!.Offset - beat.Qrs.Onset) * Ms).Order()];
        var rr = peaks.Length < 2 ? 1 : (peaks[^1] - peaks[0]) / SampleRateHz / (peaks.Length - 1);
        yield return ("p share", pr.Length / (double)count);
        yield return ("pr", pr.Length == 0 ? -1 : (Quantile(pr, 0.5) - 160) / 100);
        yield return ("pr quarter", pr.Length == 0 ? -1 : (Quantile(pr, 0.25) - 160) / 100);
        yield return ("pr three quarters", pr.Length == 0 ? -1 : (Quantile(pr, 0.75) - 160) / 100);
        yield return ("pr spread", pr.Length < 2 ? 1 : LogFrom((Quantile(pr, 0.9) - Quantile(pr, 0.1)) / 100));
        yield return ("p to qrs", pPeak.Length == 0 ? -1 : (Quantile(pPeak, 0.5) - 100) / 100);
        yield return ("p to qrs spread", pPeak.Length < 2 ? 1 : LogFrom((Quantile(pPeak, 0.9) - Quantile(pPeak, 0.1)) / 100));
        yield return ("p width", pWidth.Length == 0 ? -1 : (Quantile(pWidth, 0.5) - 100) / 100);
        yield return ("pr/rr", pr.Length == 0 ? 0 : Quantile(pr, 0.5) / 1000 / rr);
        yield return ("pr known", pr.Length == 0 ? 0 : 1);
        yield return ("qrs", qrs.Length == 0 ? 0 : (Quantile(qrs, 0.5) - 100) / 50);
        yield return ("qrs longest", qrs.Length == 0 ? 0 : (qrs[^1] - 100) / 50);
        yield return ("t share", qt.Length / (double)count);
        yield return ("qtc", qt.Length == 0 ? 0 : (Quantile(qt, 0.5) / Math.Sqrt(rr) - 420) / 100);
        yield return ("p height", LogFrom(waves.Where(beat => beat.P is not null).Select(beat => beats.Height(beat.P!)).Order().ToArray() is { Length: > 0 } heights ? Quantile(heights, 0.5) : 0));
    }

    /// <summary>What is left between the QRS complexes: with them replaced by lines, and with the usual beat taken away.</summary>
    private static IEnumerable<(string Name, double Value)> Atria(Beats beats)
    {
        foreach (var (name, mv) in new[] { ("gaps", beats.WithoutQrs()), ("residue", beats.Residue()) })
        {
            var band = Butterworth.HighPass(2, AtrialLowHz, SampleRateHz).Then(Butterworth.LowPass(2, AtrialHighHz, SampleRateHz)).ApplyZeroPhase(mv);
            var power = Spectrum(band);
            var total = Math.Max(power.Sum(), Floor);
            var top = Array.IndexOf(power, power.Max());
            yield return ($"{name} size", Log(Deviation(band), beats.Amplitude));
            yield return ($"{name} frequency", (SpectrumFromHz + top * SpectrumStepHz - 6) / 3);
            yield return ($"{name} peak", Share(power, top, 4) / total);
            yield return ($"{name} narrow peak", Share(power, top, 1) / total);
            yield return ($"{name} entropy", -power.Sum(value => value / total * Math.Log(Math.Max(value / total, Floor))) / Math.Log(SpectrumBins));
            var flutter = Enumerable.Range(0, SpectrumBins).Where(bin => bin is >= 7 and <= 30).MaxBy(bin => power[bin]);
            yield return ($"{name} flutter frequency", (SpectrumFromHz + flutter * SpectrumStepHz - 5) / 1.2);
            yield return ($"{name} flutter peak", (Share(power, flutter, 2) + Share(power, Harmonic(flutter), 3)) / total);
            yield return ($"{name} flutter cycles a beat", beats.MeanRrS * (SpectrumFromHz + flutter * SpectrumStepHz));
            yield return ($"{name} flutter to beats", Math.Cos(2 * Math.PI * beats.MeanRrS * (SpectrumFromHz + flutter * SpectrumStepHz)));
            for (var from = 0; from < SpectrumBins; from += 10) yield return ($"{name} from {SpectrumFromHz + from * SpectrumStepHz:0} Hz", Log(power[from..(from + 10)].Sum() / total, 1.0 / 9));

            var correlations = Enumerable.Range(LeastCycle, MostCycle - LeastCycle).Select(lag => Autocorrelation(band, lag)).ToArray();
            var (high, low) = (correlations.Max(), correlations.Min());
            yield return ($"{name} again", high);
            yield return ($"{name} cycle", (LeastCycle + Array.IndexOf(correlations, high)) / SampleRateHz * 5);
            yield return ($"{name} again less opposite", high - low);
            yield return ($"{name} again twice", Autocorrelation(band, 2 * (LeastCycle + Array.IndexOf(correlations, high))));
            yield return ($"{name} skew", Skewness(band));
            yield return ($"{name} skew of slopes", Skewness([.. band.Skip(1).Zip(band, (later, earlier) => later - earlier)]));
            var ranges = Ranges(band, 2 * HalfP);
            yield return ($"{name} flattest", Log(Quantile(ranges, 0.1), beats.Amplitude));
            yield return ($"{name} flat", Log(Quantile(ranges, 0.25), beats.Amplitude));
            yield return ($"{name} middling", Log(Quantile(ranges, 0.5), beats.Amplitude));
            yield return ($"{name} restless/flat", Log(Quantile(ranges, 0.9), Quantile(ranges, 0.2)));
        }
    }

    private static int Harmonic(int bin) => (int)Math.Round((2 * (SpectrumFromHz + bin * SpectrumStepHz) - SpectrumFromHz) / SpectrumStepHz);

    private static double Share(double[] power, int bin, int reach)
    {
        var sum = 0.0;
        for (var i = Math.Max(0, bin - reach); i <= Math.Min(power.Length - 1, bin + reach); i++) sum += power[i];
        return sum;
    }

    /// <summary>Power by tenths of Hz, under a Hann window.</summary>
    private static double[] Spectrum(float[] mv)
    {
        const int Every = 4;
        var window = Enumerable.Range(0, mv.Length / Every).Select(i => mv[i * Every] * (0.5 - 0.5 * Math.Cos(2 * Math.PI * i * Every / mv.Length))).ToArray();
        return [.. Enumerable.Range(0, SpectrumBins).Select(bin =>
        {
            // Goertzel's recurrence.
            var turn = 2 * Math.Cos(2 * Math.PI * (SpectrumFromHz + bin * SpectrumStepHz) * Every / SampleRateHz);
            var (last, before) = (0.0, 0.0);
            foreach (var value in window) (last, before) = (value + turn * last - before, last);
            return last * last + before * before - turn * last * before;
        })];
    }

    private static double Autocorrelation(float[] mv, int lag)
    {
        var (product, first, second) = (0.0, Floor, Floor);
        for (var i = lag; i < mv.Length; i++)
        {
            product += mv[i] * mv[i - lag];
            first += mv[i] * mv[i];
            second += mv[i - lag] * mv[i - lag];
        }

        return product / Math.Sqrt(first * second);
    }

    /// <summary>The range within every stretch of a length, half overlapping, sorted.</summary>
    private static double[] Ranges(float[] mv, int length)
        => [.. Enumerable.Range(0, Math.Max(1, (mv.Length - length) / (length / 2))).Select(i => (double)Range(mv.AsSpan(i * length / 2, Math.Min(length, mv.Length)))).Order()];

    private static float Range(ReadOnlySpan<float> samples)
    {
        var (low, high) = (float.MaxValue, float.MinValue);
        foreach (var sample in samples) (low, high) = (Math.Min(low, sample), Math.Max(high, sample));
        return high - low;
    }

    private static double Skewness(float[] values)
    {
        var mean = values.Average();
        var (square, cube) = (values.Average(value => (double)(value - mean) * (value - mean)), values.Average(value => Math.Pow(value - mean, 3)));
        return Math.Clamp(cube / Math.Pow(Math.Max(square, Floor), 1.5), -LargestLog, LargestLog);
    }

    private static double Entropy(IEnumerable<int> values)
    {
        var counts = values.CountBy(value => value).Select(entry => entry.Value).ToArray();
        double total = counts.Sum();
        return -counts.Sum(count => count / total * Math.Log(count / total));
    }

    private static double Quantile(double[] sorted, double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double Deviation(float[] values) => Math.Sqrt(values.Average(value => (double)value * value));

    private static double Log(double value, double of = 1) => Math.Clamp(Math.Log(Math.Max(value, Floor) / Math.Max(of, Floor)), -LargestLog, LargestLog);

    /// <summary>Of a share that may be nought.</summary>
    private static double LogFrom(double share) => Math.Log(0.01 + Math.Max(0, share));

    private static double Correlation(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (meanA, meanB) = (0.0, 0.0);
        for (var i = 0; i < a.Length; i++) (meanA, meanB) = (meanA + a[i] / a.Length, meanB + b[i] / b.Length);
        var (product, squareA, squareB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            product += (a[i] - meanA) * (b[i] - meanB);
            squareA += (a[i] - meanA) * (a[i] - meanA);
            squareB += (b[i] - meanB) * (b[i] - meanB);
        }

        return product / Math.Sqrt(Math.Max(squareA * squareB, 1e-12));
    }

    /// <summary>The beats of a strip beside each other.</summary>
    private sealed class Beats
    {
        private readonly float[] _mv;
        private readonly int[] _peaks;
        private readonly float[][] _qrs;
        private readonly float[] _usualQrs;
        private readonly double[] _likeness;
        private readonly int[] _usual;

        public Beats(float[] mv, int[] peaks)
        {
            (_mv, _peaks) = (mv, peaks);
            _qrs = [.. peaks.Select(peak => Cut(peak, QrsFrom, QrsEnd))];
            var everything = Enumerable.Range(0, peaks.Length).ToArray();
            var first = Median(everything, QrsFrom, QrsEnd);
            var likeness = Array.ConvertAll(_qrs, qrs => Correlation(qrs, first));
            var least = likeness.Length == 0 ? 0 : Math.Min(SameShape, Quantile([.. likeness.Order()], 0.5));
            _usual = [.. everything.Where(beat => likeness[beat] >= least)];
            _usualQrs = Median(_usual, QrsFrom, QrsEnd);
            _likeness = Array.ConvertAll(_qrs, qrs => Correlation(qrs, _usualQrs));
            Amplitude = Math.Max(0.02, Range(_usualQrs));
            MeanRrS = peaks.Length < 2 ? 1 : (peaks[^1] - peaks[0]) / SampleRateHz / (peaks.Length - 1);
        }

        /// <summary>Range of the usual QRS complex, mV.</summary>
        public double Amplitude { get; }

        public double MeanRrS { get; }

        public double Height(WaveBounds wave) => Range(_mv.AsSpan(wave.Onset, wave.Offset - wave.Onset + 1)) / Amplitude;

        /// <summary>Beats unlike the usual one: how unlike, how wide, how early.</summary>
        public IEnumerable<(string Name, double Value)> Shapes()
        {
            var sorted = _likeness.Length == 0 ? [1] : _likeness.Order().ToArray();
            var sizes = _qrs.Select(qrs => Log(Range(qrs), Amplitude)).DefaultIfEmpty(0).Order().ToArray();
            var areas = _qrs.Select(qrs => Log(qrs.Sum(Math.Abs), _usualQrs.Sum(Math.Abs))).DefaultIfEmpty(0).Order().ToArray();
            var widths = _qrs.Select(Width).DefaultIfEmpty(0).Order().ToArray();
            yield return ("likeness least", sorted[0]);
            yield return ("likeness second", sorted[Math.Min(1, sorted.Length - 1)]);
            yield return ("likeness third", sorted[Math.Min(2, sorted.Length - 1)]);
            yield return ("likeness median", Quantile(sorted, 0.5));
            yield return ("likeness quarter", Quantile(sorted, 0.25));
            yield return ("unlike", sorted.Average(value => value < OtherShape ? 1.0 : 0));
            yield return ("size largest", sizes[^1]);
            yield return ("size smallest", sizes[0]);
            yield return ("area largest", areas[^1]);
            yield return ("width usual", Width(_usualQrs));
            yield return ("width largest", widths[^1]);
            yield return ("width largest/usual", widths[^1] - Width(_usualQrs));
            yield return ("polarity", (_usualQrs.Max() + _usualQrs.Min()) / Amplitude);
            var odd = _likeness.Length == 0 ? -1 : Array.IndexOf(_likeness, sorted[0]);
            yield return ("odd width", odd < 0 ? 0 : Width(_qrs[odd]) - Width(_usualQrs));
            yield return ("odd size", odd < 0 ? 0 : Log(Range(_qrs[odd]), Amplitude));
            yield return ("odd area", odd < 0 ? 0 : Log(_qrs[odd].Sum(Math.Abs), _usualQrs.Sum(Math.Abs)));
            yield return ("odd before", odd < 1 ? 0 : Log((_peaks[odd] - _peaks[odd - 1]) / SampleRateHz, MeanRrS));
            yield return ("odd after", odd < 0 || odd + 1 >= _peaks.Length ? 0 : Log((_peaks[odd + 1] - _peaks[odd]) / SampleRateHz, MeanRrS));
            var difference = Enumerable.Range(0, _peaks.Length).Select(beat => Log(Distance(_qrs[beat], _usualQrs), Amplitude)).DefaultIfEmpty(-LargestLog).Order().ToArray();
            yield return ("difference largest", difference[^1]);
            yield return ("difference median", Quantile(difference, 0.5));
            var early = Enumerable.Range(1, Math.Max(0, _peaks.Length - 1)).Where(beat => (_peaks[beat] - _peaks[beat - 1]) / SampleRateHz < 0.88 * MeanRrS).ToArray();
            yield return ("early likeness", early.Length == 0 ? 1 : early.Average(beat => _likeness[beat]));
            yield return ("early and unlike", early.Count(beat => _likeness[beat] < OtherShape) / (double)Math.Max(1, _peaks.Length));
        }

        /// <summary>The P waves of the usual beats: how far they agree, how they stand out, and where.</summary>
        public IEnumerable<(string Name, double Value)> PWaves()
        {
            int[] usual = [.. _usual.Where(beat => _peaks[beat] + PFrom >= 0)];
            var windows = Array.ConvertAll(usual, beat => Levelled(Cut(_peaks[beat], PFrom, PEnd)));
            var median = usual.Length == 0 ? new float[PEnd - PFrom] : Levelled(Median(usual, PFrom, PEnd));
            var agreement = windows.Select(window => Correlation(window, median)).DefaultIfEmpty(0).Order().ToArray();
            var late = windows.Select(window => Correlation(window.AsSpan(^44..), median.AsSpan(^44..))).DefaultIfEmpty(0).Order().ToArray();
            var noise = windows.Select(window => Distance(window, median) / Amplitude).DefaultIfEmpty(1).Order().ToArray();
            yield return ("p agreement", Quantile(agreement, 0.5));
            yield return ("p agreement quarter", Quantile(agreement, 0.25));
            yield return ("p agreement late", Quantile(late, 0.5));
            yield return ("p agreement late quarter", Quantile(late, 0.25));
            yield return ("p noise", Log(Quantile(noise, 0.5)));
            yield return ("p range", Log(Range(median), Amplitude));
            yield return ("p range/noise", Log(Range(median) / Amplitude, Quantile(noise, 0.5)));

            var whole = usual.Length == 0 ? new float[PEnd + HalfP - PFrom + HalfP] : Median(usual, PFrom - HalfP, PEnd + HalfP);
            var standing = Enumerable.Range(0, PEnd - PFrom).Select(i => whole[i + HalfP] - (whole[i] + whole[i + 2 * HalfP]) / 2).ToArray();
            // The QRS itself begins within the last 60 ms of the window's surroundings.
            var reach = standing.AsSpan(0, standing.Length - 4).ToArray();
            var (up, down) = (Array.IndexOf(reach, reach.Max()), Array.IndexOf(reach, reach.Min()));
            yield return ("p up", Log(reach[up], Amplitude));
            yield return ("p up before r", (PFrom + up) / SampleRateHz * 5);
            yield return ("p down", Log(-reach[down], Amplitude));
            yield return ("p down before r", (PFrom + down) / SampleRateHz * 5);
            var near = reach[^36..];
            yield return ("p near up", Log(near.Max(), Amplitude));
            yield return ("p near up before r", (PEnd - 4 - 36 + Array.IndexOf(near, near.Max())) / SampleRateHz * 5);
            for (var i = 0; i + 6 <= standing.Length; i += 6) yield return ($"p at {(PFrom + i + 3) * 5} ms", Math.Clamp(20 * standing[i..(i + 6)].Average() / Amplitude, -2, 2));
            var t = Median(_usual, QrsEnd, TEnd);
            yield return ("t up", Log(t.Max(), Amplitude));
            yield return ("t range", Log(Range(t), Amplitude));
            var peaksOfT = usual.Select(beat => Cut(_peaks[beat], QrsEnd, TEnd)).Select(window => Correlation(window, t)).DefaultIfEmpty(0).Order().ToArray();
            yield return ("t agreement", Quantile(peaksOfT, 0.5));
            yield return ("t agreement quarter", Quantile(peaksOfT, 0.25));
        }

        /// <summary>The strip with a line in place of each QRS complex.</summary>
        public float[] WithoutQrs()
        {
            var left = (float[])_mv.Clone();
            foreach (var peak in _peaks)
            {
                var (from, to) = (Math.Max(0, peak + CutFrom), Math.Min(left.Length - 1, peak + CutEnd));
                var (start, end) = (left[from], left[to]);
                for (var i = from; i <= to; i++) left[i] = start + (end - start) * (i - from) / Math.Max(1, to - from);
            }

            return left;
        }

        /// <summary>The strip without QRS complexes and less the usual T wave, faded in and out.</summary>
        public float[] Residue()
        {
            var left = WithoutQrs();
            var flat = new Beats(left, _peaks, _usual);
            var (from, to) = (CutEnd, TEnd);
            var t = flat.Median(_usual, from, to);
            var mean = t.Average();
            foreach (var peak in _peaks)
            {
                for (var i = 0; i < t.Length && peak + from + i < left.Length; i++)
                {
                    var fade = Math.Min(1, Math.Min(i + 1, t.Length - i) / 10f);
                    left[peak + from + i] -= fade * (t[i] - mean);
                }
            }

            return left;
        }

        private Beats(float[] mv, int[] peaks, int[] usual) => (_mv, _peaks, _usual, _qrs, _usualQrs, _likeness) = (mv, peaks, usual, [], [], []);

        private float[] Cut(int peak, int from, int end)
        {
            var samples = new float[end - from];
            for (var i = 0; i < samples.Length; i++) samples[i] = _mv[Math.Clamp(peak + from + i, 0, _mv.Length - 1)];
            return samples;
        }

        private float[] Median(int[] beats, int from, int end)
        {
            var (median, values) = (new float[end - from], new float[beats.Length]);
            if (beats.Length == 0) return median;
            for (var i = 0; i < median.Length; i++)
            {
                for (var beat = 0; beat < beats.Length; beat++) values[beat] = _mv[Math.Clamp(_peaks[beats[beat]] + from + i, 0, _mv.Length - 1)];
                Array.Sort(values);
                median[i] = (values[values.Length / 2] + values[(values.Length - 1) / 2]) / 2;
            }

            return median;
        }

        private static float[] Levelled(float[] samples)
        {
            var (start, end) = (samples[..5].Average(), samples[^5..].Average());
            return [.. samples.Select((sample, i) => sample - (start + (end - start) * i / (samples.Length - 1)))];
        }

        private static double Distance(float[] a, float[] b)
        {
            var sum = 0.0;
            for (var i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
            return Math.Sqrt(sum / a.Length);
        }

        /// <summary>Share of the time that it is beyond three tenths of its peak.</summary>
        private static double Width(float[] samples)
        {
            var least = 0.3f * samples.Max(Math.Abs);
            return (double)samples.Count(sample => Math.Abs(sample) > least) / samples.Length;
        }
    }
}

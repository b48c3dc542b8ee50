using EcgImageWeb.Signal.Filtering;

namespace EcgImageWeb.Signal.Delineation;

/// <summary>
/// Finds where P, QRS and T begin and end in one lead. QRS: from the outermost steep slopes outwards until the lead is flat. P and T:
/// in the lead without its QRS complexes and low-pass filtered, from the peak over the steepest point of each flank to the knee, the
/// point furthest from the chord towards the baseline. Beats of one shape then share the median of their boundaries.
/// </summary>
/// <remarks>
/// All constants were chosen on records 1 to 100 of LUDB (all leads alike); records 101 to 200 were only measured, see
/// <see cref="DelineationEvaluation"/>. For leads recorded at the same time <see cref="MultiLeadDelineator"/> is steadier.
/// </remarks>
public static class WaveDelineator
{
    // QRS: slopes of at least these shares of the steepest within reach of R belong to it.
    private const double QrsLowPassHz = 35;
    private const double QrsReachBeforeMs = 90;
    private const double QrsReachAfterMs = 110;
    private const double SteepShareBefore = 0.3;
    private const double SteepShareAfter = 0.2;

    // Flat: the range within this window stays below a share of the QRS amplitude, or below some times the lead's quiet level.
    private const double FlatMs = 22;
    private const double FlatShareBefore = 0.025;
    private const double FlatShareAfter = 0.035;
    private const double QuietFactorBefore = 2;
    private const double QuietFactorAfter = 2.5;
    private const double QuietQuantile = 0.25;
    private const int QuietStep = 5;

    // A flat stretch is not looked for further than this; a P wave close before the QRS would be taken for its beginning.
    private const double FurthestOnsetMs = 120;
    private const double FurthestFromSlopeMs = 45;
    private const double FurthestOffsetMs = 160;

    // The QRS is cut out with this margin before P and T are filtered, so that it does not smear into them.
    private const double CutMarginMs = 20;

    private const double TLowPassHz = 12;
    private const double TSearchStartMs = 60;
    private const double TSearchShareOfRr = 0.65;
    private const double TSearchExtraMs = 60;
    private const double TLatestMs = 520;
    private const double TBeforeNextQrsMs = 40;
    private const double TLeastShare = 0.01;
    private const double TFlankMs = 150;
    private const double TOnsetChordMs = 160;
    private const double TOffsetChordMs = 120;
    private const double UsualRrMs = 800;

    private const double PHighPassHz = 0.5;
    private const double PLowPassHz = 14;
    private const double PEarliestMs = 260;
    private const double PLatestMs = 30;
    private const double PAfterTMs = 20;
    private const double PAfterQrsMs = 200;
    private const double PSideMs = 60;
    private const double PFlankMs = 70;
    private const double POnsetChordMs = 50;
    private const double POffsetChordMs = 35;
    private const double PLeastShare = 0.005;

    // In atrial fibrillation something P-like is found before many beats, but hardly ever the same thing at the same distance.
    private const double SamePShape = 0.5;
    private const double LeastShareOfSameP = 0.5;

    // A P wave that points down is rarer than a dip between T and P.
    private const double DownwardPWeight = 0.7;

    private const double LeastSearchMs = 40;

    // Beats of one shape: correlation around R, among this many neighbours on either side; waves of one kind: like distance to R.
    private const double SameShape = 0.9;
    private const double ShapeReachMs = 80;
    private const double SameDistanceMs = 40;
    private const int Neighbours = 30;

    /// <summary>The waves of each beat.</summary>
    /// <param name="lead">A lead of 100 Hz or more. A wave that touches a gap (NaN) is not reported.</param>
    /// <param name="rPeaks">Its R peaks as rising sample indices, from <see cref="Detection.RPeakDetector"/>.</param>
    /// <returns>One entry for every R peak.</returns>
    public static IReadOnlyList<BeatWaves> Delineate(LeadSignal lead, IReadOnlyList<int> rPeaks)
    {
        if (rPeaks.Count == 0)
            return [];
        var rateHz = lead.SampleRateHz;
        var mv = PacingSpikes.Bridge(Gaps.Bridge(lead.Mv), rateHz);
        var sharp = Butterworth.LowPass(2, Math.Min(QrsLowPassHz, 0.45 * rateHz), rateHz).ApplyZeroPhase(mv);
        var quiet = QuietLevel(sharp, Samples(FlatMs, rateHz));
        var found = rPeaks.Select(r => FindQrs(sharp, r, quiet, rateHz)).ToArray();
        var amplitudes = Array.ConvertAll(found, wave => Range(sharp, wave.Onset, wave.Offset));
        var qrs = ShareWithSameShape(sharp, found, rateHz);

        var cut = WithoutQrs(mv, qrs, Samples(CutMarginMs, rateHz));
        var forT = Butterworth.LowPass(2, TLowPassHz, rateHz).ApplyZeroPhase(cut);
        var forP = Butterworth.HighPass(1, PHighPassHz, rateHz).Then(Butterworth.LowPass(2, PLowPassHz, rateHz)).ApplyZeroPhase(cut);
        var t = new WaveBounds?[qrs.Length];
        var p = new WaveBounds?[qrs.Length];
        for (var i = 0; i < qrs.Length; i++)
            t[i] = FindT(forT, qrs, i, TLeastShare * amplitudes[i], null, rateHz);
        t = [.. t.Select((wave, i) => FindWhereUsual(forT, qrs, t, i, TLeastShare * amplitudes[i], rateHz) ?? wave)];
        for (var i = 0; i < qrs.Length; i++)
            p[i] = FindP(forP, qrs, t, i, PLeastShare * amplitudes[i], rateHz);
        t = ShareWithSameDistance(t, qrs, rateHz);
        p = ShareWithSameDistance(OnlyConsistent(p, qrs, forP, rateHz), qrs, rateHz);
        return [.. qrs.Select((wave, i) => new BeatWaves(Known(p[i], lead.Mv), wave, Known(t[i], lead.Mv)))];
    }

    private static WaveBounds FindQrs(float[] y, int r, double quiet, double rateHz)
    {
        var last = y.Length - 1;
        var (from, to) = (Math.Max(1, r - Samples(QrsReachBeforeMs, rateHz)), Math.Min(last - 1, r + Samples(QrsReachAfterMs, rateHz)));
        double Slope(int i) => i < 1 || i >= last ? 0 : Math.Abs(y[i + 1] - y[i - 1]);
        bool IsTop(int i) => Slope(i) >= Slope(i - 1) && Slope(i) >= Slope(i + 1);
        var steepest = 0.0;
        for (var i = from; i <= to; i++)
            steepest = Math.Max(steepest, Slope(i));
        var (first, final) = (from, to);
        while (first < r && !(IsTop(first) && Slope(first) > SteepShareBefore * steepest))
            first++;
        while (final > r && !(IsTop(final) && Slope(final) > SteepShareAfter * steepest))
            final--;

        var amplitude = to > from ? Range(y, from, to) : 0;
        var flat = Samples(FlatMs, rateHz);
        var (flatBefore, flatAfter) = (Math.Max(FlatShareBefore * amplitude, QuietFactorBefore * quiet), Math.Max(FlatShareAfter * amplitude, QuietFactorAfter * quiet));
        var (earliest, latest) = (
            Math.Max(r - Samples(FurthestOnsetMs, rateHz), first - Samples(FurthestFromSlopeMs, rateHz)), r + Samples(FurthestOffsetMs, rateHz));
        var (onset, offset) = (first, final);
        while (onset > flat && onset > earliest && Range(y, onset - flat, onset) > flatBefore)
            onset--;
        while (offset < last - flat && offset < latest && Range(y, offset, offset + flat) > flatAfter)
            offset++;
        return new WaveBounds(Math.Min(onset, r), r, Math.Max(offset, r));
    }

    private static WaveBounds? FindT(float[] y, WaveBounds[] qrs, int beat, double least, int? usual, double rateHz)
    {
        var (own, next) = (qrs[beat], beat + 1 < qrs.Length ? qrs[beat + 1] : null);
        var rr = next is not null ? next.Peak - own.Peak
            : beat > 0 ? own.Peak - qrs[beat - 1].Peak
            : Samples(UsualRrMs, rateHz);
        var end = next?.Onset ?? y.Length - 1;
        var from = own.Offset + Samples(TSearchStartMs, rateHz);
        var to = Math.Min(
            own.Peak + Math.Min((int)(TSearchShareOfRr * rr) + Samples(TSearchExtraMs, rateHz), Samples(TLatestMs, rateHz)),
            next is null ? end - 1 : end - Samples(TBeforeNextQrsMs, rateHz));
        if (usual is { } distance)
            (from, to) = (Math.Max(from, own.Peak + distance - Samples(SameDistanceMs, rateHz)), Math.Min(to, own.Peak + distance + Samples(SameDistanceMs, rateHz)));
        if (to - from < Samples(LeastSearchMs, rateHz))
            return null;
        // The isoelectric line runs from the beginning of this QRS to that of the next.
        var slope = next is null ? 0 : (y[next.Onset] - y[own.Onset]) / (double)Math.Max(1, next.Onset - own.Onset);
        double Height(int i) => y[i] - y[own.Onset] - slope * (i - own.Onset);
        var peak = -1;
        for (var i = from; i <= to; i++)
        {
            if (IsExtremum(y, i) && Math.Abs(Height(i)) > least && (peak < 0 || Math.Abs(Height(i)) > Math.Abs(Height(peak))))
                peak = i;
        }
        if (peak < 0)
            return null;
        var away = -Math.Sign(Height(peak));
        return new WaveBounds(
            Math.Min(peak, Boundary(y, peak, own.Offset, away, TFlankMs, TOnsetChordMs, rateHz)), peak,
            Boundary(y, peak, end, away, TFlankMs, TOffsetChordMs, rateHz));
    }

    // A T wave far from where the neighbours have theirs is looked for there once more; null where it is not far, or not there.
    private static WaveBounds? FindWhereUsual(float[] y, WaveBounds[] qrs, WaveBounds?[] t, int beat, double least, double rateHz)
    {
        var distances = Near(beat, t.Length).Where(j => t[j] is not null).Select(j => t[j]!.Peak - qrs[j].Peak).Order().ToArray();
        if (distances.Length == 0)
            return null;
        var usual = distances[distances.Length / 2];
        return t[beat] is { } wave && Math.Abs(wave.Peak - qrs[beat].Peak - usual) < Samples(SameDistanceMs, rateHz)
            ? null
            : FindT(y, qrs, beat, least, usual, rateHz);
    }

    private static WaveBounds? FindP(float[] y, WaveBounds[] qrs, WaveBounds?[] t, int beat, double least, double rateHz)
    {
        var own = qrs[beat];
        var from = Math.Max(1, own.Onset - Samples(PEarliestMs, rateHz));
        if (beat > 0)
            from = Math.Max(from, t[beat - 1] is { } wave ? wave.Offset - Samples(PAfterTMs, rateHz) : qrs[beat - 1].Offset + Samples(PAfterQrsMs, rateHz));
        var to = own.Onset - Samples(PLatestMs, rateHz);
        if (to - from < Samples(LeastSearchMs, rateHz))
            return null;
        var side = Samples(PSideMs, rateHz);
        var (peak, best) = (-1, least);
        for (var i = from; i <= to; i++)
        {
            if (!IsExtremum(y, i))
                continue;
            double rise = y[i] - y[Math.Max(0, i - side)], fall = y[i] - y[Math.Min(own.Onset, i + side)];
            var prominence = rise * fall > 0 ? Math.Min(Math.Abs(rise), Math.Abs(fall)) * (rise < 0 ? DownwardPWeight : 1) : 0;
            if (prominence > best)
                (peak, best) = (i, prominence);
        }
        if (peak < 0)
            return null;
        var away = -Math.Sign(y[peak] - y[Math.Max(0, peak - side)]);
        return new WaveBounds(
            Boundary(y, peak, 0, away, PFlankMs, POnsetChordMs, rateHz), peak,
            Boundary(y, peak, own.Onset, away, PFlankMs, POffsetChordMs, rateHz));
    }

    // From the peak towards the limit: the steepest point of the flank, then the knee of the chord from there.
    private static int Boundary(float[] y, int peak, int limit, int away, double flankMs, double chordMs, double rateHz)
    {
        var step = limit >= peak ? 1 : -1;
        int Towards(int from, double ms) => step > 0 ? Math.Min(limit, from + Samples(ms, rateHz)) : Math.Max(limit, from - Samples(ms, rateHz));
        var (steepest, slope) = (peak, 0.0);
        for (var i = peak + step; i != Towards(peak, flankMs) && i > 0 && i < y.Length - 1; i += step)
        {
            var change = (y[i + step] - y[i - step]) * (double)away;
            if (change > slope)
                (steepest, slope) = (i, change);
            // The flank ends where the lead turns back.
            if (slope > 0 && change < 0)
                break;
        }
        return Knee(y, steepest, Towards(steepest, chordMs));
    }

    private static int Knee(float[] y, int from, int to)
    {
        var side = Math.Sign(y[from] - y[to]);
        var (knee, furthest) = (to, double.NegativeInfinity);
        for (var i = from; i != to; i += Math.Sign(to - from))
        {
            var distance = (y[from] + (y[to] - y[from]) * (double)(i - from) / (to - from) - y[i]) * side;
            if (distance > furthest)
                (knee, furthest) = (i, distance);
        }
        return knee;
    }

    private static WaveBounds[] ShareWithSameShape(float[] y, WaveBounds[] waves, double rateHz)
    {
        var reach = Samples(ShapeReachMs, rateHz);
        return [.. waves.Select((wave, i) => Shared(wave, Near(i, waves.Length)
            .Where(j => j == i || Correlation(y, wave.Peak, waves[j].Peak, reach) > SameShape).Select(j => waves[j])))
            .Select(wave => wave with { Onset = Math.Max(0, wave.Onset), Offset = Math.Min(y.Length - 1, wave.Offset) })];
    }

    private static WaveBounds?[] ShareWithSameDistance(WaveBounds?[] waves, WaveBounds[] qrs, double rateHz)
    {
        int Distance(int i) => waves[i]!.Peak - qrs[i].Peak;
        return [.. waves.Select((wave, i) => wave is null ? null : Shared(wave, Near(i, waves.Length)
            .Where(j => waves[j] is not null && Math.Abs(Distance(j) - Distance(i)) < Samples(SameDistanceMs, rateHz)).Select(j => waves[j]!)))];
    }

    // The P waves that at least half of the neighbouring ones resemble in shape and in distance to R.
    private static WaveBounds?[] OnlyConsistent(WaveBounds?[] waves, WaveBounds[] qrs, float[] y, double rateHz)
    {
        var reach = Samples(PSideMs, rateHz);
        bool AreAlike(int i, int j) =>
            Math.Abs(waves[j]!.Peak - qrs[j].Peak - (waves[i]!.Peak - qrs[i].Peak)) < Samples(SameDistanceMs, rateHz)
            && Correlation(y, waves[i]!.Peak, waves[j]!.Peak, reach) > SamePShape;
        return [.. waves.Select((wave, i) =>
        {
            var others = wave is null ? [] : Near(i, waves.Length).Where(j => j != i && waves[j] is not null).ToArray();
            return others.Count(j => AreAlike(i, j)) >= LeastShareOfSameP * others.Length ? wave : null;
        })];
    }

    private static IEnumerable<int> Near(int i, int count) =>
        Enumerable.Range(Math.Max(0, i - Neighbours), Math.Min(count, i + Neighbours + 1) - Math.Max(0, i - Neighbours));

    // The wave with the median of its like's boundaries, counted from their peaks.
    private static WaveBounds Shared(WaveBounds wave, IEnumerable<WaveBounds> like)
    {
        var all = like.ToArray();
        int Median(Func<WaveBounds, int> distance) => all.Select(distance).Order().ElementAt(all.Length / 2);
        return wave with { Onset = wave.Peak + Median(other => other.Onset - other.Peak), Offset = wave.Peak + Median(other => other.Offset - other.Peak) };
    }

    private static float[] WithoutQrs(float[] mv, WaveBounds[] qrs, int margin)
    {
        var cut = (float[])mv.Clone();
        foreach (var wave in qrs)
        {
            var (from, to) = (Math.Max(0, wave.Onset - margin), Math.Min(mv.Length - 1, wave.Offset + margin));
            for (var i = from; i <= to; i++)
                cut[i] = cut[from] + (cut[to] - cut[from]) * (i - from) / Math.Max(1, to - from);
        }
        return cut;
    }

    private static WaveBounds? Known(WaveBounds? wave, float[] mv)
    {
        if (wave is null || wave.Onset < 0 || wave.Offset >= mv.Length)
            return null;
        return mv.AsSpan(wave.Onset..(wave.Offset + 1)).ContainsAnyExceptInRange(float.MinValue, float.MaxValue) ? null : wave;
    }

    private static double QuietLevel(float[] y, int window)
    {
        var ranges = new List<double>();
        for (var i = 0; i + window < y.Length; i += QuietStep)
            ranges.Add(Range(y, i, i + window));
        ranges.Sort();
        return ranges.Count == 0 ? 0 : ranges[(int)(QuietQuantile * ranges.Count)];
    }

    private static double Range(float[] y, int from, int to)
    {
        var (min, max) = (float.MaxValue, float.MinValue);
        for (var i = Math.Max(0, from); i <= Math.Min(y.Length - 1, to); i++)
            (min, max) = (Math.Min(min, y[i]), Math.Max(max, y[i]));
        return max - min;
    }

    private static double Correlation(float[] y, int a, int b, int reach)
    {
        if (Math.Min(a, b) < reach || Math.Max(a, b) + reach >= y.Length)
            return 0;
        return MathNet.Numerics.Statistics.Correlation.Pearson(
            y[(a - reach)..(a + reach + 1)].Select(value => (double)value), y[(b - reach)..(b + reach + 1)].Select(value => (double)value));
    }

    private static bool IsExtremum(float[] y, int i) => i > 0 && i < y.Length - 1 && (y[i] - y[i - 1]) * (y[i + 1] - y[i]) <= 0;

    private static int Samples(double ms, double rateHz) => (int)Math.Round(ms / 1000 * rateHz);
}

using EcgImageWeb.Signal.DataSets;
using EcgImageWeb.Signal.Filtering;

namespace EcgImageWeb.Signal.Beats;

/// <summary>From a lead and its R peaks to the <see cref="BeatMeasures"/> of its beats; a day of beats in bounded memory.</summary>
public static class BeatInputs
{
    /// <summary>Rate of the recordings that the beat networks learn from (MIT-BIH).</summary>
    public const double SampleRateHz = 360;

    /// <summary>
    /// What is done to the lead before: baseline and mains. Wavelet denoising would help the eye, but takes small P waves away by a threshold that rises with
    /// the length it is taken over.
    /// </summary>
    public const BeatFilters Filters = BeatFilters.HighPass | BeatFilters.LowPass;

    // As long as a recording of MIT-BIH: what is usual in a recording is learned over so long.
    private const double BlockS = 1800;

    // Holds the neighbourhood of a block's first and last beat at 20 beats a minute and more.
    private const double MarginS = 60;

    /// <summary>The inputs of all beats, in order, in blocks of half an hour at most.</summary>
    /// <param name="lead">The lead, at any rate; gaps are bridged.</param>
    /// <param name="rPeaks">Its R peaks as rising sample indices.</param>
    public static IEnumerable<float[][]> Of(LeadSignal lead, IReadOnlyList<int> rPeaks)
    {
        var (block, margin) = ((int)(BlockS * lead.SampleRateHz), (int)(MarginS * lead.SampleRateHz));
        for (int start = 0, first = 0; first < rPeaks.Count; start += block)
        {
            var end = first;
            while (end < rPeaks.Count && rPeaks[end] < start + block)
                end++;
            if (end == first)
                continue;
            yield return Inputs(lead, rPeaks, first, end, start - margin, start + block + margin);
            first = end;
        }
    }

    /// <summary>The input of one beat.</summary>
    /// <param name="lead">The lead, at any rate; gaps are bridged.</param>
    /// <param name="rPeaks">Its R peaks as rising sample indices.</param>
    /// <param name="beat">Which of them.</param>
    public static float[] One(LeadSignal lead, IReadOnlyList<int> rPeaks, int beat)
    {
        var margin = (int)(MarginS * lead.SampleRateHz);
        return Inputs(lead, rPeaks, beat, beat + 1, rPeaks[beat] - margin, rPeaks[beat] + margin)[0];
    }

    private static float[][] Inputs(LeadSignal lead, IReadOnlyList<int> rPeaks, int first, int end, int from, int to)
    {
        (from, to) = (Math.Max(0, from), Math.Min(lead.Mv.Length, to));
        var (low, high) = (first, end);
        while (low > 0 && rPeaks[low - 1] >= from)
            low--;
        while (high < rPeaks.Count && rPeaks[high] < to)
            high++;
        var part = Filters.Apply(Resampler.Resample(lead with { Mv = Gaps.Bridge(lead.Mv.AsSpan(from, to - from)) }, SampleRateHz));
        var beats = Enumerable.Range(low, high - low).Select(beat => Cut(part.Mv, rPeaks, beat, from, lead.SampleRateHz)).ToArray();
        return BeatMeasures.Of(beats)[(first - low)..(end - low)];
    }

    /// <summary>A beat's samples; beyond an end of the lead its last value goes on.</summary>
    private static BeatWindow Cut(float[] mv, IReadOnlyList<int> rPeaks, int beat, int from, double rateHz)
    {
        var at = (int)Math.Round((rPeaks[beat] - from) * SampleRateHz / rateHz);
        var samples = new float[2 * BeatSet.Reach];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = mv[Math.Clamp(at - BeatSet.Reach + i, 0, mv.Length - 1)];
        double Rr(int later) => later < 1 || later >= rPeaks.Count ? double.NaN : (rPeaks[later] - rPeaks[later - 1]) / rateHz;
        return new BeatWindow(samples, Rr(beat), Rr(beat + 1));
    }
}

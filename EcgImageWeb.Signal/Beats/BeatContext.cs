using EcgImageWeb.Signal.DataSets;

namespace EcgImageWeb.Signal.Beats;

/// <summary>
/// What is usual around a beat: the median of the neighbouring beats sample by sample, and RR intervals beside their median. The idea is de Chazal,
/// O'Dwyer and Reilly's (2004), who take RR intervals relative to the record's; here it is a neighbourhood, so that ten seconds of a page do.
/// </summary>
public static class BeatContext
{
    /// <summary>Beats on each side that make the neighbourhood: some half a minute in all.</summary>
    public const int Neighbours = 20;

    /// <summary>
    /// Every second of 592 samples around R: filtered beats hold nothing above 45 Hz, a step at 180 Hz takes half the time, and 296 can be halved three
    /// times.
    /// </summary>
    public const int Samples = 296;

    /// <summary>Measures of RR intervals beside the samples.</summary>
    public const int Measures = 8;

    /// <summary>One sample of so many is kept.</summary>
    public const int Every = 2;

    /// <summary>Natural logarithms of RR ratios beyond this (a factor of 7) say no more.</summary>
    private const double LargestLog = 2;

    /// <summary>
    /// The inputs of networks with context: the beat and the median beat, both divided by the median beat's largest magnitude, then the
    /// logarithms of the RR interval before, after, before the one before and after the one after over the neighbourhood's median RR, of after over
    /// before, of the shortest and longest of the neighbourhood over its median, and of the median over one second.
    /// </summary>
    /// <param name="beats">The beats of one lead of one record in order of time, low-passed, each with <see cref="BeatSet.Reach"/> samples on both sides.</param>
    public static float[][] Inputs(IReadOnlyList<BeatWindow> beats) => Inputs(beats, 0, beats.Count);

    /// <summary>The same for some of the beats, whose neighbourhoods may reach into the others.</summary>
    /// <param name="beats">The beats, as above.</param>
    /// <param name="first">The first that is wanted.</param>
    /// <param name="count">How many are.</param>
    public static float[][] Inputs(IReadOnlyList<BeatWindow> beats, int first, int count)
    {
        beats = [.. beats.Select(beat => beat with { Mv = Thinned(beat.Mv) })];
        var inputs = new float[count][];
        for (var index = first; index < first + count; index++)
        {
            var from = Math.Max(0, Math.Min(index - Neighbours, beats.Count - 2 * Neighbours - 1));
            var around = beats.Skip(from).Take(2 * Neighbours + 1).ToArray();
            inputs[index - first] = Input(beats, index, around);
        }

        return inputs;
    }

    private static float[] Thinned(float[] mv)
    {
        var thinned = new float[Samples];
        var first = mv.Length / 2 - Every * Samples / 2;
        for (var sample = 0; sample < Samples; sample++) thinned[sample] = mv[first + Every * sample];
        return thinned;
    }

    private static float[] Input(IReadOnlyList<BeatWindow> beats, int index, BeatWindow[] around)
    {
        var beat = beats[index].Mv;
        var input = new float[2 * beat.Length + Measures];
        var values = new float[around.Length];
        for (var sample = 0; sample < beat.Length; sample++)
        {
            for (var other = 0; other < around.Length; other++) values[other] = around[other].Mv[sample];
            Array.Sort(values);
            input[beat.Length + sample] = values[values.Length / 2];
        }

        var largest = Math.Max(input.Skip(beat.Length).Take(beat.Length).Max(Math.Abs), 1e-3f);
        for (var sample = 0; sample < beat.Length; sample++)
        {
            input[sample] = beat[sample] / largest;
            input[beat.Length + sample] /= largest;
        }

        var intervals = around.Select(other => other.RrBeforeS).Where(double.IsFinite).DefaultIfEmpty(1).Order().ToArray();
        var median = intervals[intervals.Length / 2];
        double Rr(int other) => other < 0 ? double.NaN : other < beats.Count ? beats[other].RrBeforeS : beats[^1].RrAfterS;
        double[] measures =
        [
            Log(Rr(index), median), Log(Rr(index + 1), median), Log(Rr(index - 1), median), Log(Rr(index + 2), median), Log(Rr(index + 1), Rr(index)),
            Log(intervals[intervals.Length / 20], median), Log(intervals[^(1 + intervals.Length / 20)], median), Log(median, 1),
        ];
        for (var measure = 0; measure < measures.Length; measure++) input[2 * beat.Length + measure] = (float)measures[measure];
        return input;
    }

    private static double Log(double value, double of)
    {
        var ratio = Math.Log(value / of);
        return double.IsFinite(ratio) ? Math.Clamp(ratio, -LargestLog, LargestLog) : 0;
    }
}

using EcgImageWeb.Signal.Beats;
using EcgImageWeb.Signal.DataSets;

namespace EcgImageWeb.Training.Data;

/// <summary>What a person's record gives to made-up ones.</summary>
/// <param name="Normal">Normal beats with some room on both sides, samples as of <see cref="BeatExample.Mv"/>, their level before the P wave 0.</param>
/// <param name="Ventricular">Ventricular beats.</param>
/// <param name="Amplitude">Range of the usual QRS, mV.</param>
/// <param name="ShowsP">Whether the normal beats have P waves alike.</param>
public sealed record BeatParts(IReadOnlyList<float[]> Normal, IReadOnlyList<float[]> Ventricular, double Amplitude, bool ShowsP)
{
    private const double LeastBeforeS = 0.55, LeastAfterS = 0.5, LeastCorrelation = 0.93, LeastAgreement = 0.8;

    // Level: the median of so long from so far before R.
    private const double LevelFromS = -0.32, LevelS = 0.05;

    /// <summary>The parts of a record.</summary>
    /// <param name="record">The record.</param>
    public static BeatParts Of(BeatRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var (shape, agreement, range) = (Column("qrs correlation"), Column("usual p agreement"), Column("qrs range"));
        var normal = Enumerable.Range(0, record.Beats.Count).Where(beat => record.Beats[beat] is { Class: AamiClass.N, RrBeforeS: > LeastBeforeS, RrAfterS: > LeastAfterS }
            && record.Measures[beat][shape] > LeastCorrelation).ToArray();
        var amplitudes = normal.Select(beat => Qrs(record.Beats[beat].Mv) / Math.Exp(record.Measures[beat][range])).Order().ToArray();
        var agreements = normal.Select(beat => record.Measures[beat][agreement]).Order().ToArray();
        return new(
            [.. normal.Select(beat => Levelled(record.Beats[beat].Mv))], [.. record.Beats.Where(beat => beat.Class == AamiClass.V).Select(beat => Levelled(beat.Mv))],
            amplitudes.Length == 0 ? 1 : amplitudes[amplitudes.Length / 2], agreements.Length > 0 && agreements[agreements.Length / 2] > LeastAgreement);
    }

    private static int Column(string name) => Enumerable.Range(0, BeatMeasures.Count).First(index => BeatMeasures.Names[index] == name);

    private static double Qrs(float[] mv)
    {
        var qrs = mv.AsSpan(mv.Length / 2 - (int)(0.1 * BeatInputs.SampleRateHz), (int)(0.24 * BeatInputs.SampleRateHz)).ToArray();
        return qrs.Max() - qrs.Min();
    }

    private static float[] Levelled(float[] mv)
    {
        var level = mv.Skip(mv.Length / 2 + (int)(LevelFromS * BeatInputs.SampleRateHz)).Take((int)(LevelS * BeatInputs.SampleRateHz)).Order().ToArray();
        return Array.ConvertAll(mv, value => value - level[level.Length / 2]);
    }
}

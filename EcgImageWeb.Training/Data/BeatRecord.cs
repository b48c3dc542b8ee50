using EcgImageWeb.Signal.Beats;
using EcgImageWeb.Signal.DataSets;

namespace EcgImageWeb.Training.Data;

/// <summary>The beats of one lead of one recording, filtered, with their measures.</summary>
/// <param name="Name">The record.</param>
/// <param name="Beats">Its beats in order of time.</param>
/// <param name="Aberrated">Of each, whether it is an atrial premature beat that the ventricles conduct aberrantly: S by its class, V by its looks.</param>
public sealed record BeatRecord(string Name, IReadOnlyList<BeatExample> Beats, IReadOnlyList<bool> Aberrated)
{
    /// <summary>The measures of every beat, relative to the whole record.</summary>
    public IReadOnlyList<float[]> Measures { get; } = BeatMeasures.Of([.. Beats.Select(beat => beat.Window)]);

    /// <summary>The beats of a stretch, which know of no others, as those of a page do not.</summary>
    /// <param name="from">First sample of the stretch.</param>
    /// <param name="seconds">Its length.</param>
    /// <returns>None where the stretch has no beat.</returns>
    public BeatRecord? Stretch(long from, double seconds)
    {
        int[] chosen = [.. Enumerable.Range(0, Beats.Count).Where(beat => Beats[beat].Sample >= from && Beats[beat].Sample < from + seconds * BeatInputs.SampleRateHz)];
        if (chosen.Length == 0) return null;
        var beats = Array.ConvertAll(chosen, beat => Beats[beat]);
        beats[0] = beats[0] with { RrBeforeS = double.NaN };
        beats[^1] = beats[^1] with { RrAfterS = double.NaN };
        return new BeatRecord(Name, beats, Array.ConvertAll(chosen, beat => Aberrated[beat]));
    }
}

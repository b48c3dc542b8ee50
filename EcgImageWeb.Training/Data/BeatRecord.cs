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
}

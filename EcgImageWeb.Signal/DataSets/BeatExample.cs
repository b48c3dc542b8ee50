using EcgImageWeb.Signal.Beats;

namespace EcgImageWeb.Signal.DataSets;

/// <summary>One beat for a classifier.</summary>
/// <param name="Record">Record it is from.</param>
/// <param name="Sample">Sample of its R peak in the record.</param>
/// <param name="Class">Its AAMI class.</param>
/// <param name="Mv">Samples before and after R in mV; R stands at the middle.</param>
/// <param name="RrBeforeS">Time since the beat before in seconds; NaN for the first.</param>
/// <param name="RrAfterS">Time to the next beat in seconds; NaN for the last.</param>
public sealed record BeatExample(string Record, long Sample, AamiClass Class, float[] Mv, double RrBeforeS, double RrAfterS)
{
    /// <summary>The beat without its origin and class.</summary>
    public BeatWindow Window => new(Mv, RrBeforeS, RrAfterS);
}

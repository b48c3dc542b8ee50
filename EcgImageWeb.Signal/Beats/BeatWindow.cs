namespace EcgImageWeb.Signal.Beats;

/// <summary>One beat as a network sees it.</summary>
/// <param name="Mv">Samples before and after R in mV, <see cref="DataSets.BeatSet.Reach"/> on either side; R stands at the middle.</param>
/// <param name="RrBeforeS">Time since the beat before in seconds; NaN for the first.</param>
/// <param name="RrAfterS">Time to the next beat in seconds; NaN for the last.</param>
public sealed record BeatWindow(float[] Mv, double RrBeforeS, double RrAfterS);

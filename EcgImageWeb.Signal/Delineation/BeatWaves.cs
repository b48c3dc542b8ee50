namespace EcgImageWeb.Signal.Delineation;

/// <summary>The waves of one beat in one lead, as sample indices.</summary>
/// <param name="P">P wave; null where none stands out (atrial fibrillation, ventricular beats, or the lead shows none).</param>
/// <param name="Qrs">QRS complex, its peak is the R peak.</param>
/// <param name="T">T wave; null where none stands out or the lead ends before it.</param>
public sealed record BeatWaves(WaveBounds? P, WaveBounds Qrs, WaveBounds? T);

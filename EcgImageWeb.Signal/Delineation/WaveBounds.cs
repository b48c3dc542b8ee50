namespace EcgImageWeb.Signal.Delineation;

/// <summary>Where a wave begins, peaks and ends.</summary>
/// <param name="Onset">First sample of the wave.</param>
/// <param name="Peak">Sample of its largest deflection.</param>
/// <param name="Offset">Last sample of the wave.</param>
public sealed record WaveBounds(int Onset, int Peak, int Offset);

using EcgImageWeb.Signal.Measures;

namespace EcgImageWeb.Signal.Detection;

/// <summary>One point of the noise stress curve.</summary>
/// <param name="Noise">Noise record: <c>em</c> electrode motion, <c>ma</c> muscle, <c>bw</c> baseline wander.</param>
/// <param name="SnrDb">Signal-to-noise ratio in dB.</param>
/// <param name="Within150Ms">Beats of the noisy stretches, paired at most 150 ms apart.</param>
public sealed record NoiseStressPoint(string Noise, double SnrDb, BeatScore Within150Ms);

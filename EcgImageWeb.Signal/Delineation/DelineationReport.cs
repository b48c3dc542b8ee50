using EcgImageWeb.Signal.Measures;

namespace EcgImageWeb.Signal.Delineation;

/// <summary>What a delineation is worth.</summary>
/// <param name="Boundaries">Errors of the six boundaries.</param>
/// <param name="Waves">Found and missed waves by name: P, QRS, T; pairs have peaks at most 150 ms apart.</param>
public sealed record DelineationReport(IReadOnlyList<BoundaryError> Boundaries, IReadOnlyDictionary<string, BeatScore> Waves);

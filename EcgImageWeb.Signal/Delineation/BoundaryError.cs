namespace EcgImageWeb.Signal.Delineation;

/// <summary>How far found boundaries lie from annotated ones.</summary>
/// <param name="Boundary">P onset, P offset, QRS onset, QRS offset, T onset or T offset.</param>
/// <param name="Count">Waves that were both annotated and found.</param>
/// <param name="MeanMs">Mean of found minus annotated.</param>
/// <param name="DeviationMs">Standard deviation of found minus annotated.</param>
/// <param name="ToleranceMs">
/// What the CSE working party accepts as deviation (Recommendations for measurement standards in quantitative electrocardiography, European
/// Heart Journal 1985: two standard deviations among referees); null for the T onset, for which it gives none.
/// </param>
public sealed record BoundaryError(string Boundary, int Count, double MeanMs, double DeviationMs, double? ToleranceMs);

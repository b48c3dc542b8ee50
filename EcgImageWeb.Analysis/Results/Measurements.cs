namespace EcgImageWeb.Analysis.Results;

/// <summary>Rate and intervals of a page or record; null where it does not show enough for one.</summary>
/// <param name="HeartRateBpm">Beats per minute, from the mean RR interval.</param>
/// <param name="PrMs">P onset to QRS onset, median, ms.</param>
/// <param name="QrsMs">QRS duration, median, ms.</param>
/// <param name="QtMs">QRS onset to T offset, median, ms.</param>
/// <param name="QtcBazettMs">QT / √RR, ms.</param>
/// <param name="QtcFridericiaMs">QT / ∛RR, ms.</param>
/// <param name="Leads">The leads they were measured in.</param>
public sealed record Measurements(
    double? HeartRateBpm, double? PrMs, double? QrsMs, double? QtMs, double? QtcBazettMs, double? QtcFridericiaMs, IReadOnlyList<string> Leads);

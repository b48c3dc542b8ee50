namespace EcgImageWeb.Analysis.Results;

/// <summary>How well one lead of a drawn page was read.</summary>
/// <param name="Name">The lead.</param>
/// <param name="SnrDb">dB; null where the lead was not read.</param>
/// <param name="Correlation">Pearson's; null where the lead was not read.</param>
/// <param name="RmseMv">Root of the mean squared error, mV.</param>
/// <param name="Coverage">Share of its drawn samples that were read.</param>
/// <param name="IsReally">The lead whose signal stands under this name; null where the name is right, or nothing was read.</param>
public sealed record TruthLead(string Name, double? SnrDb, double? Correlation, double? RmseMv, double? Coverage, string? IsReally);

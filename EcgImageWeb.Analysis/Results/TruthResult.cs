namespace EcgImageWeb.Analysis.Results;

/// <summary>How well a page was read that was drawn from known signals (measure of the PhysioNet digitization challenge).</summary>
/// <param name="Record">The record it was drawn from.</param>
/// <param name="Layout">The layout it was drawn in.</param>
/// <param name="MmPerS">Paper speed it was drawn with.</param>
/// <param name="MmPerMv">Gain it was drawn with.</param>
/// <param name="SnrDb">Of the whole page, dB; null where nothing can be said.</param>
/// <param name="Correlation">Mean over the leads.</param>
/// <param name="Coverage">Share of the drawn samples that were read.</param>
/// <param name="Leads">Lead by lead.</param>
public sealed record TruthResult(
    string Record, string Layout, double MmPerS, double MmPerMv, double? SnrDb, double? Correlation, double? Coverage, IReadOnlyList<TruthLead> Leads);

namespace EcgImageWeb.Analysis.Results;

/// <summary>One lead of the page.</summary>
/// <param name="Key">Stem of its files below <c>leads/</c>: <c>I</c> … <c>V6</c>, <c>rhythm</c>.</param>
/// <param name="Name">The lead.</param>
/// <param name="NameFrom"><c>layout</c>, <c>text</c> or <c>user</c>.</param>
/// <param name="Box">Its rectangle.</param>
/// <param name="StartS">Seconds at its left end.</param>
/// <param name="EndS">Seconds at its right end.</param>
/// <param name="Coverage">Share of its time in which it was read, 0 to 1; without signals of the columns of its box.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Threshold">Otsu's gray level.</param>
/// <param name="ImageModels">Probability by class, by model; only models that look at single leads.</param>
/// <param name="BoxFrom"><c>user</c> where a person set the box; else null.</param>
/// <param name="Redrawn">Pieces of the trace that a person drew; null where there are none.</param>
public sealed record LeadResult(
    string Key,
    string Name,
    string NameFrom,
    Box Box,
    double StartS,
    double EndS,
    double Coverage,
    double Confidence,
    double Threshold,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? ImageModels,
    string? BoxFrom = null,
    int? Redrawn = null)
{
    /// <summary>The answer of each signal model, by its name; null for a lead that is too short, or not digitized.</summary>
    public IReadOnlyDictionary<string, SignalAnswer>? SignalModels { get; init; }
}

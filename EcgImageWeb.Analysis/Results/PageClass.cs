namespace EcgImageWeb.Analysis.Results;

/// <summary>One model's answer for the page.</summary>
/// <param name="Class">The class with the highest probability.</param>
/// <param name="Aggregation">How the leads' answers were combined; null for a model that sees the whole page.</param>
/// <param name="Probabilities">By class, summing to 1.</param>
/// <param name="Agreement">Share of leads whose own class is the page's, 0 to 1; null where leads have no answer of their own.</param>
/// <param name="ByAggregation">Probabilities by every way of combining; null for a model that sees the whole page.</param>
public sealed record PageClass(
    string Class,
    string? Aggregation,
    IReadOnlyDictionary<string, double> Probabilities,
    double? Agreement,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? ByAggregation);

using EcgImageWeb.Analysis.Results;

namespace EcgImageWeb.Client.Result;

/// <summary>What one model says about a page when its leads are combined in one way.</summary>
/// <param name="Model">The model.</param>
/// <param name="Aggregation">How the leads were combined; null for a model that sees the whole page.</param>
/// <param name="Class">The page's class.</param>
/// <param name="Probabilities">By class.</param>
/// <param name="Agreeing">Leads whose own class is the page's; null where leads have no answer of their own.</param>
/// <param name="Leads">Leads with an answer of their own.</param>
public sealed record Answer(
    string Model,
    string? Aggregation,
    string Class,
    IReadOnlyDictionary<string, double> Probabilities,
    int? Agreeing,
    int Leads)
{
    // The order in which a model is preferred where nobody has chosen: the one that sees all leads is the best on validation pages.
    private static readonly string[] Preferred = ["page", "crnn", "cnn"];

    /// <summary>Probability of the page's class.</summary>
    public double Probability => Probabilities[Class];

    /// <summary>Share of leads that agree, 0 to 1.</summary>
    public double? Agreement => Agreeing is { } count && Leads > 0 ? (double)count / Leads : null;

    /// <summary>The names of the models that answered, preferred first.</summary>
    public static IReadOnlyList<string> ModelsOf(AnalysisResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var models = result.Page.ImageModels?.Keys ?? [];
        return [.. models.OrderBy(name => Array.IndexOf(Preferred, name) is var at && at < 0 ? Preferred.Length : at)];
    }

    /// <summary>The answer shown first; null when no model answered.</summary>
    public static Answer? Default(AnalysisResult result) => ModelsOf(result) is [var first, ..] ? Of(result, first, null) : null;

    /// <summary>The answer of a model under an aggregation; what the result does not have falls back to what it was made with.</summary>
    public static Answer? Of(AnalysisResult result, string model, string? aggregation)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Page.ImageModels?.GetValueOrDefault(model) is not { } page)
            return null;
        var other = aggregation is not null && aggregation != page.Aggregation ? page.ByAggregation?.GetValueOrDefault(aggregation) : null;
        var top = other is null ? page.Class : Top(other, page.ByAggregation?.GetValueOrDefault("mean"));
        var own = result.Leads.Select(lead => LeadClass(lead, model)).OfType<string>().ToArray();
        return new Answer(
            model,
            other is null ? page.Aggregation : aggregation,
            top,
            other ?? page.Probabilities,
            own.Length == 0 ? null : own.Count(name => name == top),
            own.Length);
    }

    /// <summary>A lead's own class under a model; null where it has none.</summary>
    public static string? LeadClass(LeadResult lead, string model)
    {
        ArgumentNullException.ThrowIfNull(lead);
        return lead.ImageModels?.GetValueOrDefault(model) is { Count: > 0 } own ? own.MaxBy(p => p.Value).Key : null;
    }

    // Classes with equally many votes are ranked by their mean probability, as in Inference.Aggregation.
    private static string Top(IReadOnlyDictionary<string, double> probabilities, IReadOnlyDictionary<string, double>? mean) =>
        probabilities.OrderByDescending(p => p.Value).ThenByDescending(p => mean?.GetValueOrDefault(p.Key) ?? 0).First().Key;
}

using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Analysis;

/// <summary>What the image models said of one page.</summary>
/// <param name="Pages">By model; null when none answered.</param>
/// <param name="Leads">By model, one entry a lead with the probability by class; only models that look at single leads.</param>
/// <param name="Models">The models that answered.</param>
/// <param name="Notes">Which models were asked for and are not there, and what device was fallen back to.</param>
public sealed record ImageAnswers(
    IReadOnlyDictionary<string, PageClass>? Pages,
    IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, double>>> Leads,
    IReadOnlyList<ModelInfo> Models,
    IReadOnlyList<Note> Notes)
{
    /// <summary>Probability by class by model for one lead; null when no model looks at single leads.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? LeadProbabilities(int lead) =>
        Leads.Count == 0 ? null : Leads.ToDictionary(model => model.Key, model => model.Value[lead]);

    /// <summary>Pairs classes with their probabilities, four decimals.</summary>
    public static IReadOnlyDictionary<string, double> ByClass(IReadOnlyList<string> labels, IReadOnlyList<double> probabilities) =>
        labels.Zip(probabilities).ToDictionary(pair => pair.First, pair => Math.Round(pair.Second, 4));
}

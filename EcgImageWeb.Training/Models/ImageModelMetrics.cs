using System.Text.Json.Nodes;
using EcgImageWeb.Inference;
using EcgImageWeb.Training.Evaluation;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Models;

/// <summary>A model's figures for its manifest: the same measures under every protocol that has been run, side by side, shares of 1.</summary>
public static class ImageModelMetrics
{
    /// <summary>
    /// An object a protocol: <c>cross_validation</c> (five folds by group, all pages), <c>honest_split</c> (part b) and <c>paper_protocol</c> (part a,
    /// copies of a page on both sides); each with pages, page_accuracy and page_macro_f1 (with 95 % intervals over groups), and for models of single
    /// leads lead_accuracy and lead_macro_f1.
    /// </summary>
    /// <param name="find">Gives the result of a model's part, or null.</param>
    /// <param name="model">The model's name.</param>
    public static JsonObject Of(Func<string, string, PartResult?> find, string model)
    {
        var metrics = new JsonObject();
        var folds = ImageModelEvaluation.Parts.Where(part => part.StartsWith("cv", StringComparison.Ordinal));
        if (folds.All(fold => find(model, fold) is not null)) metrics["cross_validation"] = Of(ImageModelReport.CrossValidated(find, model));
        if (find(model, "b") is { } honest) metrics["honest_split"] = Of(honest.Validation);
        if (find(model, "a") is { } paper) metrics["paper_protocol"] = Of(paper.Validation);
        return metrics;
    }

    /// <summary>The measures of pages a model did not learn from.</summary>
    /// <param name="predictions">The pages.</param>
    public static JsonObject Of(IReadOnlyList<PagePrediction> predictions)
    {
        var pages = ImageModelReport.Matrix(predictions);
        var metrics = new JsonObject
        {
            ["pages"] = predictions.Count,
            ["page_accuracy"] = Rounded(pages.Accuracy),
            ["page_accuracy_interval"] = Interval(predictions, matrix => matrix.Accuracy),
            ["page_macro_f1"] = Rounded(pages.MacroF1),
            ["page_macro_f1_interval"] = Interval(predictions, matrix => matrix.MacroF1),
        };
        if (predictions[0].Rows.Length == 1) return metrics;
        var leads = ImageModelReport.Leads(predictions);
        metrics["lead_accuracy"] = Rounded(leads.Accuracy);
        metrics["lead_macro_f1"] = Rounded(leads.MacroF1);
        return metrics;
    }

    private static JsonArray Interval(IReadOnlyList<PagePrediction> predictions, Func<ConfusionMatrix, double> statistic)
    {
        var truth = predictions.Select(page => page.Truth).ToArray();
        var answers = predictions.Select(page => page.Class(Aggregation.Default)).ToArray();
        var interval = Bootstrap.Percentile(
            [.. predictions.Select(page => page.Group)],
            chosen => statistic(ConfusionMatrix.Of(ImageNetworks.Labels, [.. chosen.Select(index => truth[index])], [.. chosen.Select(index => answers[index])])));
        return [Rounded(interval.Low), Rounded(interval.High)];
    }

    private static double Rounded(double share) => Math.Round(share, 4);
}

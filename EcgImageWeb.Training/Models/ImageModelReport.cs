using System.Text;
using EcgImageWeb.Inference;
using EcgImageWeb.Training.Evaluation;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Models;

/// <summary>The evaluation's parts as one Markdown text: the paper's protocol and the honest one side by side, cross-validation, aggregation.</summary>
public static class ImageModelReport
{
    private static readonly string[] Models = [.. ImageModel.All.Select(model => model.Name)];

    /// <summary>What the paper reports (V): accuracy while training, validation accuracy, precision, recall, F1, in percent.</summary>
    private static readonly Dictionary<string, string[]> Paper = new()
    {
        ["cnn"] = ["97.82", "93.40", "93.45", "93.38", "93.31"],
        ["crnn"] = ["98.82", "93.72", "93.74", "93.72", "93.70"],
    };

    /// <summary>Writes the report of what has been run, and names what has not.</summary>
    /// <param name="find">Gives the result of a model's part, or null.</param>
    public static string Write(Func<string, string, PartResult?> find)
    {
        var report = new StringBuilder();
        report.Append("## The paper's protocol (a) and the honest one (b), in percent\n\n");
        report.Append("(a) has copies of the same pages on both sides. Lead images of the validation side, for `page` whole pages; the last row of cnn and crnn is what the paper reports.\n\n");
        report.Append(Protocols(find));
        report.Append("\n## Per page: honest split (b) and cross-validation by group, in percent, with 95 % bootstrap intervals over groups\n\n");
        report.Append(Pages(find));
        report.Append("\n## Ways of combining leads, accuracy and macro F1 of pages in percent\n\n");
        report.Append(Combinations(find));
        foreach (var model in Models)
        {
            var predictions = CrossValidated(find, model);
            if (predictions.Count == 0) continue;
            var matrix = Matrix(predictions);
            report.Append($"\n### {model}, cross-validation, pages\n\n").Append(MarkdownTable.Counts(matrix)).Append('\n').Append(MarkdownTable.Of(matrix));
        }

        var missing = Models.SelectMany(model => ImageModelEvaluation.Parts.Where(part => find(model, part) is null).Select(part => $"{model}:{part}")).ToArray();
        if (missing.Length > 0) report.Append($"\nNot run yet: {string.Join(", ", missing)}.\n");
        return report.ToString();
    }

    /// <summary>The confusion matrix of pages.</summary>
    /// <param name="predictions">The pages.</param>
    /// <param name="method">How leads are combined.</param>
    public static ConfusionMatrix Matrix(IReadOnlyList<PagePrediction> predictions, AggregationMethod method = Aggregation.Default)
        => ConfusionMatrix.Of(ImageNetworks.Labels, [.. predictions.Select(page => page.Truth)], [.. predictions.Select(page => page.Class(method))]);

    private static string Protocols(Func<string, string, PartResult?> find)
    {
        var rows = new List<string[]>();
        foreach (var model in Models)
        {
            foreach (var part in new[] { "a", "b" })
            {
                if (find(model, part) is not { } result) continue;
                var leads = Leads(result.Validation);
                var train = result.History.FirstOrDefault(epoch => epoch.Epoch == result.BestEpoch) ?? result.History[^1];
                rows.Add([
                    $"{model} ({part})", MarkdownTable.Percent(train.Accuracy), MarkdownTable.Percent(leads.Accuracy), MarkdownTable.Percent(leads.MacroPrecision),
                    MarkdownTable.Percent(leads.MacroRecall), MarkdownTable.Percent(leads.MacroF1),
                    result.Test.Count == 0 ? "" : MarkdownTable.Percent(Leads(result.Test).Accuracy), $"{result.BestEpoch}/{result.History.Count}"]);
            }

            if (Paper.TryGetValue(model, out var printed)) rows.Add([$"{model}, the paper", .. printed, "", ""]);
        }

        return MarkdownTable.Of(["model", "training accuracy", "accuracy", "precision", "recall", "F1", "test accuracy", "epoch"], rows);
    }

    private static string Pages(Func<string, string, PartResult?> find)
    {
        var rows = new List<string[]>();
        foreach (var model in Models)
        {
            if (find(model, "b") is { } honest)
            {
                rows.Add(Row($"{model} (b)", honest.Validation));
                rows.Add(Row($"{model} (b), blanked", honest.Blanked));
            }

            var folds = CrossValidated(find, model);
            if (folds.Count > 0)
            {
                var results = Results(find, model).ToArray();
                rows.Add(Row($"{model} (cv)", folds, CalibrationAcross([.. results.Select(result => result.Validation)])));
                rows.Add(Row($"{model} (cv), blanked", [.. results.SelectMany(result => result.Blanked)]));
            }
        }

        return MarkdownTable.Of(["model", "pages", "accuracy", "interval", "macro F1", "interval", "calibration error", "at its temperature", "leads' accuracy"], rows);
    }

    private static string[] Row(string name, IReadOnlyList<PagePrediction> predictions, double? calibrated = null)
    {
        var truth = predictions.Select(page => page.Truth).ToArray();
        var answers = predictions.Select(page => page.Class(Aggregation.Default)).ToArray();
        var groups = predictions.Select(page => page.Group).ToArray();
        ConfusionMatrix Of(IReadOnlyList<int> chosen) => ConfusionMatrix.Of(ImageNetworks.Labels, [.. chosen.Select(index => truth[index])], [.. chosen.Select(index => answers[index])]);
        string Between(Func<ConfusionMatrix, double> statistic)
        {
            var interval = Bootstrap.Percentile(groups, chosen => statistic(Of(chosen)));
            return $"{MarkdownTable.Percent(interval.Low)} to {MarkdownTable.Percent(interval.High)}";
        }

        var matrix = Matrix(predictions);
        var error = Calibration.ExpectedError([.. predictions.Select(page => page.Probabilities(Aggregation.Default))], truth);
        return [
            name, $"{predictions.Count}", MarkdownTable.Percent(matrix.Accuracy), Between(part => part.Accuracy),
            MarkdownTable.Percent(matrix.MacroF1), Between(part => part.MacroF1), MarkdownTable.Percent(error),
            calibrated is { } value ? MarkdownTable.Percent(value) : "",
            predictions[0].Rows.Length == 1 ? "" : MarkdownTable.Percent(Leads(predictions).Accuracy)];
    }

    /// <summary>Calibration error of pages, each fold at the temperature that fits the other folds best; null with a single fold.</summary>
    private static double? CalibrationAcross(IReadOnlyList<PagePrediction>[] folds)
    {
        if (folds.Length < 2) return null;
        static double[][] Probabilities(IEnumerable<PagePrediction> pages) => [.. pages.Select(page => page.Probabilities(Aggregation.Default))];
        var tempered = new List<double[]>();
        foreach (var fold in folds)
        {
            var others = folds.Where(other => other != fold).SelectMany(other => other).ToArray();
            var temperature = Calibration.FitTemperature(Probabilities(others), [.. others.Select(page => page.Truth)]);
            tempered.AddRange(Probabilities(fold).Select(row => Calibration.Tempered(row, temperature)));
        }

        return Calibration.ExpectedError(tempered, [.. folds.SelectMany(fold => fold).Select(page => page.Truth)]);
    }

    private static string Combinations(Func<string, string, PartResult?> find)
        => MarkdownTable.Of(
            ["model", .. Aggregation.Methods.Select(Aggregation.NameOf)],
            Models.SelectMany(model => new[] { ($"{model} (b)", find(model, "b")?.Validation ?? []), ($"{model} (cv)", CrossValidated(find, model)) })
                .Where(entry => entry.Item2.Count > 0 && entry.Item2[0].Rows.Length > 1)
                .Select(entry => (IReadOnlyList<string>)[entry.Item1, .. Aggregation.Methods.Select(method =>
                {
                    var matrix = Matrix(entry.Item2, method);
                    return $"{MarkdownTable.Percent(matrix.Accuracy)} {MarkdownTable.Percent(matrix.MacroF1)}";
                })]));

    /// <summary>The confusion matrix of single leads.</summary>
    /// <param name="predictions">The pages.</param>
    public static ConfusionMatrix Leads(IReadOnlyList<PagePrediction> predictions) => ConfusionMatrix.Of(
        ImageNetworks.Labels,
        [.. predictions.SelectMany(page => page.Rows.Select(_ => page.Truth))],
        [.. predictions.SelectMany(page => page.Rows.Select(row => row.AsSpan().IndexOf(row.Max())))]);

    private static IEnumerable<PartResult> Results(Func<string, string, PartResult?> find, string model)
        => ImageModelEvaluation.Parts.Where(part => part.StartsWith("cv", StringComparison.Ordinal)).Select(part => find(model, part)).OfType<PartResult>();

    /// <summary>The answers of the folds of a model that have been run.</summary>
    /// <param name="find">Gives the result of a model's part, or null.</param>
    /// <param name="model">The model's name.</param>
    public static IReadOnlyList<PagePrediction> CrossValidated(Func<string, string, PartResult?> find, string model)
        => [.. Results(find, model).SelectMany(result => result.Validation)];
}

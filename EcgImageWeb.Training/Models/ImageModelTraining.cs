using System.Globalization;
using System.Text;
using EcgImageWeb.Inference;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Training.Charts;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Evaluation;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Models;

/// <summary>Trains an image model under the honest protocol and writes everything a person wants to see of it, and the model's folder.</summary>
public static class ImageModelTraining
{
    /// <summary>
    /// Learns from the training pages of splits.csv. Writes to the output folder: history.csv, accuracy.svg, loss.svg, confusion.svg, report.md,
    /// and <c>model/</c> with ONNX file, manifest and card, which is what goes to <c>models/NAME</c>. The temperature is fitted on the answers of
    /// cross-validation where that has been run, otherwise on the validation pages.
    /// </summary>
    /// <param name="name">cnn, crnn or page.</param>
    /// <param name="evaluation">The data, and what has been evaluated.</param>
    /// <param name="outputFolder">Results and checkpoint.</param>
    /// <param name="epochs">Epochs at most; null for the model's own number.</param>
    /// <param name="resume">Whether to go on from what the evaluation's honest part or the output folder's checkpoint holds.</param>
    /// <param name="allPages">
    /// Whether to learn from training and validation pages together, once everything is frozen: only for a model that chooses no epoch and has been
    /// cross-validated, since nothing is left to measure on.
    /// </param>
    /// <param name="commit">The commit that trains, for the manifest.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellationToken">Stops between steps; the last checkpoint stays.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentException">There is no such model, or it cannot learn from all pages.</exception>
    public static string Train(
        string name,
        ImageModelEvaluation evaluation,
        string outputFolder,
        int? epochs = null,
        bool resume = false,
        bool allPages = false,
        string? commit = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var model = ImageModel.Named(name);
        var crossValidated = evaluation.CrossValidated(name);
        if (allPages && (model.ChoosesEpoch || crossValidated.Count == 0))
            throw new ArgumentException($"{name} cannot learn from all pages: it must choose no epoch and have been cross-validated, since no page is left to measure it on.", nameof(allPages));

        var reports = evaluation.Reports;
        var honest = Protocols.DistinctPages(reports.Pages);
        var fit = new FitOptions(outputFolder, resume, epochs, Progress: progress);
        IReadOnlyList<int> train = allPages ? [.. honest.Train, .. honest.Validation] : honest.Train;
        ModelFit learned;
        IReadOnlyList<PagePrediction> predictions;
        if (allPages)
        {
            learned = model.Fit(reports, train, null, fit, cancellationToken);
            predictions = crossValidated;
        }
        else if (resume && epochs is null)
        {
            // The evaluation's honest part is this very training.
            var part = evaluation.Run(name, "b", progress, cancellationToken);
            learned = new ModelFit(evaluation.Ensemble(name, "b"), part.History, part.BestEpoch);
            predictions = part.Validation;
        }
        else
        {
            learned = model.Fit(reports, train, honest.Validation, fit, cancellationToken);
            predictions = ImageModelEvaluation.Predict(model, learned.Ensemble, reports, honest.Validation, cancellationToken);
        }

        var ensemble = learned.Ensemble with { Temperature = Math.Round(Temperature(crossValidated.Count > 0 ? crossValidated : predictions), 3) };
        var matrix = ImageModelReport.Matrix(predictions);
        Draw(outputFolder, name, learned.History, matrix, allPages);
        var exports = ModelExports.Measure(name, ensemble, model.Examples(reports, honest.Validation), cancellationToken);
        var chosen = ModelExports.Choose(exports);
        var report = Report(name, learned, ensemble, predictions, matrix, allPages) + "\n## Weights\n\n" + ModelExports.Table(exports, chosen);
        AtomicFile.WriteText(Path.Combine(outputFolder, "report.md"), report);

        var metrics = ImageModelMetrics.Of(evaluation.Find, name);
        if (!allPages) metrics["honest_split"] = ImageModelMetrics.Of(predictions);

        var manifest = ModelFolder.Manifest(name, ensemble.Members[0].Network, chosen.Onnx, model.Preprocessing) with
        {
            Data = "ECG Images dataset of Cardiac Patients (Mendeley Data, doi 10.17632/gwbz3fsgp8.2, CC BY 4.0), " + (allPages ? "training and validation pages" : "training pages"),
            Protocol = allPages
                ? $"{train.Count} distinct pages learned from; measured by 5-fold cross-validation over the same pages, groups of one printed ID never on both sides"
                : $"{train.Count} distinct pages learned from, {predictions.Count} held out; groups of one printed ID never on both sides",
            Metrics = metrics,
            Trained = new ModelTraining { Commit = commit, Seed = fit.Seed, Epochs = learned.BestEpoch, Machine = $"{Environment.ProcessorCount} CPU core(s)" },
        };
        ModelFolder.Write(Path.Combine(outputFolder, "model"), manifest, chosen.Onnx, Card(name, manifest, report));
        return report;
    }

    /// <summary>The temperature that fits held-out answers best, lead by lead where there are leads.</summary>
    private static double Temperature(IReadOnlyList<PagePrediction> held) => Calibration.FitTemperature(
        [.. held.SelectMany(page => page.Rows.Select(row => Array.ConvertAll(row, value => (double)value)))],
        [.. held.SelectMany(page => page.Rows.Select(_ => page.Truth))]);

    private static void Draw(string folder, string name, IReadOnlyList<EpochRecord> history, ConfusionMatrix matrix, bool allPages)
    {
        AtomicFile.WriteText(Path.Combine(folder, "accuracy.svg"), LineChart.Draw(
            $"{name}: accuracy", "accuracy", ("training", [.. history.Select(epoch => (double?)epoch.Accuracy)]), ("validation", [.. history.Select(epoch => epoch.ValidationAccuracy)])));
        AtomicFile.WriteText(Path.Combine(folder, "loss.svg"), LineChart.Draw(
            $"{name}: loss", "loss", ("training", [.. history.Select(epoch => (double?)epoch.Loss)]), ("validation", [.. history.Select(epoch => epoch.ValidationLoss)])));
        AtomicFile.WriteText(Path.Combine(folder, "confusion.svg"), ConfusionChart.Draw($"{name}: {(allPages ? "cross-validation" : "validation pages")}", matrix));
    }

    private static string Report(
        string name, ModelFit learned, Ensemble ensemble, IReadOnlyList<PagePrediction> predictions, ConfusionMatrix matrix, bool allPages)
    {
        var report = new StringBuilder($"# {name}, {predictions.Count} {(allPages ? "pages in cross-validation" : "validation pages")}\n\n")
            .Append(CultureInfo.InvariantCulture, $"Accuracy {MarkdownTable.Percent(matrix.Accuracy)} %, macro F1 {MarkdownTable.Percent(matrix.MacroF1)} %. ")
            .Append(CultureInfo.InvariantCulture, $"{ensemble.Members.Sum(member => member.Network.ParameterCount):N0} learned values in {ensemble.Members.Count} network(s); ")
            .Append(CultureInfo.InvariantCulture, $"epoch {learned.BestEpoch} of {learned.History.Count}; temperature {ensemble.Temperature}.\n\n")
            .Append(MarkdownTable.Of(matrix)).Append('\n').Append(MarkdownTable.Counts(matrix));
        if (predictions[0].Rows.Length > 1)
        {
            report.Append("\n## Ways of combining the leads\n\n").Append(MarkdownTable.Of(["", "accuracy", "macro F1"], Aggregation.Methods.Select(method =>
            {
                var combined = ImageModelReport.Matrix(predictions, method);
                return (IReadOnlyList<string>)[Aggregation.NameOf(method), MarkdownTable.Percent(combined.Accuracy), MarkdownTable.Percent(combined.MacroF1)];
            })));
        }

        return report.ToString();
    }

    private static string Card(string name, ModelManifest manifest, string report) => $"""
        {report}
        ## What it is

        `{name}` tells a 12-lead ECG report page's class: {string.Join(", ", manifest.Labels)}. For research and teaching, not a medical device.
        Learned from: {manifest.Data}. Protocol: {manifest.Protocol}. The temperature was fitted on answers for held-out pages.
        All arithmetic is in 32 bit, also where the file holds its weights in fewer.

        ## What it is not

        It knows pages of one hospital's one kind of device; the classes are that hospital's. Pages of other devices, other diagnoses and
        photographs were not measured.

        """;
}

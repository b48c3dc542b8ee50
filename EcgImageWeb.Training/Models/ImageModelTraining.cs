using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EcgImageWeb.Inference;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Training.Charts;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Evaluation;
using EcgImageWeb.Training.Export;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Models;

/// <summary>Trains an image model under the honest protocol and writes everything a person wants to see of it, and the model's folder.</summary>
public static class ImageModelTraining
{
    /// <summary>
    /// Learns from the training pages of splits.csv. Writes to the output folder: history.csv, accuracy.svg, loss.svg, confusion.svg, report.md,
    /// and <c>model/</c> with ONNX file, manifest and card, which is what goes to <c>models/NAME</c>.
    /// </summary>
    /// <param name="name">cnn, crnn or page.</param>
    /// <param name="dataFolder">Holds ecg-report-images.</param>
    /// <param name="cacheFolder">Prepared pages.</param>
    /// <param name="outputFolder">Results and checkpoint.</param>
    /// <param name="epochs">Epochs at most; null for the model's own number.</param>
    /// <param name="resume">Whether to go on from a checkpoint in the output folder.</param>
    /// <param name="commit">The commit that trains, for the manifest.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellationToken">Stops between steps; the last checkpoint stays.</param>
    /// <returns>The report.</returns>
    public static string Train(
        string name,
        string dataFolder,
        string cacheFolder,
        string outputFolder,
        int? epochs = null,
        bool resume = false,
        string? commit = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var model = ImageModel.Named(name);
        var reports = ReportSet.Load(dataFolder, cacheFolder, cancellationToken: cancellationToken);
        var split = Protocols.DistinctPages(reports.Pages);
        var fit = new FitOptions(outputFolder, resume, epochs, Progress: progress);
        var learned = model.Fit(reports, split.Train, split.Validation, fit, cancellationToken);
        var validation = model.Examples(reports, split.Validation);
        var ensemble = Calibrated(learned.Ensemble, validation, cancellationToken);

        var rows = Predictor.Probabilities(ensemble, validation, cancellationToken: cancellationToken)
            .Select(row => Array.ConvertAll(row, value => (float)value)).Chunk(validation.Count / split.Validation.Count);
        var predictions = split.Validation.Zip(rows, (page, answers) => new PagePrediction(reports.Pages[page].Id, reports.Pages[page].Group, reports.Pages[page].Class, answers)).ToArray();
        var matrix = ImageModelReport.Matrix(predictions);
        Draw(outputFolder, name, learned.History, matrix);
        var report = Report(name, learned, ensemble, predictions, matrix);
        AtomicFile.WriteText(Path.Combine(outputFolder, "report.md"), report);

        var onnx = OnnxExport.Write(ensemble, WeightFormat.Half);
        var manifest = ModelFolder.Manifest(name, ensemble.Members[0].Network, onnx, model.Preprocessing) with
        {
            Data = "ECG Images dataset of Cardiac Patients (Mendeley Data, doi 10.17632/gwbz3fsgp8.2, CC BY 4.0), training pages of splits.csv",
            Protocol = $"{split.Train.Count} distinct pages learned from, {split.Validation.Count} held out; groups of one printed ID never on both sides",
            Metrics = new JsonObject
            {
                ["validation_pages"] = predictions.Length,
                ["page_accuracy"] = Math.Round(matrix.Accuracy, 4),
                ["page_macro_f1"] = Math.Round(matrix.MacroF1, 4),
            },
            Trained = new ModelTraining { Commit = commit, Seed = fit.Seed, Epochs = learned.BestEpoch, Machine = $"{Environment.ProcessorCount} CPU cores" },
        };
        ModelFolder.Write(Path.Combine(outputFolder, "model"), manifest, onnx, Card(name, manifest, report));
        return report;
    }

    /// <summary>The ensemble with the temperature that fits the held-out examples best.</summary>
    private static Ensemble Calibrated(Ensemble ensemble, IExamples held, CancellationToken cancellationToken)
    {
        var (input, target) = (new float[held.Input.Count], new float[held.Target.Count]);
        var truth = Enumerable.Range(0, held.Count).Select(index =>
        {
            held.Read(index, input, target);
            return Array.IndexOf(target, 1f);
        }).ToArray();
        return ensemble with { Temperature = Math.Round(Calibration.FitTemperature(Predictor.Probabilities(ensemble, held, cancellationToken: cancellationToken), truth), 3) };
    }

    private static void Draw(string folder, string name, IReadOnlyList<EpochRecord> history, ConfusionMatrix matrix)
    {
        AtomicFile.WriteText(Path.Combine(folder, "accuracy.svg"), LineChart.Draw(
            $"{name}: accuracy", "accuracy", ("training", [.. history.Select(epoch => (double?)epoch.Accuracy)]), ("validation", [.. history.Select(epoch => epoch.ValidationAccuracy)])));
        AtomicFile.WriteText(Path.Combine(folder, "loss.svg"), LineChart.Draw(
            $"{name}: loss", "loss", ("training", [.. history.Select(epoch => (double?)epoch.Loss)]), ("validation", [.. history.Select(epoch => epoch.ValidationLoss)])));
        AtomicFile.WriteText(Path.Combine(folder, "confusion.svg"), ConfusionChart.Draw($"{name}: validation pages", matrix));
    }

    private static string Report(
        string name, ModelFit learned, Ensemble ensemble, PagePrediction[] predictions, ConfusionMatrix matrix)
    {
        var report = new StringBuilder($"# {name}, {predictions.Length} validation pages\n\n")
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
        Learned from: {manifest.Data}. Protocol: {manifest.Protocol}. The temperature was fitted on the held-out pages.
        Weights are stored in 16 bit and widened to 32 bit when the model is loaded.

        ## What it is not

        It knows pages of one hospital's one kind of device; the classes are that hospital's. Pages of other devices, other diagnoses and
        photographs were not measured.

        """;
}

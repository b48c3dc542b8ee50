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
        var results = model.Fit(reports, split.Train, split.Validation, fit, cancellationToken);
        var validation = model.Examples(reports, split.Validation);
        var members = results.Select(result => Calibrated(result.Trained, validation, cancellationToken)).ToArray();

        var rows = ImageModel.Answer(members, validation, cancellationToken).Chunk(validation.Count / split.Validation.Count);
        var predictions = split.Validation.Zip(rows, (page, answers) => new PagePrediction(reports.Pages[page].Id, reports.Pages[page].Group, reports.Pages[page].Class, answers)).ToArray();
        var matrix = ImageModelReport.Matrix(predictions);
        Draw(outputFolder, name, results[0].History, matrix);
        var report = Report(name, results, members, predictions, matrix);
        AtomicFile.WriteText(Path.Combine(outputFolder, "report.md"), report);

        var onnx = OnnxExport.Write(members, WeightFormat.Half);
        var manifest = ModelFolder.Manifest(name, members[0].Network, onnx, model.Preprocessing) with
        {
            Data = "ECG Images dataset of Cardiac Patients (Mendeley Data, doi 10.17632/gwbz3fsgp8.2, CC BY 4.0), training pages of splits.csv",
            Protocol = $"{split.Train.Count} distinct pages learned from, {split.Validation.Count} held out; groups of one printed ID never on both sides",
            Metrics = new JsonObject
            {
                ["validation_pages"] = predictions.Length,
                ["page_accuracy"] = Math.Round(matrix.Accuracy, 4),
                ["page_macro_f1"] = Math.Round(matrix.MacroF1, 4),
            },
            Trained = new ModelTraining { Commit = commit, Seed = fit.Seed, Epochs = results[0].BestEpoch, Machine = $"{Environment.ProcessorCount} CPU cores" },
        };
        ModelFolder.Write(Path.Combine(outputFolder, "model"), manifest, onnx, Card(name, manifest, report));
        return report;
    }

    /// <summary>A member with the temperature that fits the held-out examples best.</summary>
    private static TrainedNetwork Calibrated(TrainedNetwork trained, IExamples held, CancellationToken cancellationToken)
    {
        var (input, target) = (new float[held.Input.Count], new float[held.Target.Count]);
        var truth = Enumerable.Range(0, held.Count).Select(index =>
        {
            held.Read(index, input, target);
            return Array.IndexOf(target, 1f);
        }).ToArray();
        return trained with { Temperature = Math.Round(Calibration.FitTemperature(Predictor.RawOutputs(trained, held, cancellationToken: cancellationToken), truth), 3) };
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
        string name, IReadOnlyList<TrainingResult> results, TrainedNetwork[] members, PagePrediction[] predictions, ConfusionMatrix matrix)
    {
        var temperatures = string.Join(", ", members.Select(member => member.Temperature.ToString(CultureInfo.InvariantCulture)));
        var report = new StringBuilder($"# {name}, {predictions.Length} validation pages\n\n")
            .Append(CultureInfo.InvariantCulture, $"Accuracy {MarkdownTable.Percent(matrix.Accuracy)} %, macro F1 {MarkdownTable.Percent(matrix.MacroF1)} %. ")
            .Append(CultureInfo.InvariantCulture, $"{members[0].Network.ParameterCount:N0} learned values in each of {members.Length} networks; ")
            .Append(CultureInfo.InvariantCulture, $"epoch {string.Join(", ", results.Select(result => $"{result.BestEpoch} of {result.History.Count}"))}; temperature {temperatures}.\n\n")
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

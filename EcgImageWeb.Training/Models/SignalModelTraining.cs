using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Training.Charts;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Learning;

namespace EcgImageWeb.Training.Models;

/// <summary>Trains a signal model on everything there is and writes its folder; the figures in it are those of the protocols that were measured before.</summary>
public static class SignalModelTraining
{
    private const int ComparedExamples = 256;

    /// <summary>
    /// Writes to the output folder history.csv, accuracy.svg, loss.svg, a confusion matrix of each measured protocol, report.md, and <c>model/</c> with
    /// ONNX file, manifest and card.
    /// </summary>
    /// <param name="name">The model's name, which becomes its folder's.</param>
    /// <param name="experiment">What it is.</param>
    /// <param name="evaluation">The data, and what has been measured.</param>
    /// <param name="outputFolder">Where results go.</param>
    /// <param name="commit">The commit that trains, for the manifest.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellationToken">Stops between steps; the last checkpoint stays.</param>
    /// <returns>The report.</returns>
    public static string Train(
        string name, SignalExperiment experiment, SignalEvaluation evaluation, string outputFolder, string? commit = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var learned = evaluation.Run(experiment, SignalProtocols.All, progress, cancellationToken);
        var ensemble = evaluation.Trained(experiment, SignalProtocols.All);
        var exports = ModelExports.Measure(name, ensemble, evaluation.Sample(experiment, ComparedExamples), cancellationToken);
        var chosen = ModelExports.Choose(exports);
        History.Write(Path.Combine(outputFolder, "history.csv"), learned.History);
        Draw(outputFolder, name, learned.History);

        var (report, metrics) = (new StringBuilder(), new JsonObject());
        foreach (var (protocol, results) in SignalReport.Protocols(experiment, evaluation.Find))
        {
            var matrix = SignalReport.Matrix(experiment, results);
            AtomicFile.WriteText(Path.Combine(outputFolder, $"confusion-{protocol}.svg"), ConfusionChart.Draw($"{name}, {protocol}", matrix));
            report.Append(CultureInfo.InvariantCulture, $"## {protocol}, {results.Count} part(s)\n\n").Append(SignalReport.Detail(matrix)).Append('\n');
            metrics[protocol] = new JsonObject
            {
                ["examples"] = matrix.Total,
                ["parts"] = results.Count,
                ["accuracy"] = Math.Round(matrix.Accuracy, 4),
                ["macro_f1"] = Math.Round(matrix.MacroF1, 4),
            };
        }

        report.Append("## Weights\n\n").Append(ModelExports.Table(exports, chosen));
        var manifest = ModelFolder.Manifest(name, experiment.Network, chosen.Onnx,
            experiment.Input?.ToJson(experiment.Preparation) ?? new JsonObject { ["kind"] = experiment.Name, ["steps"] = experiment.Preparation }) with
        {
            Task = ModelTask.Signal,
            Data = Source(experiment),
            Protocol = $"{learned.TrainExamples} examples learned from, {(experiment.Lessons is null ? "all there are" : "made of all records there are")}; measured before by the protocols in the metrics, each with a training of its own",
            Metrics = metrics,
            Trained = new ModelTraining { Commit = commit, Seed = 1, Epochs = learned.BestEpoch, Machine = learned.Machine },
        };
        var text = $"# {name}\n\n{ensemble.Members.Sum(member => member.Network.ParameterCount).ToString("N0", CultureInfo.InvariantCulture)} learned values in {ensemble.Members.Count} network(s); epoch {learned.BestEpoch} of {learned.History.Count}.\n\n{report}";
        AtomicFile.WriteText(Path.Combine(outputFolder, "report.md"), text);
        ModelFolder.Write(Path.Combine(outputFolder, "model"), manifest, chosen.Onnx, Card(text, name, manifest, experiment));
        return text;
    }

    private static void Draw(string folder, string name, IReadOnlyList<EpochRecord> history)
    {
        AtomicFile.WriteText(Path.Combine(folder, "accuracy.svg"), LineChart.Draw(
            $"{name}: accuracy", "accuracy", ("training", [.. history.Select(epoch => (double?)epoch.Accuracy)]), ("validation", [.. history.Select(epoch => epoch.ValidationAccuracy)])));
        AtomicFile.WriteText(Path.Combine(folder, "loss.svg"), LineChart.Draw(
            $"{name}: loss", "loss", ("training", [.. history.Select(epoch => (double?)epoch.Loss)]), ("validation", [.. history.Select(epoch => epoch.ValidationLoss)])));
    }

    private static string Source(SignalExperiment experiment) => experiment.Name[(experiment.Name.IndexOf('@', StringComparison.Ordinal) + 1)..] switch
    {
        "cinc2017" => "PhysioNet/CinC Challenge 2017, training records labelled N or A, ODC-By 1.0",
        "rhythms" => "lead II of PTB-XL, Chapman-Shaoxing(-Ningbo), Georgia, CPSC2018 and LUDB, CC BY 4.0 and ODC-By",
        _ => "MIT-BIH Arrhythmia Database, ODC-By 1.0",
    };

    private static string Card(string report, string name, ModelManifest manifest, SignalExperiment experiment) => $"""
        {report}
        ## What it is

        `{name}` answers one of: {string.Join(", ", manifest.Labels)}. It takes {experiment.Preparation}. For research and teaching, not a medical device.
        Learned from: {manifest.Data}.{(experiment.AnswersByFrequency ? " Classes were drawn alike; what its answers are set to is how often they occur in these data." : "")} `mixed` and `paper` have examples of one person on both sides, as in the paper; the other protocols do not.
        All arithmetic is in 32 bit, also where the file holds its weights in fewer.

        ## What it is not

        It knows only these classes: another rhythm or beat gets one of them as well. Recordings of other devices than those of its data, and
        signals digitized from paper, are measured in docs/results where they are measured at all.

        """;
}

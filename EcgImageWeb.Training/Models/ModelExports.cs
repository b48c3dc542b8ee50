using System.Globalization;
using EcgImageWeb.Inference;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Evaluation;
using EcgImageWeb.Training.Export;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Models;

/// <summary>A model in every weight format, run by the engine that will run it, and the choice of the one that ships.</summary>
public static class ModelExports
{
    /// <summary>A shorter format may move probabilities by so much at most: half of what a screen shows, a whole percent.</summary>
    public const double LargestMove = 0.005;

    /// <summary>Files below this are not worth shortening.</summary>
    private const int SmallFile = 2_000_000;

    private const int BatchSize = 32;

    /// <summary>Exports in every format and compares each with the trained model.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="ensemble">The trained model.</param>
    /// <param name="examples">What both answer.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public static IReadOnlyList<ModelExport> Measure(string name, Ensemble ensemble, IExamples examples, CancellationToken cancellationToken = default)
    {
        var expected = Predictor.Probabilities(ensemble, examples, BatchSize, cancellationToken);
        return [.. Enum.GetValues<WeightFormat>().Select(format =>
        {
            var onnx = OnnxExport.Write(ensemble, format);
            var network = ensemble.Members[0].Network;
            using var model = Model.Load(ModelFolder.Manifest(name, network, onnx, []), onnx, new InferenceOptions());
            var answers = Enumerable.Range(0, examples.Count).Chunk(BatchSize)
                .SelectMany(indices => model.Run(Batch.Read(examples, indices).Inputs, [indices.Length, .. network.Input.Sizes], cancellationToken)).ToArray();
            return new ModelExport(
                format, onnx,
                answers.Zip(expected, (row, other) => row.Zip(other, (left, right) => Math.Abs(left - right)).Max()).Max(),
                answers.Zip(expected, (row, other) => Array.IndexOf(row, row.Max()) == Array.IndexOf(other, other.Max()) ? 0 : 1).Sum(),
                examples.Count);
        })];
    }

    /// <summary>The one that ships: 32 bit where that is small, otherwise the smallest whose answers hold.</summary>
    /// <param name="exports">What <see cref="Measure"/> gave.</param>
    public static ModelExport Choose(IReadOnlyList<ModelExport> exports)
    {
        var full = exports.First(export => export.Format == WeightFormat.Full);
        return full.Onnx.Length < SmallFile ? full : exports.Where(export => export == full || export.LargestDifference <= LargestMove).MinBy(export => export.Onnx.Length)!;
    }

    /// <summary>What each format costs.</summary>
    /// <param name="exports">What <see cref="Measure"/> gave.</param>
    /// <param name="chosen">The one that ships.</param>
    public static string Table(IReadOnlyList<ModelExport> exports, ModelExport chosen) => MarkdownTable.Of(
        ["weights", "file, MB", "largest difference of a probability", "other answers", ""],
        exports.Select(export => (IReadOnlyList<string>)[
            export.Format switch { WeightFormat.Full => "32 bit", WeightFormat.Half => "16 bit", _ => "8 bit, a scale a channel" },
            (export.Onnx.Length / 1e6).ToString("0.0", CultureInfo.InvariantCulture), export.LargestDifference.ToString("0.0e+0", CultureInfo.InvariantCulture),
            $"{export.Changed} of {export.Examples}", export == chosen ? "ships" : ""]));
}

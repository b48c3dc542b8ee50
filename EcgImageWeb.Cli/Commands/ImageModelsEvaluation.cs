using System.Text.Json.Nodes;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Training.Models;
using static TorchSharp.torch;

namespace EcgImageWeb.Cli.Commands;

/// <summary><c>evaluate image-models</c>: trains and measures part by part, and prints the report of all parts that are there.</summary>
internal static class ImageModelsEvaluation
{
    public static object Run(string data, string? parts, CancellationToken cancellationToken)
    {
        set_num_threads(Environment.ProcessorCount);
        var evaluation = new ImageModelEvaluation(data, Repository.Cache, Path.Combine(Repository.Root, "runs", "evaluation"));
        var all = ImageModel.All.SelectMany(model => ImageModelEvaluation.Parts.Select(part => (Model: model.Name, Part: part))).ToArray();
        foreach (var (model, part) in parts is "report" ? [] : parts is null ? all : [.. parts.Split(',').Select(Parse)])
        {
            using var progress = new TrainingProgressView();
            Console.Error.WriteLine($"{model}:{part}");
            evaluation.Run(model, part, progress, cancellationToken);
        }
        Console.WriteLine(ImageModelReport.Write(evaluation.Find));
        if (parts is "report")
            foreach (var model in ImageModel.All)
                UpdateManifest(model.Name, ImageModelMetrics.Of(evaluation.Find, model.Name));
        return all.Select(entry => evaluation.Find(entry.Model, entry.Part)).Where(result => result is not null).ToArray();

        // What the models page shows beside each model.
        static void UpdateManifest(string model, JsonObject metrics)
        {
            var file = Path.Combine(Repository.Models, model, ModelManifest.FileName);
            if (metrics.Count > 0 && File.Exists(file))
                File.WriteAllText(file, (ModelManifest.Parse(File.ReadAllText(file)) with { Metrics = metrics }).ToJson());
        }

        (string Model, string Part) Parse(string text) =>
            text.Split(':') is [var model, var part] && all.Contains((model, part))
                ? (model, part)
                : throw new UsageException($"--part takes MODEL:PART; models are {string.Join(", ", ImageModel.All.Select(m => m.Name))}, parts {string.Join(", ", ImageModelEvaluation.Parts)}.");
    }
}

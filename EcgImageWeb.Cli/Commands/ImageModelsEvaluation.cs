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
        return all.Select(entry => evaluation.Find(entry.Model, entry.Part)).Where(result => result is not null).ToArray();

        (string Model, string Part) Parse(string text) =>
            text.Split(':') is [var model, var part] && all.Contains((model, part))
                ? (model, part)
                : throw new UsageException($"--part takes MODEL:PART; models are {string.Join(", ", ImageModel.All.Select(m => m.Name))}, parts {string.Join(", ", ImageModelEvaluation.Parts)}.");
    }
}

using System.CommandLine;
using System.Text.Json;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Training.Models;
using static TorchSharp.torch;

namespace EcgImageWeb.Cli.Commands;

/// <summary><c>evaluate WHAT</c>: measures anyone can repeat.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var what = new Argument<string>("WHAT") { Description = "image-models: the paper's protocol and the honest one, side by side." };
        what.AcceptOnlyFromAmong("image-models");
        var data = new Option<string?>("--data") { Description = "Folder with ecg-report-images; ../shared/data when not given." };
        var parts = new Option<string?>("--part") { Description = "Only these parts, for example cnn:b or page:cv1,page:cv2; \"report\" trains nothing and prints what is there. All parts take hours." };
        var json = new Option<string?>("--json") { Description = "Write every prediction to this file, too." };
        var command = new Command("evaluate", "Trains and measures under several protocols; parts that have been run are kept in runs/evaluation.") { what, data, parts, json };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(ImageModels(
            Repository.DataFolder(parsed.GetValue(data)), parsed.GetValue(parts), parsed.GetValue(json), cancellationToken)));
        return command;
    }

    private static int ImageModels(string data, string? parts, string? json, CancellationToken cancellationToken)
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
        if (json is not null)
        {
            var results = all.Select(entry => evaluation.Find(entry.Model, entry.Part)).Where(result => result is not null);
            File.WriteAllText(json, JsonSerializer.Serialize(results, AnalysisJson.Options));
        }
        return ExitCode.Success;

        (string Model, string Part) Parse(string text) =>
            text.Split(':') is [var model, var part] && all.Contains((model, part))
                ? (model, part)
                : throw new UsageException($"--part takes MODEL:PART; models are {string.Join(", ", ImageModel.All.Select(m => m.Name))}, parts {string.Join(", ", ImageModelEvaluation.Parts)}.");
    }
}

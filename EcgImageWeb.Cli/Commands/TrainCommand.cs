using System.CommandLine;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Models;
using static TorchSharp.torch;

namespace EcgImageWeb.Cli.Commands;

/// <summary><c>train NAME</c>: trains an image model under the honest protocol, or a signal model on everything once its protocols have been measured.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "cnn, crnn or page; segments, af, rhythm or beats; an experiment of evaluate papers; words for the readers of printed lead names and scales; ink for the network that tells trace ink from the rest of a page." };
        var data = new Option<string?>("--data") { Description = "Folder with ecg-report-images; ../shared/data when not given; for ink a folder of 12-lead WFDB records." };
        var seed = new Option<int>("--seed") { Description = "ink: decides pages, weights and order.", DefaultValueFactory = _ => 1 };
        var output = new Option<string?>("--out") { Description = "Folder for checkpoint, history, plots and model; runs/NAME when not given." };
        var epochs = new Option<int?>("--epochs") { Description = "Epochs at most; the model's own number when not given." };
        var allPages = new Option<bool>("--all-pages") { Description = "Learn from training and validation pages together; only for a model that has been cross-validated." };
        var ship = new Option<bool>("--ship") { Description = "Put the model into models/NAME when it is done." };
        var resume = new Option<bool>("--resume") { Description = "Go on from the checkpoint in the output folder." };
        var command = new Command("train", "Trains a model; writes history, plots, confusion matrix, ONNX, manifest and card.") { name, data, output, epochs, seed, resume, allPages, ship };
        command.SetAction((parsed, cancellationToken) =>
        {
            var model = parsed.GetValue(name)!;
            if (model == WordCommand.Name)
                return Task.FromResult(WordCommand.Train(parsed.GetValue(output) ?? Path.Combine(Repository.Root, "runs", model), cancellationToken));
            set_num_threads(Environment.ProcessorCount);
            var folder = parsed.GetValue(output) ?? Path.Combine(Repository.Root, "runs", model);
            if (model == InkCommand.Name)
            {
                Console.WriteLine(InkCommand.Train(Repository.DataFolder(parsed.GetValue(data)), folder, parsed.GetValue(epochs), parsed.GetValue(seed), parsed.GetValue(resume), cancellationToken));
                Ship(folder, model, parsed.GetValue(ship));
                return Task.FromResult(ExitCode.Success);
            }
            using var progress = new TrainingProgressView();
            if (SignalPapersEvaluation.Knows(model))
            {
                var evaluation = SignalPapersEvaluation.Open(parsed.GetValue(data), parsed.GetValue(epochs));
                var experiment = SignalExperiments.Named(model);
                if (!parsed.GetValue(resume))
                    evaluation.Forget(experiment, SignalProtocols.All);
                Console.WriteLine(SignalModelTraining.Train(model, experiment, evaluation, folder, Repository.Commit(), progress, cancellationToken));
                Ship(folder, model, parsed.GetValue(ship));
                return Task.FromResult(ExitCode.Success);
            }
            if (ImageModel.All.All(known => known.Name != model))
                throw new UsageException($"There is no model '{model}' to train; there are: {string.Join(", ", ImageModel.All.Select(known => known.Name).Concat(SignalExperiments.Shipped.Keys))}.");
            var report = ImageModelTraining.Train(
                model,
                new ImageModelEvaluation(Repository.DataFolder(parsed.GetValue(data)), Repository.Cache, Path.Combine(Repository.Root, "runs", "evaluation")),
                folder,
                parsed.GetValue(epochs),
                parsed.GetValue(resume),
                parsed.GetValue(allPages),
                Repository.Commit(),
                progress,
                cancellationToken);
            Console.WriteLine(report);
            Ship(folder, model, parsed.GetValue(ship));
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static void Ship(string folder, string name, bool ships)
    {
        var (made, place) = (Path.Combine(folder, "model"), Path.Combine(Repository.Models, name));
        if (!ships)
        {
            Console.Error.WriteLine($"Written to {folder}; --ship, or a copy of {made} to {place}, ships it.");
            return;
        }
        Directory.CreateDirectory(place);
        foreach (var file in Directory.GetFiles(made))
            File.Copy(file, Path.Combine(place, Path.GetFileName(file)), overwrite: true);
        Console.Error.WriteLine($"Written to {folder} and {place}.");
    }
}

using EcgImageWeb.Training.Ink;
using EcgImageWeb.Vision.Tracing;
using static TorchSharp.torch;

namespace EcgImageWeb.Cli.Commands;

/// <summary><c>train ink</c>: draws pages from 12-lead records and trains the network that tells trace ink from everything else.</summary>
internal static class InkCommand
{
    public const string Name = InkNetwork.ModelName;

    public static string Train(string records, string folder, int? epochs, int seed, bool resume, CancellationToken cancellationToken)
    {
        var (train, heldOut) = InkTraining.Records(records);
        if (train.Count == 0 || heldOut.Count == 0)
            throw new UsageException($"{records} has {train.Count + heldOut.Count} records (*.hea); name a folder of 12-lead records with --data.");
        set_num_threads(Environment.ProcessorCount);
        using var progress = new TrainingProgressView();
        return InkTraining.Train(
            records, folder, epochs, seed, resume, Repository.Commit(),
            page => Console.Error.Write(page % 20 == 0 ? $"drawn {page}\n" : ""), progress, cancellationToken);
    }
}

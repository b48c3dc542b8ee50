using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using EcgImageWeb.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Learning;

/// <summary>A training on disk, one archive: weights, their running mean, the best so far, the optimizer's state, the history.</summary>
internal static class Checkpoint
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static void Write(string path, nn.Module module, nn.Module? average, OptimizerHelper optimizer, TrainingState state)
        => AtomicFile.Write(path, stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create);
            Entry(archive, "weights.safetensors", entry => WeightsFile.Write(entry, Weights.From(module)));
            if (average is not null) Entry(archive, "average.safetensors", entry => WeightsFile.Write(entry, Weights.From(average)));
            if (state.Best is not null) Entry(archive, "best.safetensors", entry => WeightsFile.Write(entry, state.Best));
            Entry(archive, "optimizer.bin", entry =>
            {
                using var writer = new BinaryWriter(entry);
                optimizer.save_state_dict(writer);
            });
            Entry(archive, "state.json", entry => JsonSerializer.Serialize(entry, new Counters(state.History, state.BestEpoch, state.BestCost), Json));
        });

    public static TrainingState Read(string path, nn.Module module, nn.Module? average, OptimizerHelper optimizer)
    {
        using var archive = ZipFile.OpenRead(path);
        ReadWeights(archive, "weights")!.CopyTo(module);
        if (average is not null) ReadWeights(archive, "average")!.CopyTo(average);
        using (var reader = new BinaryReader(Open(archive, "optimizer.bin")!)) optimizer.load_state_dict(reader);
        using var json = Open(archive, "state.json")!;
        var counters = JsonSerializer.Deserialize<Counters>(json, Json) ?? throw new InvalidDataException($"{path} holds no state.");
        return new TrainingState(counters.History, ReadWeights(archive, "best"), counters.BestEpoch, counters.BestCost);
    }

    private static Weights? ReadWeights(ZipArchive archive, string name)
    {
        using var stream = Open(archive, $"{name}.safetensors");
        return stream is null ? null : WeightsFile.Read(stream);
    }

    private static void Entry(ZipArchive archive, string name, Action<Stream> write)
    {
        using var stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        write(stream);
    }

    private static MemoryStream? Open(ZipArchive archive, string name)
    {
        // Copied out first: readers of tensors want a stream that gives what they ask for.
        if (archive.GetEntry(name) is not { } entry) return null;
        var copy = new MemoryStream();
        using (var stream = entry.Open()) stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    private sealed record Counters(IReadOnlyList<EpochRecord> History, int BestEpoch, double BestCost);
}

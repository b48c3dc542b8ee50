using System.Globalization;
using System.Text.Json.Nodes;
using EcgImageWeb.Inference;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Export;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Models;
using EcgImageWeb.Training.Networks;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Training.Ink;

/// <summary>Trains the network that tells trace ink from everything else on a page, on pages that are drawn for it.</summary>
public static class InkTraining
{
    /// <summary>Of the records in the order of their names, the last this share are never learned from.</summary>
    public const double HeldOut = 0.2;

    /// <summary>Pages to learn from and to choose the epoch by, and pieces of each.</summary>
    private const int Pages = 700, HeldOutPages = 40, PiecesAPage = 8;

    /// <summary>Passes over the pieces when nothing else is asked for.</summary>
    private const int Epochs = 5;

    private const int BatchSize = 8;

    private const double LearningRate = 4e-3;

    /// <summary>A picture's brightness and a channel's own are off by so much when it is learned from.</summary>
    private const double Brightness = 0.15;

    /// <summary>Pages of each kind that are read with the network and without, and how far their seeds are from those of training.</summary>
    private const int PagesRead = 6, SeedOfRead = 500_000;

    /// <summary>Pieces on which the exported model is compared with the trained one.</summary>
    private const int Compared = 16;

    /// <summary>The 12-lead records of a folder, learned from and held out: the first and the last by name, so that recordings of one session stay together.</summary>
    /// <param name="folder">Searched with its subfolders.</param>
    public static (IReadOnlyList<string> Train, IReadOnlyList<string> HeldOut) Records(string folder)
    {
        var all = Directory.GetFiles(folder, "*.hea", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => Path.ChangeExtension(file, null)).ToArray();
        var train = (int)(all.Length * (1 - HeldOut));
        return (all[..train], all[train..]);
    }

    /// <summary>Draws, trains, measures and exports.</summary>
    /// <param name="records">Folder of 12-lead WFDB records.</param>
    /// <param name="folder">Where pieces, checkpoint, history and model go.</param>
    /// <param name="epochs">Passes over the pieces; null for the model's own number.</param>
    /// <param name="seed">Of pages, weights and order.</param>
    /// <param name="resume">Whether to go on from the folder's checkpoint.</param>
    /// <param name="commit">The commit that trains, for the manifest.</param>
    /// <param name="drawing">Told how many pages are drawn.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellationToken">Stops between steps; the last checkpoint stays.</param>
    /// <returns>The report.</returns>
    public static string Train(
        string records, string folder, int? epochs, int seed, bool resume, string? commit, Action<int>? drawing = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var (train, heldOut) = Records(records);
        if (heldOut.Count == 0)
            throw new ArgumentException($"{records} has {train.Count} records of twelve leads; some are learned from and others held out.", nameof(records));
        var learned = InkTiles.Drawn(Path.Combine(folder, $"pieces-{seed}.bin"), train, Pages, PiecesAPage, seed, drawing, cancellationToken);
        var kept = InkTiles.Drawn(Path.Combine(folder, $"held-out-{seed}.bin"), heldOut, HeldOutPages, PiecesAPage, seed + 1, drawing, cancellationToken);
        var options = new TrainingOptions
        {
            Epochs = epochs ?? Epochs,
            BatchSize = BatchSize,
            LearningRate = LearningRate,
            Rate = Schedule.OneCycle(0.15),
            WeightDecay = 1e-4,
            Loss = InkLoss.Value,
            Seed = seed,
            Keep = EpochChoice.BestAccuracy,
            AverageDecay = 0.98,
            GradientNorm = 1,
            Augment = Vary,
        };
        var result = Trainer.Fit(InkNetworks.Of(InkTiles.Height, InkTiles.Width), learned, kept, options, folder, resume, progress: progress, cancellationToken: cancellationToken);
        return Write(result, kept, heldOut, folder, commit, seed, drawing, cancellationToken);
    }

    /// <summary>The shipped form of a trained network: the same weights on whole tiles.</summary>
    /// <param name="trained">Trained on pieces.</param>
    public static byte[] Export(TrainedNetwork trained) =>
        OnnxExport.Write(Ensemble.Of(new TrainedNetwork(InkNetworks.Of(InkInput.TileHeight, InkInput.TileWidth), trained.Weights)));

    private static string Write(TrainingResult result, InkTiles kept, IReadOnlyList<string> heldOut, string folder, string? commit, int seed, Action<int>? drawing, CancellationToken cancellationToken)
    {
        var best = result.History.First(epoch => epoch.Epoch == result.BestEpoch);
        var pieces = OnnxExport.Write(Ensemble.Of(result.Trained));
        var difference = Difference(result.Trained, pieces, new Some(kept, Compared), cancellationToken);
        var onnx = Export(result.Trained);
        var network = InkNetworks.Of(InkInput.TileHeight, InkInput.TileWidth);
        var manifest = ModelFolder.Manifest(InkNetwork.ModelName, network, onnx, new JsonObject
        {
            ["kind"] = "flat-page",
            ["px_per_mm"] = InkInput.PxPerMm,
            ["steps"] = "flat page at 4 pixels a millimetre both ways, blue, green and red darkness 0 (white) to 1, in tiles that share 12 mm at least; 0 beyond the page",
        }) with
        {
            Task = ModelTask.Segmentation,
            Data = "pages drawn by this project's generator from PTB-XL (doi 10.13026/kfzx-aw45, CC BY 4.0)",
            Protocol = $"{Pages} drawn pages of the first {1 - HeldOut:P0} of the records by name learned from; measured on {HeldOutPages} pages of the others",
            Metrics = new JsonObject { ["intersection_over_union"] = Math.Round(best.ValidationAccuracy ?? 0, 4), ["largest_difference_onnx"] = difference },
            Trained = new ModelTraining { Commit = commit, Seed = seed, Epochs = result.BestEpoch, Machine = $"{Environment.ProcessorCount} CPU core(s)" },
        };
        using var model = Model.Load(manifest, onnx, new InferenceOptions());
        var read = InkEvaluation.Table(model, heldOut, PagesRead, seed + SeedOfRead, drawing, cancellationToken);
        var report = string.Create(CultureInfo.InvariantCulture, $"""
            # {InkNetwork.ModelName}

            {network.ParameterCount:N0} learned values, {onnx.Length / 1e6:0.00} MB; epoch {result.BestEpoch} of {result.History.Count}.
            Trace pixels of held-out pages: intersection over union {best.ValidationAccuracy:0.000}. ONNX Runtime's answers differ by {difference:0.0e+0} at most.

            {read}
            """);
        AtomicFile.WriteText(Path.Combine(folder, "report.md"), report);
        ModelFolder.Write(Path.Combine(folder, "model"), manifest, onnx, report + """

            ## What it is

            `ink` tells for each pixel of a flat page how likely it is ink of an ECG trace, against grid, print, handwriting, separators, shadow and background.
            It helps the tracer, and finds rows of traces that darkness does not; what it is worth there is measured in docs/digitization.md.

            ## What it is not

            It does not tell which lead a trace is of. It has learned from drawn pages alone: what is printed or worn in other ways than the generator knows was not learned.

            """);
        return report;
    }

    /// <summary>Largest difference between the exported and the trained network.</summary>
    private static double Difference(TrainedNetwork trained, byte[] onnx, IExamples examples, CancellationToken cancellationToken)
    {
        var manifest = ModelFolder.Manifest(InkNetwork.ModelName, trained.Network, onnx, []) with { Task = ModelTask.Segmentation };
        using var model = Model.Load(manifest, onnx, new InferenceOptions());
        var expected = Predictor.RawOutputs(trained, examples, BatchSize, cancellationToken);
        return Enumerable.Range(0, examples.Count).Max(i =>
            model.Run(Batch.Read(examples, [i]).Inputs, [1, .. trained.Network.Input.Sizes], cancellationToken)[0]
                .Zip(expected[i], (answer, raw) => Math.Abs(answer - (1 / (1 + Math.Exp(-raw))))).Max());
    }

    /// <summary>Pieces of a batch darker or brighter, each channel a little on its own, and half of them mirrored.</summary>
    private static Batch Vary(Batch batch, Random random)
    {
        const int plane = InkTiles.Height * InkTiles.Width;
        for (var example = 0; example < batch.Count; example++)
        {
            var brighter = 1 + (Brightness * ((2 * random.NextDouble()) - 1));
            for (var channel = 0; channel < InkInput.Channels; channel++)
            {
                var factor = (float)(brighter * (1 + (Brightness / 2 * ((2 * random.NextDouble()) - 1))));
                // What reflects more light is less dark: 1 - factor x (1 - darkness).
                foreach (ref var value in batch.Inputs.AsSpan(((example * InkInput.Channels) + channel) * plane, plane))
                    value = Math.Clamp(1 - (factor * (1 - value)), 0, 1);
            }

            if (random.Next(2) != 0)
                continue;
            for (var row = 0; row < InkInput.Channels * InkTiles.Height; row++)
                batch.Inputs.AsSpan(((example * InkInput.Channels * InkTiles.Height) + row) * InkTiles.Width, InkTiles.Width).Reverse();
            for (var row = 0; row < InkTiles.Height; row++)
                batch.Targets.AsSpan(((example * InkTiles.Height) + row) * InkTiles.Width, InkTiles.Width).Reverse();
        }

        return batch;
    }

    /// <summary>The first of some examples.</summary>
    private sealed class Some(IExamples all, int count) : IExamples
    {
        public Shape Input => all.Input;

        public Shape Target => all.Target;

        public int Count => Math.Min(count, all.Count);

        public void Read(int index, Span<float> input, Span<float> target) => all.Read(index, input, target);
    }
}

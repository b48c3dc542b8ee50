using System.Runtime.InteropServices;
using EcgImageWeb.Vision.Layout;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Words;

/// <summary>Trains the readers of printed words on drawn ones.</summary>
public static class WordTraining
{
    private const int BatchSize = 256;

    private const double LearningRate = 2e-3;

    /// <summary>Trains from a seed.</summary>
    /// <param name="blank">The kind of reader: its words and picture; its weights are not used.</param>
    /// <param name="fonts">Folder with TrueType fonts; Hershey's strokes are used besides.</param>
    /// <param name="examples">Words to draw for learning.</param>
    /// <param name="epochs">Passes over them.</param>
    /// <param name="seed">Of the drawing and of the weights.</param>
    /// <param name="progress">Told the mean loss behind every pass.</param>
    /// <param name="cancellationToken">Observed between passes.</param>
    /// <returns>The weights, and the share of 4,000 newly drawn words that it reads right.</returns>
    public static (float[] Weights, double Accuracy) Fit(
        WordReader blank, string fonts, int examples, int epochs, int seed, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        var lettering = new Lettering(fonts);
        var (pictures, labels) = Drawn(blank, lettering, examples, seed);
        manual_seed(seed);
        using var network = Network(blank);
        using var optimizer = optim.AdamW(network.parameters(), LearningRate, weight_decay: 0.01);
        var random = new Random(seed);
        int[] order = [.. Enumerable.Range(0, examples)];
        var steps = examples / BatchSize * epochs;
        for (int epoch = 0, step = 0; epoch < epochs; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            random.Shuffle(order);
            var sum = 0.0;
            for (var at = 0; at + BatchSize <= examples; at += BatchSize, step++)
            {
                using var scope = NewDisposeScope();
                foreach (var group in optimizer.ParamGroups)
                    group.LearningRate = LearningRate * 0.5 * (1 + Math.Cos(Math.PI * step / steps));
                var batch = order.AsSpan(at, BatchSize).ToArray();
                var x = tensor(batch.SelectMany(i => pictures[i]).ToArray(), [BatchSize, 1, WordReader.PictureHeight, blank.PictureWidth]);
                var y = tensor(batch.Select(i => (long)labels[i]).ToArray(), [BatchSize]);
                var loss = nn.functional.cross_entropy(network.call(x), y);
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
                sum += loss.item<float>();
            }

            progress?.Report($"pass {epoch + 1} of {epochs}: loss {sum / (examples / BatchSize):F4}");
        }

        var weights = network.parameters().SelectMany(parameter => parameter.data<float>().ToArray()).Select(value => (float)(Half)value).ToArray();
        var reader = blank.IsBeginning ? WordReader.OfScales(weights) : WordReader.OfLeads(weights);
        var (freshPictures, freshLabels) = Drawn(blank, lettering, 4000, seed + 1_000_003);
        var right = freshPictures.Zip(freshLabels).Count(pair => reader.Read(pair.First) is var read && Array.IndexOf(read, read.Max()) == pair.Second);
        return (weights, right / 4000.0);
    }

    /// <summary>What <see cref="WordReader"/> computes, with dropout before the dense layers.</summary>
    private static TorchSharp.Modules.Sequential Network(WordReader reader) => nn.Sequential(
        nn.Conv2d(1, WordReader.FirstChannels, WordReader.FirstKernel, stride: 2, padding: WordReader.FirstKernel / 2), nn.ReLU(),
        nn.Conv2d(WordReader.FirstChannels, WordReader.SecondChannels, WordReader.SecondKernel, stride: 2, padding: WordReader.SecondKernel / 2), nn.ReLU(),
        nn.Flatten(), nn.Dropout(0.2),
        nn.Linear(WordReader.SecondChannels * (WordReader.PictureHeight / 4) * (reader.PictureWidth / 4), WordReader.Hidden), nn.ReLU(),
        nn.Linear(WordReader.Hidden, reader.Classes.Count));

    /// <summary>Writes weights as half floats, little-endian: the form that ships.</summary>
    public static void Write(string path, float[] weights) =>
        File.WriteAllBytes(path, MemoryMarshal.AsBytes<Half>(weights.Select(value => (Half)value).ToArray()).ToArray());

    private static (float[][] Pictures, int[] Labels) Drawn(WordReader reader, Lettering lettering, int count, int seed)
    {
        var drawn = new (float[] Picture, int Label)[count];
        Parallel.For(0, count, i => drawn[i] = WordPictures.Example(reader, lettering, new Random(unchecked((seed * 7919) + i))));
        return ([.. drawn.Select(example => example.Picture)], [.. drawn.Select(example => example.Label)]);
    }
}

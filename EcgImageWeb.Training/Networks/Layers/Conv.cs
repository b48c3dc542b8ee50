using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>Convolution: 1-D over [channels, samples], 2-D with a square kernel over [channels, rows, columns].</summary>
/// <param name="Channels">Output channels.</param>
/// <param name="Kernel">Kernel size on every axis.</param>
/// <param name="Stride">Step on every axis.</param>
/// <param name="Padding">Zeros added on both sides of every axis; null for <c>Dilation * (Kernel - 1) / 2</c>, which keeps the size at stride 1 with an odd kernel.</param>
/// <param name="Dilation">Distance of the kernel's taps.</param>
/// <param name="Groups">Groups of channels that do not see each other.</param>
/// <param name="Bias">Whether a bias is learned.</param>
public sealed record Conv(int Channels, int Kernel, int Stride = 1, int? Padding = null, int Dilation = 1, int Groups = 1, bool Bias = true) : Layer
{
    private int Pad => Padding ?? Dilation * (Kernel - 1) / 2;

    /// <inheritdoc/>
    public override Shape Output(Shape input)
    {
        if (input.Rank is not (2 or 3) || input[0] % Groups != 0) throw DoesNotTake(input, "[channels, samples] or [channels, rows, columns]");
        var output = input.With(0, Channels);
        for (var axis = 1; axis < input.Rank; axis++) output = output.With(axis, (input[axis] + 2 * Pad - Dilation * (Kernel - 1) - 1) / Stride + 1);
        return output;
    }

    /// <inheritdoc/>
    public override long ParameterCount(Shape input)
        => (long)Channels * (input[0] / Groups) * (input.Rank == 3 ? Kernel * Kernel : Kernel) + (Bias ? Channels : 0);

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
        => input.Rank == 2
            ? nn.Conv1d(input[0], Channels, Kernel, Stride, Pad, Dilation, TorchSharp.PaddingModes.Zeros, Groups, Bias)
            : nn.Conv2d(input[0], Channels, Kernel, Stride, Pad, Dilation, TorchSharp.PaddingModes.Zeros, Groups, Bias);

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
    {
        var axes = input.Shape.Rank - 1;
        long[] Each(int value) => [.. Enumerable.Repeat((long)value, axes)];
        string[] inputs = [input.Name, graph.Weight(weights["weight"]), .. Bias ? [graph.Weight(weights["bias"])] : Array.Empty<string>()];
        return graph.Add("Conv", Output(input.Shape), inputs,
            ("kernel_shape", Each(Kernel)), ("strides", Each(Stride)), ("dilations", Each(Dilation)), ("group", (long)Groups),
            ("pads", Enumerable.Repeat((long)Pad, 2 * axes).ToArray()));
    }
}

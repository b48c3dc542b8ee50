using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>Largest or mean value of windows on every axis behind the channels; what does not fill a window is dropped.</summary>
/// <param name="Kind">Largest or mean.</param>
/// <param name="Window">Size of the windows on every axis.</param>
/// <param name="Stride">Step; null for the window's size.</param>
/// <param name="Padding">Added on both sides of every axis; zeros that count in a mean.</param>
public sealed record Pool(PoolKind Kind, int Window, int? Stride = null, int Padding = 0) : Layer
{
    private int Step => Stride ?? Window;

    /// <inheritdoc/>
    public override Shape Output(Shape input)
    {
        if (input.Rank is not (2 or 3)) throw DoesNotTake(input, "[channels, samples] or [channels, rows, columns]");
        for (var axis = 1; axis < input.Rank; axis++) input = input.With(axis, (input[axis] + 2 * Padding - Window) / Step + 1);
        return input;
    }

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input) => (Kind, input.Rank) switch
    {
        (PoolKind.Maximum, 2) => nn.MaxPool1d(Window, Step, Padding),
        (PoolKind.Maximum, _) => nn.MaxPool2d(Window, Step, Padding),
        (_, 2) => nn.AvgPool1d(Window, Step, Padding),
        _ => nn.AvgPool2d(Window, Step, Padding),
    };

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
    {
        var axes = input.Shape.Rank - 1;
        (string, object)[] attributes =
        [
            ("kernel_shape", Enumerable.Repeat((long)Window, axes).ToArray()), ("strides", Enumerable.Repeat((long)Step, axes).ToArray()),
            ("pads", Enumerable.Repeat((long)Padding, 2 * axes).ToArray()),
        ];
        return Kind == PoolKind.Maximum
            ? graph.Add("MaxPool", Output(input.Shape), [input.Name], attributes)
            : graph.Add("AveragePool", Output(input.Shape), [input.Name], [.. attributes, ("count_include_pad", 1L)]);
    }
}

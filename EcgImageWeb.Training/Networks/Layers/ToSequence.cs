using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>
/// Time-distributed flatten: the last axis becomes time and everything else the features of a step, so that [channels, rows, columns]
/// becomes [columns, channels · rows] and [channels, samples] becomes [samples, channels].
/// </summary>
public sealed record ToSequence : Layer
{
    /// <inheritdoc/>
    public override Shape Output(Shape input)
        => input.Rank >= 2 ? new Shape(input[-1], input.Count / input[-1]) : throw DoesNotTake(input, "[channels, …, time]");

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
        => new LambdaModule(nameof(ToSequence), x => x.reshape(-1, input.Count / input[-1], input[-1]).transpose(1, 2));

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
        => graph.Transpose(graph.Reshape(input, new Shape(input.Shape.Count / input.Shape[-1], input.Shape[-1])), 1, 0);
}

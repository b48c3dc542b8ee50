using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>The way back from a sequence to a signal: [time, features] becomes [features, time].</summary>
public sealed record ToChannels : Layer
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => input.Rank == 2 ? new Shape(input[1], input[0]) : throw DoesNotTake(input, "[time, features]");

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input) => new LambdaModule(nameof(ToChannels), x => x.transpose(1, 2));

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights) => graph.Transpose(input, 1, 0);
}

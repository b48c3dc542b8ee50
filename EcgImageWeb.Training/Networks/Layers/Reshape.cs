using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>The same values in another shape.</summary>
/// <param name="Target">The shape, with as many values as comes in.</param>
public sealed record Reshape(Shape Target) : Layer
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => input.Count == Target.Count ? Target : throw DoesNotTake(input, $"{Target.Count} values");

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input) => new LambdaModule(nameof(Reshape), x => x.reshape(Target.Batched()));

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights) => graph.Reshape(input, Target);
}

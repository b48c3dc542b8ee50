using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>All values of an example in one row.</summary>
public sealed record Flatten : Layer
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => new(input.Count);

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input) => new LambdaModule(nameof(Flatten), x => x.flatten(1));

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights) => graph.Reshape(input, Output(input.Shape));
}

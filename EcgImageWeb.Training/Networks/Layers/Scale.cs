using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>Multiplies every value by a constant, for example to bring pixels to 0 … 1.</summary>
/// <param name="Factor">The constant.</param>
public sealed record Scale(float Factor) : Layer
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => input;

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input) => new LambdaModule(nameof(Scale), x => x.mul(Factor));

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
        => graph.Add("Mul", input.Shape, [input.Name, graph.Constant(Factor)]);
}

using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>The same layer, with the same weights, for every lead of [leads, …]: the leads are folded into the batch.</summary>
/// <param name="Body">What every lead passes through.</param>
public sealed record PerLead(Layer Body) : Layer
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => Body.Output(input.Inner()).Outer(input[0]);

    /// <inheritdoc/>
    public override long ParameterCount(Shape input) => Body.ParameterCount(input.Inner());

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
    {
        var body = Body.CreateModule(input.Inner());
        var (folded, unfolded) = (input.Inner().Batched(), Output(input).Batched());
        return new LambdaModule(nameof(PerLead), x => body.call(x.reshape(folded)).reshape(unfolded), ("body", body));
    }

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
        => graph.Reshape(Body.AddTo(graph, graph.Reshape(input, input.Shape.Inner()), weights.Of("body")), Output(input.Shape));
}

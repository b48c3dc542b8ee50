using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>Sum of a body and a shortcut around it (He et al. 2016).</summary>
/// <param name="Body">What is learned on top.</param>
/// <param name="Shortcut">What goes around; the identity by default, a convolution where the shape changes.</param>
public sealed record Residual(Layer Body, Layer? Shortcut = null) : Layer
{
    private Layer Around => Shortcut ?? new Sequence();

    /// <inheritdoc/>
    public override Shape Output(Shape input)
        => Body.Output(input) == Around.Output(input) ? Body.Output(input) : throw DoesNotTake(input, "a shape that body and shortcut change alike");

    /// <inheritdoc/>
    public override long ParameterCount(Shape input) => Body.ParameterCount(input) + Around.ParameterCount(input);

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
    {
        var (body, around) = (Body.CreateModule(input), Around.CreateModule(input));
        return new LambdaModule(nameof(Residual), x => body.call(x).add(around.call(x)), ("body", body), ("shortcut", around));
    }

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
    {
        var body = Body.AddTo(graph, input, weights.Of("body"));
        return graph.Add("Add", body.Shape, [body.Name, Around.AddTo(graph, input, weights.Of("shortcut")).Name]);
    }
}

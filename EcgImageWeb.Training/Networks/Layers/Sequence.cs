using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>Layers one after another; none is the identity.</summary>
/// <param name="Layers">The layers in order; their names are their positions.</param>
public sealed record Sequence(params IReadOnlyList<Layer> Layers) : Layer
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => Layers.Aggregate(input, (shape, layer) => layer.Output(shape));

    /// <inheritdoc/>
    public override long ParameterCount(Shape input)
    {
        var count = 0L;
        foreach (var layer in Layers)
        {
            count += layer.ParameterCount(input);
            input = layer.Output(input);
        }

        return count;
    }

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
    {
        var modules = new List<nn.Module<Tensor, Tensor>>();
        foreach (var layer in Layers)
        {
            modules.Add(layer.CreateModule(input));
            input = layer.Output(input);
        }

        return new LambdaModule(
            nameof(Sequence),
            x => modules.Aggregate(x, (value, module) => module.call(value)),
            [.. modules.Select((module, index) => ($"{index}", (nn.Module)module))]);
    }

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
        => Layers.Select((layer, index) => (layer, index))
            .Aggregate(input, (value, part) => part.layer.AddTo(graph, value, weights.Of($"{part.index}")));
}

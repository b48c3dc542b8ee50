using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>One value a channel: [channels, …] becomes [channels].</summary>
/// <param name="Kind">Largest or mean.</param>
public sealed record GlobalPool(PoolKind Kind) : Layer
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => input.Rank >= 2 ? new Shape(input[0]) : throw DoesNotTake(input, "[channels, …]");

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
    {
        long[] last = [-1];
        return new LambdaModule(nameof(GlobalPool), Kind == PoolKind.Maximum ? x => x.flatten(2).amax(last) : x => x.flatten(2).mean(last));
    }

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
    {
        var flat = graph.Reshape(input, new Shape(input.Shape[0], input.Shape.Inner().Count));
        return graph.Add(Kind == PoolKind.Maximum ? "ReduceMax" : "ReduceMean", Output(input.Shape), [flat.Name], ("axes", new[] { -1L }), ("keepdims", 0L));
    }
}

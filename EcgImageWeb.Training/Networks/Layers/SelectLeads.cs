using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>Some leads of [leads, …], in the given order.</summary>
/// <param name="Indices">Zero-based leads.</param>
public sealed record SelectLeads(params IReadOnlyList<int> Indices) : Layer
{
    /// <inheritdoc/>
    public override Shape Output(Shape input)
        => Indices.All(index => index >= 0 && index < input[0]) ? input.With(0, Indices.Count) : throw DoesNotTake(input, "enough leads");

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
        => new LambdaModule(nameof(SelectLeads), x => cat(Indices.Select(index => x.narrow(1, index, 1)).ToArray(), 1));

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
        => graph.Add("Gather", Output(input.Shape), [input.Name, graph.Constant([.. Indices.Select(index => (long)index)])], ("axis", 1L));
}

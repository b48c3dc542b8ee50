using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>A range of the outermost axis.</summary>
/// <param name="Start">First index.</param>
/// <param name="Length">Number of entries.</param>
public sealed record Slice(int Start, int Length) : Layer
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => Start + Length <= input[0] ? input.With(0, Length) : throw DoesNotTake(input, $"at least {Start + Length} entries");

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input) => new LambdaModule(nameof(Slice), x => x.narrow(1, Start, Length));

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
        => graph.Add("Slice", Output(input.Shape), [input.Name, graph.Constant(new[] { (long)Start }), graph.Constant(new[] { (long)Start + Length }), graph.Constant(new[] { 1L })]);
}

using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>Fully connected layer on the last axis.</summary>
/// <param name="Units">Outputs.</param>
/// <param name="Bias">Whether a bias is learned.</param>
public sealed record Dense(int Units, bool Bias = true) : Layer
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => input.With(-1, Units);

    /// <inheritdoc/>
    public override long ParameterCount(Shape input) => (long)Units * input[-1] + (Bias ? Units : 0);

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input) => nn.Linear(input[-1], Units, Bias);

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
    {
        if (input.Shape.Rank == 1)
        {
            string[] inputs = [input.Name, graph.Weight(weights["weight"]), .. Bias ? [graph.Weight(weights["bias"])] : Array.Empty<string>()];
            return graph.Add("Gemm", Output(input.Shape), inputs, ("transB", 1L));
        }

        var product = graph.Add("MatMul", Output(input.Shape), [input.Name, graph.Weight(weights["weight"].Transposed(), channelAxis: 1)]);
        return Bias ? graph.Add("Add", product.Shape, [product.Name, graph.Weight(weights["bias"])]) : product;
    }
}

using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>Batch normalisation over the channels of [channels, samples] or [channels, rows, columns] (Ioffe and Szegedy 2015).</summary>
public sealed record BatchNorm : Layer
{
    /// <summary>Added to the variance; PyTorch's default.</summary>
    private const double Epsilon = 1e-5;

    /// <inheritdoc/>
    public override Shape Output(Shape input) => input.Rank is 1 or 2 or 3 ? input : throw DoesNotTake(input, "[channels, …]");

    /// <inheritdoc/>
    public override long ParameterCount(Shape input) => 2L * input[0];

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
        => input.Rank == 3 ? nn.BatchNorm2d(input[0], Epsilon) : nn.BatchNorm1d(input[0], Epsilon);

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
        => graph.Add(
            "BatchNormalization",
            input.Shape,
            [input.Name, .. new[] { "weight", "bias", "running_mean", "running_var" }.Select(name => graph.Weight(weights[name]))],
            ("epsilon", (float)Epsilon));
}

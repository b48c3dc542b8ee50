using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>While learning, sets a random share of the values to zero and scales the others up; otherwise nothing.</summary>
/// <param name="Rate">Share, 0 to below 1.</param>
public sealed record Dropout(double Rate) : Layer
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => input;

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input) => nn.Dropout(Rate);

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights) => input;
}

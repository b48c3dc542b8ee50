using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks;

/// <summary>A network, described once: training and the ONNX export both come from this.</summary>
/// <param name="Name">Its name, as in <c>models/NAME</c>.</param>
/// <param name="Input">Shape of one example.</param>
/// <param name="Body">The layers, up to the raw outputs.</param>
/// <param name="Labels">What the outputs stand for, in order.</param>
/// <param name="Answer">What makes probabilities of the raw outputs.</param>
public sealed record Network(string Name, Shape Input, Layer Body, IReadOnlyList<string> Labels, OutputFunction Answer = OutputFunction.Softmax)
{
    /// <summary>Shape of one example's outputs.</summary>
    public Shape Output => Body.Output(Input);

    /// <summary>Number of learned values.</summary>
    public long ParameterCount => Body.ParameterCount(Input);

    /// <summary>A fresh module with random weights, giving raw outputs; the caller disposes it.</summary>
    public nn.Module<Tensor, Tensor> CreateModule() => Body.CreateModule(Input);
}

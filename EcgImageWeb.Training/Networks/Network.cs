using EcgImageWeb.Training.Networks.Layers;
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

    /// <summary>The same network for inputs that hold its own and others' one after the other.</summary>
    /// <param name="whole">Shape of the joint input, a vector.</param>
    /// <param name="start">Where its own begins.</param>
    public Network Within(Shape whole, int start) => this with { Input = whole, Body = new Sequence(new Slice(start, Input.Count), new Reshape(Input), Body) };

    /// <summary>A fresh module with random weights, giving raw outputs; the caller disposes it.</summary>
    public nn.Module<Tensor, Tensor> CreateModule() => Body.CreateModule(Input);
}

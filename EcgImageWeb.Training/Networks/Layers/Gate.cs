using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>Multiplies every channel by a factor that the body computes from all of them, [channels, …] to [channels].</summary>
/// <param name="Body">Computes the factors.</param>
public sealed record Gate(Layer Body) : Layer
{
    /// <summary>Squeeze and excitation (Hu, Shen and Sun 2018, equations 2 to 4): mean, dense, ReLU, dense, sigmoid, multiply.</summary>
    /// <param name="channels">Channels that come in.</param>
    /// <param name="reduction">How many times fewer the hidden layer has.</param>
    public static Gate SqueezeExcitation(int channels, int reduction = 16) => new(new Sequence(
        new GlobalPool(PoolKind.Mean), new Dense(Math.Max(1, channels / reduction)), Activation.Relu, new Dense(channels), Activation.Sigmoid));

    /// <inheritdoc/>
    public override Shape Output(Shape input)
        => Body.Output(input) == new Shape(input[0]) ? input : throw DoesNotTake(input, "as many channels as its body gives factors");

    /// <inheritdoc/>
    public override long ParameterCount(Shape input) => Body.ParameterCount(input);

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
    {
        var body = Body.CreateModule(input);
        var broadcast = Broadcast(input).Batched();
        return new LambdaModule(nameof(Gate), x => x.mul(body.call(x).reshape(broadcast)), ("body", body));
    }

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
    {
        var factors = graph.Reshape(Body.AddTo(graph, input, weights.Of("body")), Broadcast(input.Shape));
        return graph.Add("Mul", input.Shape, [input.Name, factors.Name]);
    }

    private static Shape Broadcast(Shape input) => new([input[0], .. Enumerable.Repeat(1, input.Rank - 1)]);
}

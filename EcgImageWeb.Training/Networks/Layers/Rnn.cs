using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>Plain recurrent layer over [time, features] (Elman 1990): the hyperbolic tangent of what comes in and of the step before.</summary>
/// <param name="Units">Hidden units.</param>
/// <param name="ReturnSequences">Whether every step's output is given ([time, units]) or only the last one's ([units]).</param>
public sealed record Rnn(int Units, bool ReturnSequences = false) : Layer
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => Recurrent.Output(this, input, Units, ReturnSequences, bidirectional: false);

    /// <inheritdoc/>
    public override long ParameterCount(Shape input) => Recurrent.ParameterCount(input, Units, 1, bidirectional: false);

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
    {
        var rnn = nn.RNN(input[-1], Units, batchFirst: true);
        return new LambdaModule(
            nameof(Rnn),
            x =>
            {
                var (steps, last) = rnn.call(x);
                return ReturnSequences ? steps : last.transpose(0, 1).flatten(1);
            },
            ("cell", rnn));
    }

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
        => Recurrent.AddTo(graph, "RNN", input, weights.Of("cell"), Units, [0], ReturnSequences, bidirectional: false);
}

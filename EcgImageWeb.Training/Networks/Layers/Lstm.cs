using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>Long short-term memory over [time, features] (Hochreiter and Schmidhuber 1997), with PyTorch's two bias vectors.</summary>
/// <param name="Units">Hidden units of one direction.</param>
/// <param name="ReturnSequences">Whether every step's output is given ([time, units]) or only the last one's ([units]).</param>
/// <param name="Bidirectional">Whether a second one reads backwards; its outputs follow the first one's, so there are twice as many.</param>
public sealed record Lstm(int Units, bool ReturnSequences = false, bool Bidirectional = false) : Layer
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => Recurrent.Output(this, input, Units, ReturnSequences, Bidirectional);

    /// <inheritdoc/>
    public override long ParameterCount(Shape input) => Recurrent.ParameterCount(input, Units, 4, Bidirectional);

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
    {
        var lstm = nn.LSTM(input[-1], Units, 1, true, true, 0, Bidirectional);
        return new LambdaModule(
            nameof(Lstm),
            x =>
            {
                var (steps, last, _) = lstm.call(x);
                return ReturnSequences ? steps : last.transpose(0, 1).flatten(1);
            },
            ("cell", lstm));
    }

    /// <summary>PyTorch's gates are input, forget, cell, output; ONNX's input, output, forget, cell.</summary>
    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
        => Recurrent.AddTo(graph, "LSTM", input, weights.Of("cell"), Units, [0, 3, 1, 2], ReturnSequences, Bidirectional);
}

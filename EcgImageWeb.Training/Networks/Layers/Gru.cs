using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>Gated recurrent unit over [time, features] (Cho et al. 2014), in PyTorch's form: the reset gate acts behind the recurrent product.</summary>
/// <param name="Units">Hidden units of one direction.</param>
/// <param name="ReturnSequences">Whether every step's output is given ([time, units]) or only the last one's ([units]).</param>
/// <param name="Bidirectional">Whether a second one reads backwards; its outputs follow the first one's, so there are twice as many.</param>
public sealed record Gru(int Units, bool ReturnSequences = false, bool Bidirectional = false) : Layer
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => Recurrent.Output(this, input, Units, ReturnSequences, Bidirectional);

    /// <inheritdoc/>
    public override long ParameterCount(Shape input) => Recurrent.ParameterCount(input, Units, 3, Bidirectional);

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
    {
        var gru = nn.GRU(input[-1], Units, 1, true, true, 0, Bidirectional);
        return new LambdaModule(
            nameof(Gru),
            x =>
            {
                var (steps, last) = gru.call(x);
                return ReturnSequences ? steps : last.transpose(0, 1).flatten(1);
            },
            ("cell", gru));
    }

    /// <summary>PyTorch's gates are reset, update, new; ONNX's update, reset, hidden.</summary>
    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
        => Recurrent.AddTo(graph, "GRU", input, weights.Of("cell"), Units, [1, 0, 2], ReturnSequences, Bidirectional, ("linear_before_reset", 1L));
}

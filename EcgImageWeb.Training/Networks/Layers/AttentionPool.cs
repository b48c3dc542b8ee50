using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>
/// Weighted mean over the outermost axis of [items, features], the weights from a small network on each item
/// (attention-based pooling, Ilse, Tomczak and Welling 2018, equation 8).
/// </summary>
/// <param name="Hidden">Hidden units of the small network.</param>
public sealed record AttentionPool(int Hidden) : Layer
{
    private Sequence Score => new(new Dense(Hidden), Activation.Tanh, new Dense(1));

    /// <inheritdoc/>
    public override Shape Output(Shape input) => input.Rank == 2 ? input.Inner() : throw DoesNotTake(input, "[items, features]");

    /// <inheritdoc/>
    public override long ParameterCount(Shape input) => Score.ParameterCount(input);

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
    {
        var score = Score.CreateModule(input);
        return new LambdaModule(
            nameof(AttentionPool),
            x => x.mul(nn.functional.softmax(score.call(x), 1)).sum(1),
            ("score", score));
    }

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
    {
        var score = Score.AddTo(graph, input, weights.Of("score"));
        var share = graph.Add("Softmax", score.Shape, [score.Name], ("axis", 1L));
        var weighted = graph.Add("Mul", input.Shape, [input.Name, share.Name]);
        return graph.Add("ReduceSum", Output(input.Shape), [weighted.Name, graph.Constant(new[] { 1L })], ("keepdims", 0L));
    }
}

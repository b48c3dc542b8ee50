using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>
/// Brings the amplitudes of each example, and of each of its channels, to a common scale. As a layer it stands in the exported graph: a model
/// takes mV, and nobody who asks it can forget the scaling.
/// </summary>
/// <param name="Kind">How.</param>
public sealed record Normalize(NormalizeKind Kind) : Layer
{
    /// <summary>Added to what is divided by, so that a flat line becomes zeros. In mV: far below the step of any recorder.</summary>
    private const float Smallest = 1e-4f;

    /// <inheritdoc/>
    public override Shape Output(Shape input) => input.Rank == 2 ? input : throw DoesNotTake(input, "[channels, samples]");

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
    {
        long[] time = [-1];
        Tensor ZScore(Tensor x)
        {
            var centred = x.sub(x.mean(time, true));
            return centred.div(centred.mul(centred).mean(time, true).sqrt().add(Smallest));
        }

        Tensor MinMax(Tensor x)
        {
            var lowest = x.amin(time, true);
            return x.sub(lowest).div(x.amax(time, true).sub(lowest).add(Smallest));
        }

        return new LambdaModule($"{Kind}", Kind == NormalizeKind.ZScore ? ZScore : MinMax);
    }

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
    {
        var (whole, one) = (input.Shape, input.Shape.With(-1, 1));
        OnnxValue Reduce(string op, OnnxValue value) => graph.Add(op, one, [value.Name], ("axes", new[] { -1L }), ("keepdims", 1L));
        OnnxValue Node(string op, Shape shape, OnnxValue left, string right) => graph.Add(op, shape, [left.Name, right]);
        var offset = Reduce(Kind == NormalizeKind.ZScore ? "ReduceMean" : "ReduceMin", input);
        var moved = Node("Sub", whole, input, offset.Name);
        var scale = Kind == NormalizeKind.ZScore
            ? graph.Add("Sqrt", one, [Reduce("ReduceMean", Node("Mul", whole, moved, moved.Name)).Name])
            : Reduce("ReduceMax", moved);
        return Node("Div", whole, moved, Node("Add", one, scale, graph.Constant(Smallest)).Name);
    }
}

using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>Several branches of the same input, joined on the outermost axis.</summary>
/// <param name="Branches">The branches; their outputs differ at most in the outermost axis.</param>
public sealed record Concat(params IReadOnlyList<Layer> Branches) : Layer
{
    /// <summary>A layer's output behind its input, as in the skip connections of a U-Net.</summary>
    /// <param name="inner">The layer.</param>
    public static Concat Skip(Layer inner) => new(new Sequence(), inner);

    /// <inheritdoc/>
    public override Shape Output(Shape input)
    {
        var outputs = Branches.Select(branch => branch.Output(input)).ToArray();
        return outputs.All(output => output.Rank == outputs[0].Rank && output.With(0, 1) == outputs[0].With(0, 1))
            ? outputs[0].With(0, outputs.Sum(output => output[0]))
            : throw DoesNotTake(input, $"a shape that all branches change alike ({string.Join(", ", outputs)})");
    }

    /// <inheritdoc/>
    public override long ParameterCount(Shape input) => Branches.Sum(branch => branch.ParameterCount(input));

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
    {
        var branches = Branches.Select(branch => branch.CreateModule(input)).ToArray();
        return new LambdaModule(
            nameof(Concat),
            x => cat(branches.Select(branch => branch.call(x)).ToArray(), 1),
            [.. branches.Select((branch, index) => ($"{index}", (nn.Module)branch))]);
    }

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
        => graph.Add(
            "Concat",
            Output(input.Shape),
            [.. Branches.Select((branch, index) => branch.AddTo(graph, input, weights.Of($"{index}")).Name)],
            ("axis", 1L));
}

using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>
/// Brings each of some measures to mean 0 and deviation 1 and cuts off what is far out. Means and deviations are not learned by gradients:
/// they are weights named <c>mean</c> and <c>deviation</c>, taken from the training examples (<see cref="Fit"/>).
/// </summary>
/// <param name="Limit">Largest magnitude, deviations.</param>
public sealed record Standardize(double Limit) : Layer
{
    /// <summary>Mean and deviation of every measure.</summary>
    /// <param name="examples">The training examples' measures.</param>
    /// <returns>Weights for this layer; a measure that never varies has deviation 1.</returns>
    public static IReadOnlyDictionary<string, WeightTensor> Fit(IReadOnlyList<float[]> examples)
    {
        var count = examples[0].Length;
        var (means, deviations) = (new float[count], new float[count]);
        for (var measure = 0; measure < count; measure++)
        {
            var mean = examples.Average(example => (double)example[measure]);
            var deviation = Math.Sqrt(examples.Average(example => (example[measure] - mean) * (example[measure] - mean)));
            (means[measure], deviations[measure]) = ((float)mean, deviation > 1e-9 ? (float)deviation : 1);
        }

        return new Dictionary<string, WeightTensor> { ["mean"] = new([count], means), ["deviation"] = new([count], deviations) };
    }

    /// <inheritdoc/>
    public override Shape Output(Shape input) => input.Rank == 1 ? input : throw DoesNotTake(input, "[measures]");

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
    {
        var (mean, deviation) = (zeros(input.Count), ones(input.Count));
        var module = new LambdaModule(nameof(Standardize), x => x.sub(mean).div(deviation).clamp(-Limit, Limit));
        module.register_buffer("mean", mean);
        module.register_buffer("deviation", deviation);
        return module;
    }

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
    {
        var centred = graph.Add("Sub", input.Shape, [input.Name, graph.Weight(weights["mean"])]);
        var scaled = graph.Add("Div", input.Shape, [centred.Name, graph.Weight(weights["deviation"])]);
        return graph.Add("Clip", input.Shape, [scaled.Name, graph.Constant((float)-Limit), graph.Constant((float)Limit)]);
    }
}

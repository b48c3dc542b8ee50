using static TorchSharp.torch;

namespace EcgImageWeb.Training.Learning;

/// <summary>What training makes smaller, and how it counts what is right.</summary>
/// <param name="Value">Raw outputs and targets [batch, …] to the mean loss, a scalar.</param>
/// <param name="Accuracy">Raw outputs and targets to the share that is right, a scalar, 0 to 1.</param>
public sealed record Loss(Func<Tensor, Tensor, Tensor> Value, Func<Tensor, Tensor, Tensor> Accuracy)
{
    /// <summary>Categorical cross-entropy of classes on axis 1; targets are shares that sum to one, so mixed examples and smoothed labels are welcome.</summary>
    public static readonly Loss CrossEntropy = new(
        (outputs, targets) => nn.functional.log_softmax(outputs, 1).mul(targets).sum(1).mean().neg(),
        (outputs, targets) => outputs.argmax(1).eq(targets.argmax(1)).to_type(ScalarType.Float32).mean());

    /// <summary>Mean binary cross-entropy of labels that do not exclude each other.</summary>
    public static readonly Loss BinaryCrossEntropy = new(
        (outputs, targets) => outputs.relu().sub(outputs.mul(targets)).add(outputs.abs().neg().exp().log1p()).mean(),
        (outputs, targets) => outputs.gt(0).eq(targets.gt(0.5)).to_type(ScalarType.Float32).mean());

    /// <summary>
    /// Cross-entropy of outputs for classes that are drawn more often than they occur: what the draws add to a class is added to its output while learning, so that without
    /// it the outputs speak of classes as often as they occur (logit adjustment, Menon et al. 2021, with the draws' shares as the prior).
    /// </summary>
    /// <param name="counts">How often each class occurs.</param>
    /// <param name="balance">How much its draws are balanced, as in <see cref="Sampling.Balanced"/>.</param>
    public static Loss DrawnCrossEntropy(IReadOnlyList<int> counts, double balance)
    {
        float[] added = [.. counts.Select(count => (float)(-balance * Math.Log(count)))];
        return CrossEntropy with { Value = (outputs, targets) => CrossEntropy.Value(outputs.add(tensor(added)), targets) };
    }

    /// <summary>Cross-entropy in which an example counts by its class.</summary>
    /// <param name="weights">One weight a class.</param>
    public static Loss WeightedCrossEntropy(params float[] weights) => CrossEntropy with
    {
        Value = (outputs, targets) =>
        {
            var weighted = targets.mul(tensor(weights));
            return nn.functional.log_softmax(outputs, 1).mul(weighted).sum().neg().div(weighted.sum());
        },
    };
}

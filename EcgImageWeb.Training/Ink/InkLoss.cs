using EcgImageWeb.Training.Learning;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Ink;

/// <summary>
/// What the ink network makes smaller: cross-entropy a pixel, in which the middle of a stroke counts more, since paper is twenty times as
/// common, and Dice's coefficient (Milletari et al. 2016), which does not care how common either is.
/// </summary>
public static class InkLoss
{
    /// <summary>A pixel in the middle of a stroke counts as one and so many of paper.</summary>
    private const double StrokeWeight = 3;

    private const double DiceWeight = 0.5;

    /// <summary>The loss; what it counts as right is the intersection of ink and answer over their union.</summary>
    public static readonly Loss Value = new(Combined, Overlap);

    private static Tensor Combined(Tensor outputs, Tensor targets)
    {
        var entropy = outputs.relu().sub(outputs.mul(targets)).add(outputs.abs().neg().exp().log1p());
        var weights = targets.mul(StrokeWeight).add(1);
        var answer = outputs.sigmoid();
        var dice = answer.mul(targets).sum().mul(2).add(1).div(answer.sum().add(targets.sum()).add(1));
        return entropy.mul(weights).mean().add(dice.neg().add(1).mul(DiceWeight));
    }

    private static Tensor Overlap(Tensor outputs, Tensor targets)
    {
        Tensor answer = outputs.gt(0).to_type(ScalarType.Float32), truth = targets.gt(0.5).to_type(ScalarType.Float32);
        var both = answer.mul(truth).sum();
        return both.add(1).div(answer.sum().add(truth.sum()).sub(both).add(1));
    }
}

namespace EcgImageWeb.Training.Data;

/// <summary>
/// Mixed examples (Zhang et al. 2018, "mixup: beyond empirical risk minimization"): some batches become weighted means of two of their own examples each,
/// targets likewise; and targets are never quite sure (label smoothing). Both keep a network from learning few records, and labels that doctors
/// disagree on, by heart.
/// </summary>
/// <param name="Share">Share of the batches that are mixed, 0 to 1.</param>
/// <param name="Smoothing">Share of every target that is spread evenly over the classes, 0 to below 1.</param>
public sealed record Mixup(double Share, double Smoothing)
{
    /// <summary>A new batch of as many examples.</summary>
    /// <param name="batch">Examples with shares of classes as targets.</param>
    /// <param name="random">Source of chance.</param>
    public Batch Apply(Batch batch, Random random)
    {
        var (length, classes) = (batch.Inputs.Length / batch.Count, batch.Targets.Length / batch.Count);
        var targets = Array.ConvertAll(batch.Targets, target => (float)(target * (1 - Smoothing) + Smoothing / classes));
        if (random.NextDouble() >= Share) return batch with { Targets = targets };

        // One weight a batch, 0.5 to 1 and mostly near 1, about as Beta(0.4, 0.4) folded at a half.
        var weight = (float)(1 - 0.5 * Math.Pow(random.NextDouble(), 2));
        var partners = Enumerable.Range(0, batch.Count).ToArray();
        random.Shuffle(partners);
        float[] Mix(float[] values, int size) => [.. values.Select((value, index) => weight * value + (1 - weight) * values[partners[index / size] * size + index % size])];
        return new Batch(batch.Count, Mix(batch.Inputs, length), Mix(targets, classes));
    }
}

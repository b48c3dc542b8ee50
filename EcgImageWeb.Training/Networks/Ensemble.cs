namespace EcgImageWeb.Training.Networks;

/// <summary>
/// What a model answers with: the weighted mean of its members' probabilities, made more or less sure by a temperature. Most models have one member.
/// </summary>
/// <param name="Members">Networks of the same input and labels, at least one.</param>
/// <param name="Shares">The weight of each member's probabilities, in the members' order; they sum to 1.</param>
/// <param name="Temperature">What the mean's logarithms are divided by; above 1 makes answers less sure (Guo et al. 2017).</param>
public sealed record Ensemble(IReadOnlyList<TrainedNetwork> Members, IReadOnlyList<double> Shares, double Temperature = 1)
{
    /// <summary>Networks that count alike; one of them alone is itself.</summary>
    /// <param name="members">The networks.</param>
    public static Ensemble Of(params IReadOnlyList<TrainedNetwork> members) => new(members, [.. members.Select(_ => 1.0 / members.Count)]);
}

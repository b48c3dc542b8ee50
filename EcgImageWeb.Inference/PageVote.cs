namespace EcgImageWeb.Inference;

/// <summary>What the leads of one page say together.</summary>
/// <param name="Method">How they were combined.</param>
/// <param name="Probabilities">One value a class, in the order of the model's labels; they sum to 1.</param>
/// <param name="ClassIndex">The page's class, an index into the model's labels.</param>
/// <param name="Agreement">Share of leads, 0 to 1, whose own most probable class is the page's class.</param>
public sealed record PageVote(
    AggregationMethod Method, IReadOnlyList<double> Probabilities, int ClassIndex, double Agreement);

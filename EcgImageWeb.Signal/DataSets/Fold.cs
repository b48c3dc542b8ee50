namespace EcgImageWeb.Signal.DataSets;

/// <summary>One round of a cross-validation: indices into the examples, no index on both sides.</summary>
/// <param name="Train">Examples to learn from (oversample these only).</param>
/// <param name="Test">Examples to measure on.</param>
public sealed record Fold(IReadOnlyList<int> Train, IReadOnlyList<int> Test);

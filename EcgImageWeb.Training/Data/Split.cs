namespace EcgImageWeb.Training.Data;

/// <summary>Which pages are learned from and which are held out; the same page may stand several times on a side.</summary>
/// <param name="Train">Indices into the pages.</param>
/// <param name="Validation">Indices into the pages: what decides on epochs and what is reported.</param>
/// <param name="Test">Indices into the pages: never looked at before the end. Empty where the protocol has none.</param>
public sealed record Split(IReadOnlyList<int> Train, IReadOnlyList<int> Validation, IReadOnlyList<int> Test);

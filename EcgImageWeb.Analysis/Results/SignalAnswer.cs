namespace EcgImageWeb.Analysis.Results;

/// <summary>What a signal model says of one lead, or of the page or record by its longest lead.</summary>
/// <param name="Class">The class with the highest probability.</param>
/// <param name="Probabilities">By class, summing to 1: the mean over the windows.</param>
/// <param name="Lead">The lead it is about, in the answer of a page or record.</param>
/// <param name="Note">What is unusual about the input, for example <c>2.5 s, model trained on 10 s</c>.</param>
/// <param name="Windows">Windows averaged over; null for a single one.</param>
/// <param name="Agreement">Share of the leads with an answer of their own whose class this is, 0 to 1; in the answer of a page or record.</param>
public sealed record SignalAnswer(
    string Class, IReadOnlyDictionary<string, double> Probabilities, string? Lead = null, string? Note = null, int? Windows = null, double? Agreement = null);

namespace EcgImageWeb.Analysis.Results;

/// <summary>One beat.</summary>
/// <param name="Lead">The lead it was found in.</param>
/// <param name="TimeS">Its R peak, seconds on the time axis of the page or record.</param>
/// <param name="Class">AAMI class: N, S, V, F or Q.</param>
/// <param name="Probability">Of that class.</param>
public sealed record BeatAnswer(string Lead, double TimeS, string Class, double Probability);

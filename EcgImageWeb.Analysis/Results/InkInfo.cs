namespace EcgImageWeb.Analysis.Results;

/// <summary>How trace ink was told from everything else on the page.</summary>
/// <param name="From"><c>network</c>, <c>classical</c> or <c>vectors</c>.</param>
/// <param name="Why">One sentence.</param>
public sealed record InkInfo(string From, string Why);

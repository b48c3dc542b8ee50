namespace EcgImageWeb.Analysis.Results;

/// <summary>Something that was assumed or is uncertain, in words.</summary>
/// <param name="Code">Stable, lower case with dashes.</param>
/// <param name="Lead">The lead it is about; null for the page.</param>
/// <param name="Message">One sentence.</param>
public sealed record Warning(string Code, string? Lead, string Message);

namespace EcgImageWeb.Vision;

/// <summary>Something a stage assumed or could not confirm, in words for a person.</summary>
/// <param name="Code">Stable, lower case with dashes.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Lead">The lead it is about, or null for the page.</param>
public sealed record Note(string Code, string Message, string? Lead = null);

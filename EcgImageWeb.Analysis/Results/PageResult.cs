namespace EcgImageWeb.Analysis.Results;

/// <summary>What is said of the page as a whole.</summary>
/// <param name="ImageModels">The answer of each image model that was asked, by its name.</param>
public sealed record PageResult(IReadOnlyDictionary<string, PageClass>? ImageModels);

namespace EcgImageWeb.Analysis.Results;

/// <summary>A model that answered.</summary>
/// <param name="Name">Folder below <c>models/</c>.</param>
/// <param name="Version">From its manifest.</param>
/// <param name="Sha256">Of its file.</param>
public sealed record ModelInfo(string Name, string Version, string Sha256);

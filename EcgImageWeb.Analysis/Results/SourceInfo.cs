namespace EcgImageWeb.Analysis.Results;

/// <summary>The file a result was made from.</summary>
/// <param name="File">Name without folders.</param>
/// <param name="Sha256">Of the bytes, lower-case hex.</param>
/// <param name="Format">For example <c>jpeg</c>.</param>
/// <param name="Width">Pixels across after EXIF orientation.</param>
/// <param name="Height">Pixels down after EXIF orientation.</param>
/// <param name="Page">One-based page of the file.</param>
/// <param name="Pages">Pages in the file.</param>
public sealed record SourceInfo(string File, string Sha256, string Format, int Width, int Height, int Page, int Pages);

namespace EcgImageWeb.Analysis.Results;

/// <summary>A rectangle of pixels in the upright page.</summary>
/// <param name="X">First column.</param>
/// <param name="Y">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public sealed record Box(int X, int Y, int Width, int Height);

namespace EcgImageWeb.Vision;

/// <summary>A rectangle of whole pixels: columns X to X + Width - 1, rows Y to Y + Height - 1.</summary>
/// <param name="X">First column.</param>
/// <param name="Y">First row.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
public readonly record struct PixelBox(int X, int Y, int Width, int Height);

namespace EcgImageWeb.Vision.Geometry;

/// <summary>A connected piece of ink and the box around it, pixels of a <see cref="PageInk"/>.</summary>
internal readonly record struct InkPiece(int Label, int Left, int Top, int Width, int Height);

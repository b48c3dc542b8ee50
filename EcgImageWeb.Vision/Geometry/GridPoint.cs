namespace EcgImageWeb.Vision.Geometry;

/// <summary>A place of a <see cref="GridSignal"/> and how many lines from the origin it lies.</summary>
/// <param name="X">Pixel centres are whole numbers.</param>
/// <param name="Y">Pixel centres are whole numbers.</param>
/// <param name="Lines">Lines counted from the origin, with the part of a period; whole on a line.</param>
/// <param name="Weight">How far it is to be believed.</param>
internal readonly record struct GridPoint(double X, double Y, double Lines, double Weight);

namespace EcgImageWeb.Vision.Layout;

/// <summary>Canvas pixels per millimetre of paper.</summary>
/// <param name="X">Across.</param>
/// <param name="Y">Down.</param>
internal readonly record struct CanvasScale(double X, double Y);

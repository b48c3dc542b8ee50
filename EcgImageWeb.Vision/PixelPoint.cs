namespace EcgImageWeb.Vision;

/// <summary>A continuous pixel position: the centre of the top-left pixel is (0.5, 0.5).</summary>
/// <param name="X">Across, pixels.</param>
/// <param name="Y">Down, pixels.</param>
public readonly record struct PixelPoint(double X, double Y);

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>A place on the flat sheet, from its top left corner.</summary>
/// <param name="XMm">Across, millimetres.</param>
/// <param name="YMm">Down, millimetres.</param>
public readonly record struct PagePoint(double XMm, double YMm);

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>A line of print outside the leads: patient data, measurements, speed and gain.</summary>
/// <param name="XMm">Left end.</param>
/// <param name="YMm">Bottom of the letters.</param>
/// <param name="HeightMm">Height of a capital letter.</param>
/// <param name="Text">ASCII.</param>
public sealed record PageText(double XMm, double YMm, double HeightMm, string Text);

namespace EcgImageWeb.Signal.Filtering;

/// <summary>A second-order section H(z) = (B0 + B1/z + B2/z²) / (1 + A1/z + A2/z²).</summary>
/// <param name="B0">Numerator, newest sample.</param>
/// <param name="B1">Numerator, one sample back.</param>
/// <param name="B2">Numerator, two samples back.</param>
/// <param name="A1">Denominator, one sample back.</param>
/// <param name="A2">Denominator, two samples back.</param>
public readonly record struct Biquad(double B0, double B1, double B2, double A1, double A2)
{
    /// <summary>Gain at 0 Hz.</summary>
    public double DcGain => (B0 + B1 + B2) / (1 + A1 + A2);
}

namespace EcgImageWeb.Signal.Measures;

/// <summary>Ratios of energies in dB.</summary>
public static class Decibel
{
    /// <summary>10 log10(signal / error): +∞ without error, -∞ without signal, NaN without either.</summary>
    public static double Of(double signal, double error) => 10 * Math.Log10(signal / error);
}

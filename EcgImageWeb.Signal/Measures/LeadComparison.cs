namespace EcgImageWeb.Signal.Measures;

/// <summary>A digitized lead against its true signal, after alignment.</summary>
/// <param name="Lead">Name of the true lead.</param>
/// <param name="LagS">Seconds by which the digitized lead is late.</param>
/// <param name="OffsetMv">Added to the digitized lead to match the true one, least squares over samples known in both.</param>
/// <param name="SignalEnergy">Sum of squares of the true samples, mV².</param>
/// <param name="ErrorEnergy">Sum of squared differences; a missing digitized sample counts as 0 mV.</param>
/// <param name="Samples">True samples that are known.</param>
/// <param name="Correlation">Pearson's correlation over samples known in both; NaN where it has no meaning.</param>
/// <param name="RmseMv">Root mean square difference over samples known in both; NaN without any.</param>
/// <param name="Coverage">Share of the known true samples for which there is a digitized one, 0 to 1.</param>
public sealed record LeadComparison(
    string Lead, double LagS, double OffsetMv, double SignalEnergy, double ErrorEnergy, int Samples,
    double Correlation, double RmseMv, double Coverage)
{
    /// <summary>Signal-to-noise ratio of this lead in dB.</summary>
    public double SnrDb => Decibel.Of(SignalEnergy, ErrorEnergy);
}

namespace EcgImageWeb.Signal.Measures;

/// <summary>The SNR of many pages.</summary>
/// <param name="Pages">How many.</param>
/// <param name="MeanDb">Mean of the pages' dB.</param>
/// <param name="MedianDb">Median of the pages' dB.</param>
/// <param name="PooledDb">All signal over all error, in dB: bad pages weigh as much as they are wrong.</param>
public sealed record SnrSummary(int Pages, double MeanDb, double MedianDb, double PooledDb)
{
    /// <summary>Summarizes pages; all figures NaN when there are none.</summary>
    public static SnrSummary Of(IReadOnlyList<PageComparison> pages)
    {
        var sorted = pages.Select(page => page.SnrDb).Order().ToArray();
        var median = sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return new SnrSummary(sorted.Length, sorted.DefaultIfEmpty(double.NaN).Average(), median,
            Decibel.Of(pages.Sum(page => page.Leads.Sum(lead => lead.SignalEnergy)), pages.Sum(page => page.Leads.Sum(lead => lead.ErrorEnergy))));
    }
}

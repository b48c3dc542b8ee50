namespace EcgImageWeb.Signal.Measures;

/// <summary>The leads of one page against the truth.</summary>
/// <param name="Leads">One comparison for every lead of the truth.</param>
public sealed record PageComparison(IReadOnlyList<LeadComparison> Leads)
{
    /// <summary>The competition's measure of a page: 10 log10(sum of label² / sum of error²) over all leads together.</summary>
    public double SnrDb => Decibel.Of(Leads.Sum(lead => lead.SignalEnergy), Leads.Sum(lead => lead.ErrorEnergy));

    /// <summary>Mean of Pearson's correlation over the leads that have one.</summary>
    public double Correlation => Leads.Select(lead => lead.Correlation).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Mean RMSE in mV over the leads that have one.</summary>
    public double RmseMv => Leads.Select(lead => lead.RmseMv).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Share of all known true samples that were digitized.</summary>
    public double Coverage => Leads.Sum(lead => lead.Coverage * lead.Samples) / Leads.Sum(lead => lead.Samples);
}

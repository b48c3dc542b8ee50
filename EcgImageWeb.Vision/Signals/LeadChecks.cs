using System.Globalization;
using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Measures;

namespace EcgImageWeb.Vision.Signals;

/// <summary>What the leads of every heart must fulfil, asked of a page that was read: the one check that knows nothing of how it was read.</summary>
public static class LeadChecks
{
    /// <summary>
    /// Residue of the limb leads' equations, as a share of the leads, from which something is wrong: leads of the same size that have nothing to do with each other
    /// give 1; of 53 pages read well the worst had 0.54, since its recording itself does not add up.
    /// </summary>
    private const double LargestShare = 0.7;

    /// <summary>Correlation of a lead with itself below which one of the two is misread; 0.87 on the worst of the pages with known signals.</summary>
    private const double LeastCorrelation = 0.7;

    /// <summary>The equations that are not fulfilled, each as a sentence.</summary>
    /// <param name="leads">Leads of a page on its time axis; the second trace of a lead ends with <c>@column</c>.</param>
    public static IEnumerable<Note> Of(IReadOnlyList<LeadSignal> leads)
    {
        ArgumentNullException.ThrowIfNull(leads);
        if (LeadConsistency.Einthoven(leads)?.Share is { } einthoven && einthoven > LargestShare)
            yield return Contradiction("I, II and III do not add up as they must (I + III = II)", einthoven);
        if (LeadConsistency.Goldberger(leads)?.Share is { } goldberger && goldberger > LargestShare)
            yield return Contradiction("aVR, aVL and aVF do not add up as they must (aVR + aVL + aVF = 0)", goldberger);
        foreach (var column in leads.Where(lead => lead.Name.EndsWith("@column", StringComparison.Ordinal)))
        {
            var name = column.Name[..^"@column".Length];
            if (leads.FirstOrDefault(lead => lead.Name == name) is { } strip && LeadConsistency.DoubledLead(column, strip).Correlation is var correlation && correlation < LeastCorrelation)
                yield return new Note("doubled-lead-differs", string.Create(CultureInfo.InvariantCulture, $"{name} is printed twice, but the two traces do not agree (correlation {correlation:0.00}): one of them was misread or is another lead."), name);
        }
    }

    private static Note Contradiction(string what, double share) =>
        new("leads-contradict", string.Create(CultureInfo.InvariantCulture, $"{what}: {share:P0} of their size is left over. A trace was misread, or a name is wrong."));
}

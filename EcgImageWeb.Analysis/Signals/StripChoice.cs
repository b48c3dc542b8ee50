using EcgImageWeb.Signal;

namespace EcgImageWeb.Analysis.Signals;

/// <summary>Which lead speaks for a page or record.</summary>
public static class StripChoice
{
    // Leads within this share of the longest count as equally long.
    private const double AsLong = 0.95;

    // What the models learned from: lead II, MIT-BIH's MLII, and the lead I of hand-held recorders.
    private static readonly string[] Preferred = ["II", "MLII", "I"];

    /// <summary>The lead with the longest known time; of several lead II, then the modified lead II, then I, then the first.</summary>
    /// <param name="leads">The leads.</param>
    /// <returns>Its index; -1 where nothing is known.</returns>
    public static int Of(IReadOnlyList<LeadSignal> leads)
    {
        ArgumentNullException.ThrowIfNull(leads);
        var known = leads.Select(lead => lead.Coverage * lead.DurationS).ToArray();
        if (known.Length == 0 || known.Max() <= 0)
            return -1;
        var longest = Enumerable.Range(0, known.Length).Where(lead => known[lead] >= AsLong * known.Max()).ToArray();
        foreach (var name in Preferred)
            foreach (var lead in longest)
                if (leads[lead].Name == name)
                    return lead;
        return longest[0];
    }
}

namespace EcgImageWeb.Signal.Measures;

/// <summary>Checks of a page without truth.</summary>
public static class LeadConsistency
{
    // With fewer common samples the mean that is removed hides the error.
    private const double LeastCommonS = 0.5;

    /// <summary>Einthoven's equation I + III - II = 0; null when the three are not on the page at a common time.</summary>
    /// <param name="leads">Leads of one sampling rate on the page's time axis.</param>
    public static LeadResidue? Einthoven(IReadOnlyList<LeadSignal> leads) => Residue(leads, ("I", 1), ("III", 1), ("II", -1));

    /// <summary>Goldberger's leads: aVR + aVL + aVF = 0; null when the three are not on the page at a common time.</summary>
    /// <param name="leads">Leads of one sampling rate on the page's time axis.</param>
    public static LeadResidue? Goldberger(IReadOnlyList<LeadSignal> leads) => Residue(leads, ("aVR", 1), ("aVL", 1), ("aVF", 1));

    /// <summary>
    /// A lead that is printed twice against itself, over the time they share: the shorter one is the truth, the longer one may be moved by 0.2 s.
    /// </summary>
    /// <param name="first">One trace.</param>
    /// <param name="second">The other trace of the same lead, on the same time axis.</param>
    public static LeadComparison DoubledLead(LeadSignal first, LeadSignal second) =>
        first.DurationS <= second.DurationS
            ? DigitizationMeasure.Compare(first, second, removeMean: true)
            : DigitizationMeasure.Compare(second, first, removeMean: true);

    private static LeadResidue? Residue(IReadOnlyList<LeadSignal> leads, params (string Name, int Sign)[] terms)
    {
        var found = terms.Select(term => leads.FirstOrDefault(lead => lead.Name == term.Name)).OfType<LeadSignal>().ToArray();
        if (found.Length < terms.Length || found.Any(lead => lead.SampleRateHz != found[0].SampleRateHz))
            return null;
        var rateHz = found[0].SampleRateHz;
        var startS = found.Max(lead => lead.StartS);
        var offsets = Array.ConvertAll(found, lead => (int)Math.Round((startS - lead.StartS) * rateHz));
        var length = found.Select((lead, k) => lead.Mv.Length - offsets[k]).Min();
        var common = Enumerable.Range(0, Math.Max(0, length)).Where(i => found.Select((lead, k) => lead.Mv[i + offsets[k]]).All(float.IsFinite)).ToArray();
        if (common.Length < LeastCommonS * rateHz)
            return null;
        var means = found.Select((lead, k) => common.Average(i => (double)lead.Mv[i + offsets[k]])).ToArray();
        var (residue, own) = (0.0, 0.0);
        foreach (var i in common)
        {
            var sum = 0.0;
            for (var k = 0; k < found.Length; k++)
            {
                var value = found[k].Mv[i + offsets[k]] - means[k];
                sum += terms[k].Sign * value;
                own += value * value;
            }
            residue += sum * sum;
        }
        return new LeadResidue(Math.Sqrt(residue / common.Length), own > 0 ? Math.Sqrt(residue / own) : 0, common.Length);
    }
}

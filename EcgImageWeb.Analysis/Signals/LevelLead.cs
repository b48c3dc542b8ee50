using EcgImageWeb.Signal;

namespace EcgImageWeb.Analysis.Signals;

/// <summary>
/// Takes the slope out of a lead that was read from a page: a photo that was not taken quite straight on leaves one, of a millivolt and more over ten seconds, and no
/// recording that the models learned from has the like. Leads without slope stay what they are.
/// </summary>
public static class LevelLead
{
    /// <summary>The lead less the straight line that fits it best (least squares over its known samples), its middle kept where it is.</summary>
    /// <param name="lead">The lead; gaps stay gaps.</param>
    public static LeadSignal Of(LeadSignal lead)
    {
        ArgumentNullException.ThrowIfNull(lead);
        int[] known = [.. Enumerable.Range(0, lead.Mv.Length).Where(sample => !float.IsNaN(lead.Mv[sample]))];
        if (known.Length < 2)
            return lead;
        var (middle, level) = (known.Average(), known.Average(sample => (double)lead.Mv[sample]));
        var slope = known.Sum(sample => (sample - middle) * (lead.Mv[sample] - level)) / known.Sum(sample => (sample - middle) * (sample - middle));
        return lead with { Mv = [.. lead.Mv.Select((value, sample) => (float)(value - slope * (sample - middle)))] };
    }
}

using EcgImageWeb.Analysis.Corrections;
using EcgImageWeb.Analysis.Results;

namespace EcgImageWeb.Client.Correct;

/// <summary>One edit more on top of what a person has corrected already.</summary>
internal static class Edits
{
    /// <summary>A lead's box.</summary>
    public static PageCorrections WithBox(this PageCorrections set, string key, Box box) => set.With(key, lead => lead with { Box = box });

    /// <summary>A lead's name; the lead that had it takes the other's, since no two columns show the same lead.</summary>
    public static PageCorrections WithName(this PageCorrections set, AnalysisResult result, string key, string name)
    {
        var lead = result.Leads.First(one => one.Key == key);
        var twin = IsStrip(lead) ? null : result.Leads.FirstOrDefault(one => one.Key != key && !IsStrip(one) && one.Name == name);
        set = set.With(key, one => one with { Name = name });
        return twin is null ? set : set.With(twin.Key, one => one with { Name = lead.Name });
    }

    /// <summary>A piece of trace.</summary>
    public static PageCorrections WithPiece(this PageCorrections set, RedrawnPiece piece) => set with { Redrawn = [.. set.Redrawn ?? [], piece] };

    /// <summary>Corners, turn, scale or layout: the upright page or its places are others then, and what was set on the old one is let go.</summary>
    public static PageCorrections OnAnotherPage(this PageCorrections set) => set with { Leads = null, Redrawn = null };

    /// <summary>Whether a lead is a long strip, which may show a lead that a column shows, too.</summary>
    public static bool IsStrip(LeadResult lead) => lead.Key.StartsWith("rhythm", StringComparison.Ordinal);

    private static PageCorrections With(this PageCorrections set, string key, Func<LeadCorrection, LeadCorrection> change)
    {
        var leads = (set.Leads ?? []).ToList();
        var at = leads.FindIndex(lead => lead.Key == key);
        if (at < 0)
            leads.Add(change(new LeadCorrection(key)));
        else
            leads[at] = change(leads[at]);
        return set with { Leads = leads };
    }
}

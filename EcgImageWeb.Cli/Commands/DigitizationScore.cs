using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Measures;
using EcgImageWeb.Vision.Signals;

namespace EcgImageWeb.Cli.Commands;

/// <summary>How well one page was read. Without truth only the checks that every page allows are there.</summary>
/// <param name="Name">File name.</param>
/// <param name="Refused">Code and sentence of the refusal; null where the page was read.</param>
/// <param name="Comparison">Against the truth; a refused page is compared as nothing.</param>
/// <param name="Cinc2024Db">The 2024 challenge's SNR, mean over the leads; null where it was not asked for.</param>
/// <param name="WrongNames">Leads whose signal is another lead's.</param>
/// <param name="Leads">Leads that were read under a name the truth has.</param>
/// <param name="DoubledCorrelation">Correlation of a lead printed twice with itself; null without one.</param>
/// <param name="Einthoven">Residue of I + III - II as a share of the leads.</param>
/// <param name="Goldberger">Residue of aVR + aVL + aVF as a share of the leads.</param>
/// <param name="Coverage">Share of all leads' time that was read.</param>
internal sealed record DigitizationScore(
    string Name, string? Refused, PageComparison? Comparison, double? Cinc2024Db, int WrongNames, int Leads,
    double? DoubledCorrelation, double? Einthoven, double? Goldberger, double Coverage)
{
    public static DigitizationScore OfRefused(DigitizationItem item, string reason, bool quick) => new(
        item.Name, reason, item.TruthFile is null ? null : DigitizationMeasure.ComparePage(item.Truth(), [], item.BaselineArbitrary),
        item.TruthFile is null || quick ? null : 0, 0, 0, null, null, null, 0);

    public static DigitizationScore Of(DigitizationItem item, DigitizedPage page, bool quick)
    {
        var signals = page.Leads.Select(lead => lead.Signal).ToArray();
        var truth = item.TruthFile is null ? null : item.Truth();
        var comparison = truth is null ? null : DigitizationMeasure.ComparePage(truth, signals, item.BaselineArbitrary);
        var compared = comparison?.Leads.Where(lead => double.IsFinite(lead.Correlation)).ToArray() ?? [];
        double? cinc = truth is null || quick ? null : comparison!.Leads.Average(lead => Cinc(truth.First(t => t.Name == lead.Lead), signals));
        var column = signals.FirstOrDefault(signal => signal.Name.EndsWith("@column", StringComparison.Ordinal));
        var strip = column is null ? null : signals.FirstOrDefault(signal => signal.Name == column.Name[..^"@column".Length]);
        return new DigitizationScore(
            item.Name, null, comparison, cinc, compared.Count(lead => LeadMixUp.Find(lead, truth!, signals) is not null), compared.Length,
            strip is null ? null : LeadConsistency.DoubledLead(column!, strip).Correlation,
            LeadConsistency.Einthoven(signals)?.Share, LeadConsistency.Goldberger(signals)?.Share,
            comparison?.Coverage ?? signals.Average(signal => signal.Coverage));
    }

    // The challenge compares leads from their first printed sample on.
    private static double Cinc(LeadSignal truth, LeadSignal[] signals)
    {
        if (signals.FirstOrDefault(s => s.Name == truth.Name) is not { } signal)
            return 0;
        var first = Array.FindIndex(truth.Mv, mv => !float.IsNaN(mv));
        var last = Array.FindLastIndex(truth.Mv, mv => !float.IsNaN(mv));
        return Cinc2024Snr.Of(truth with { Mv = truth.Mv[first..(last + 1)], StartS = truth.TimeOf(first) }, signal);
    }
}

using System.Globalization;
using EcgImageWeb.Signal.Measures;

namespace EcgImageWeb.Vision.Signals;

/// <summary>How trace ink was told from everything else on a page, and why so.</summary>
/// <param name="From"><c>network</c>, <c>classical</c> (by its darkness against paper and grid) or <c>vectors</c> (a PDF's own lines).</param>
/// <param name="Why">One sentence.</param>
public sealed record InkSource(string From, string Why)
{
    /// <summary>A page on which the network loses more of the traces than this share is one that it does not know.</summary>
    private const double LostCoverage = 0.005;

    /// <summary>So much more contradiction is more than the chance of two readings of one page.</summary>
    private const double ClearlyMore = 1.1;

    /// <summary>The lines that a PDF draws.</summary>
    internal static InkSource Vectors { get; } = new("vectors", "The file draws its traces as lines; no ink had to be told apart.");

    /// <summary>Ink by its darkness, since there is nothing else.</summary>
    internal static InkSource Classical { get; } = new("classical", "The network that tells trace ink apart is not there; ink was told by its darkness.");

    /// <summary>
    /// The best of three readings of a page. What is asked is how much its leads contradict each other, by Einthoven's and Goldberger's equations and by leads
    /// printed twice: these know nothing of how ink was told apart, but see few of the leads, so that only a clear difference counts. Else the
    /// network's way is taken and fitted to all of the page's ink: on 13 scans that was 1.4 dB better on average than the classical way (three real ones
    /// 6.0 dB) and on clean renders the same; fitted to the network's ink, these lost 0.2 dB, and pages with writing on their traces gained 1 dB.
    /// </summary>
    /// <param name="readings">Followed and fitted by the ink's darkness; followed by the network's ink and fitted to all; followed and fitted by the network's ink, where it was tried.</param>
    /// <returns>Index of the best, and why.</returns>
    internal static (int Best, InkSource Source) Best(IReadOnlyList<DigitizedPage> readings)
    {
        var (classical, followed) = (readings[0], readings[1]);
        double? dark = Contradiction(classical), way = Contradiction(followed), ink = readings.Count > 2 ? Contradiction(readings[2]) : null;
        var least = Coverage(classical) - LostCoverage;
        var said = dark is null ? "" : string.Create(CultureInfo.InvariantCulture, $" The leads contradict each other by {dark:0.000} by darkness, {way:0.000} by the network's way{(ink is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {ink:0.000} by its ink"))}.");
        var (best, contradiction, source) = Coverage(followed) >= least && !(way > dark * ClearlyMore)
            ? (1, way, new InkSource("network", "The traces' way was found by the network and fitted to the page's ink." + said))
            : (0, dark, new InkSource("classical", "Ink was told by its darkness: by the network's, the traces have gaps or contradict each other more." + said));
        if (readings.Count > 2 && Coverage(readings[2]) >= least && ink * ClearlyMore < contradiction)
            (best, source) = (2, new InkSource("network", "The traces were followed and fitted by what the network takes for their ink." + said));
        return (best, source);
    }

    /// <summary>Whether two readings of a page agree so well that nothing on it is in the way of its traces, and a third would say the same.</summary>
    internal static bool AreAlike(DigitizedPage classical, DigitizedPage followed)
    {
        double? dark = Contradiction(classical), way = Contradiction(followed);
        return Math.Abs(Coverage(classical) - Coverage(followed)) < LostCoverage && (dark is null || (way <= dark * ClearlyMore && dark <= way * ClearlyMore));
    }

    private static double Coverage(DigitizedPage page) => page.Leads.Count == 0 ? 0 : page.Leads.Average(lead => lead.Signal.Coverage);

    /// <summary>Sum of the residues that a page allows, as shares of the leads; null where it allows none.</summary>
    private static double? Contradiction(DigitizedPage page)
    {
        var signals = page.Leads.Select(lead => lead.Signal).ToArray();
        double?[] residues =
        [
            LeadConsistency.Einthoven(signals)?.Share, LeadConsistency.Goldberger(signals)?.Share,
            .. signals.Where(signal => signal.Name.EndsWith("@column", StringComparison.Ordinal))
                .Select(column => signals.FirstOrDefault(signal => signal.Name == column.Name[..^"@column".Length]) is { } strip ? 1 - LeadConsistency.DoubledLead(column, strip).Correlation : (double?)null),
        ];
        var known = residues.OfType<double>().Where(double.IsFinite).ToArray();
        return known.Length == 0 ? null : known.Sum();
    }
}

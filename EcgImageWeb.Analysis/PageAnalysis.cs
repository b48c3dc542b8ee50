using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Signal;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Leads;
using EcgImageWeb.Vision.Signals;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Analysis;

/// <summary>A result together with the pictures it came from, in memory.</summary>
/// <param name="Result">What <c>analysis.json</c> says.</param>
/// <param name="Page">The upright page.</param>
/// <param name="Leads">The lead images, in the result's order.</param>
/// <param name="Traces">The traces, in the result's order.</param>
/// <param name="Signals">The leads in mV; null where they were not asked for.</param>
public sealed record PageAnalysis(
    AnalysisResult Result,
    UprightPage Page,
    IReadOnlyList<LeadImage> Leads,
    IReadOnlyList<LeadTrace> Traces,
    DigitizedPage? Signals = null)
{
    /// <summary>The decoded picture, where the corners are; null where nobody asks.</summary>
    public Raster? Source { get; init; }

    /// <summary>The true signals, where the page was drawn from them; null where nobody knows them.</summary>
    public IReadOnlyList<LeadSignal>? Truth { get; init; }

    /// <summary>The traces as they are drawn over the page: fitted to the ink where there are signals.</summary>
    public IReadOnlyList<LeadTrace> DrawnTraces => Signals is null ? Traces : [.. Signals.Leads.Select(lead => lead.Trace)];
}

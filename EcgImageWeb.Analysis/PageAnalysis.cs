using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Leads;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Analysis;

/// <summary>A result together with the pictures it came from, in memory.</summary>
/// <param name="Result">What <c>analysis.json</c> says.</param>
/// <param name="Page">The upright page.</param>
/// <param name="Leads">The lead images, in the result's order.</param>
/// <param name="Traces">The traces, in the result's order.</param>
public sealed record PageAnalysis(
    AnalysisResult Result,
    UprightPage Page,
    IReadOnlyList<LeadImage> Leads,
    IReadOnlyList<LeadTrace> Traces);

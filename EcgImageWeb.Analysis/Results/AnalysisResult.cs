using EcgImageWeb.Analysis.Corrections;

namespace EcgImageWeb.Analysis.Results;

/// <summary>Everything that is known about one page: the content of <c>analysis.json</c> (docs/formats.md). Absent parts are null.</summary>
/// <param name="Version">Version of the format, 1.</param>
/// <param name="Source">The file.</param>
/// <param name="Geometry">How the page lies, and its scale.</param>
/// <param name="Layout">Which layout was found.</param>
/// <param name="Leads">The leads in reading order, rhythm strips last.</param>
/// <param name="Page">What is said of the page as a whole.</param>
/// <param name="Models">The models that answered.</param>
/// <param name="Warnings">What was assumed or is uncertain.</param>
/// <param name="TimingsMs">Milliseconds by stage, and <c>total</c>; 0 for a stage whose record was kept from before a correction.</param>
/// <param name="Corrections">What a person set by hand; null when nothing.</param>
/// <param name="Truth">How well the page was read, where it was drawn from known signals; else null.</param>
public sealed record AnalysisResult(
    int Version,
    SourceInfo Source,
    GeometryInfo Geometry,
    LayoutInfo Layout,
    IReadOnlyList<LeadResult> Leads,
    PageResult Page,
    IReadOnlyList<ModelInfo> Models,
    IReadOnlyList<Warning> Warnings,
    IReadOnlyDictionary<string, double> TimingsMs,
    PageCorrections? Corrections = null,
    TruthResult? Truth = null)
{
    /// <summary>What is said of the page as a whole; left out of the JSON where no model answered.</summary>
    public PageResult Page { get; init; } = Page ?? new PageResult(null);

    /// <summary>The models that answered; left out of the JSON where none did.</summary>
    public IReadOnlyList<ModelInfo> Models { get; init; } = Models ?? [];

    /// <summary>How trace ink was told from everything else; null where nothing was digitized.</summary>
    public InkInfo? Ink { get; init; }

    /// <summary>What in the traces speaks for the answers; null where it was not asked for.</summary>
    public IReadOnlyList<Attribution>? Why { get; init; }
}

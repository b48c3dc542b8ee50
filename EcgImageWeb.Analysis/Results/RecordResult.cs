namespace EcgImageWeb.Analysis.Results;

/// <summary>Everything that is known about one record: the <c>analysis.json</c> of <c>classify</c>, with the fields of a page's that a record has.</summary>
/// <param name="Version">Version of the format, 1.</param>
/// <param name="Source">The file.</param>
/// <param name="Leads">The leads in the record's order.</param>
/// <param name="Page">What is said of the record as a whole; the name is that of a page's field.</param>
/// <param name="Models">The models that answered.</param>
/// <param name="Warnings">What was assumed or left out.</param>
/// <param name="TimingsMs">Milliseconds by stage, and <c>total</c>.</param>
public sealed record RecordResult(
    int Version,
    RecordSourceInfo Source,
    IReadOnlyList<RecordLeadResult> Leads,
    PageResult Page,
    IReadOnlyList<ModelInfo> Models,
    IReadOnlyList<Warning> Warnings,
    IReadOnlyDictionary<string, double> TimingsMs)
{
    /// <summary>What is said of the record as a whole; left out of the JSON where nothing is.</summary>
    public PageResult Page { get; init; } = Page ?? new PageResult(null);

    /// <summary>The models that answered; left out of the JSON where none did.</summary>
    public IReadOnlyList<ModelInfo> Models { get; init; } = Models ?? [];

    /// <summary>What in the trace speaks for the answers; null where it was not asked for.</summary>
    public IReadOnlyList<Attribution>? Why { get; init; }
}

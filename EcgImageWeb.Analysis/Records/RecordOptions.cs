namespace EcgImageWeb.Analysis.Records;

/// <summary>What to do with a record.</summary>
/// <param name="Models">Signal models to ask, by name; every one there is when null.</param>
/// <param name="Leads">Leads to look at, by name, upper and lower case alike; all when null.</param>
/// <param name="Why">Whether to tell what in the trace speaks for the answers.</param>
public sealed record RecordOptions(IReadOnlyList<string>? Models = null, IReadOnlyList<string>? Leads = null, bool Why = false);

namespace EcgImageWeb.Server.Api;

/// <summary>The answer while an analysis is not finished.</summary>
/// <param name="State"><c>queued</c> or <c>running</c>.</param>
/// <param name="Stage">The stage that runs; empty while queued.</param>
/// <param name="Progress">0 to 1.</param>
internal sealed record AnalysisProgress(string State, string Stage, double Progress);

using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Signal;

namespace EcgImageWeb.Analysis.Records;

/// <summary>A record's result together with the leads it came from.</summary>
/// <param name="Result">What <c>analysis.json</c> says.</param>
/// <param name="Leads">The leads, in the result's order.</param>
public sealed record RecordAnalysis(RecordResult Result, IReadOnlyList<LeadSignal> Leads);

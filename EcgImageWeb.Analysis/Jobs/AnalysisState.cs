using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Analysis.Jobs;

/// <summary>Where one analysis stands.</summary>
/// <param name="Id">128 random bits, lower-case hex.</param>
/// <param name="FileName">Name of the input without folders and control characters.</param>
/// <param name="Phase">Queued, running, or one of the ends.</param>
/// <param name="Stage">The stage that runs: <c>decode</c>, <c>upright</c>, <c>layout</c>, <c>leads</c>, <c>trace</c>, <c>inference</c>, <c>signals</c>, <c>signal-models</c>, <c>files</c>, of a teaching page <c>draw</c> before them; empty before and after.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="Submitted">When it was handed in.</param>
/// <param name="Expires">When its files are deleted.</param>
/// <param name="Result">The result, once <see cref="AnalysisPhase.Done"/>.</param>
/// <param name="Error">The refusal, once <see cref="AnalysisPhase.Refused"/>.</param>
public sealed record AnalysisState(
    string Id,
    string FileName,
    AnalysisPhase Phase,
    string Stage,
    double Progress,
    DateTimeOffset Submitted,
    DateTimeOffset Expires,
    AnalysisResult? Result,
    AnalysisError? Error)
{
    /// <summary>Whether a person can help: a page that was read, or one on which no leads were found and whose layout can be told.</summary>
    public bool CanBeCorrected => Result is not null || !IsRecord && Error is { Code: RefusalCode.NoLayout or RefusalCode.NotAnEcg };

    /// <summary>Whether the file is a recording without a page; known once it has been looked into.</summary>
    public bool IsRecord { get; init; }

    /// <summary>The result, once <see cref="AnalysisPhase.Done"/>, of a record; a page's is <see cref="Result"/>.</summary>
    public RecordResult? Record { get; init; }
}

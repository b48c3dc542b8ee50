namespace EcgImageWeb.Analysis.Results;

/// <summary>A refusal: the content of <c>error.json</c>.</summary>
/// <param name="Code">Stable refusal code.</param>
/// <param name="Message">What was seen, what was expected, what to do.</param>
/// <param name="File">Name of the input without folders.</param>
public sealed record AnalysisError(string Code, string Message, string File)
{
    /// <summary>The code of what is no refusal but a failure inside the program.</summary>
    public const string Internal = "internal";
}

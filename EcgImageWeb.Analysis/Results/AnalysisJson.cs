using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcgImageWeb.Analysis.Results;

/// <summary>How results are written as JSON: snake case, absent parts left out.</summary>
public static class AnalysisJson
{
    /// <summary>The one set of options for <c>analysis.json</c>, <c>error.json</c> and the HTTP API.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };
}

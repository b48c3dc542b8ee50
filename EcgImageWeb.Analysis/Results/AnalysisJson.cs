using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

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
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutUnanswered } },
    };

    // A part that was not asked for is absent, never empty (docs/formats.md).
    private static void LeaveOutUnanswered(JsonTypeInfo type)
    {
        if (type.Type != typeof(AnalysisResult) && type.Type != typeof(RecordResult))
            return;
        foreach (var property in type.Properties)
            property.ShouldSerialize = (_, value) => value is not (null or PageResult { IsEmpty: true } or IReadOnlyList<ModelInfo> { Count: 0 });
    }
}

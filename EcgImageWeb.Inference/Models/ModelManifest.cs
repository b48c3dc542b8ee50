using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EcgImageWeb.Inference.Models;

/// <summary>A model's description, <c>models/NAME/manifest.json</c>; the format is in <c>docs/formats.md</c>.</summary>
public sealed record ModelManifest
{
    /// <summary>The file's name in a model's folder.</summary>
    public const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The model's name, which is its folder's.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the model, raised when its answers change.</summary>
    public required string Version { get; init; }

    /// <summary>The ONNX file, a plain name in the same folder.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of that file, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What the model reads.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>What it takes in.</summary>
    public required ModelInput Input { get; init; }

    /// <summary>What it answers.</summary>
    public ModelOutput Output { get; init; } = new();

    /// <summary>Its classes, in the order of its outputs.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The data it was trained on, in words.</summary>
    public string? Data { get; init; }

    /// <summary>How it was trained and measured, in words.</summary>
    public string? Protocol { get; init; }

    /// <summary>What was measured.</summary>
    public JsonObject Metrics { get; init; } = [];

    /// <summary>How it was made.</summary>
    public ModelTraining Trained { get; init; } = new();

    /// <summary>Reads a manifest; fields it does not know are passed over.</summary>
    /// <exception cref="ModelException">It is not JSON, or a field is missing or makes no sense (<see cref="ModelFault.BadManifest"/>).</exception>
    public static ModelManifest Parse(string json)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<ModelManifest>(json, Json)
                ?? throw new JsonException("It is null.");
            manifest.Check();
            return manifest;
        }
        catch (JsonException e)
        {
            throw new ModelException(ModelFault.BadManifest, $"A model's manifest is not valid: {e.Message}", e);
        }
    }

    /// <summary>The manifest as indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    private void Check()
    {
        if (File != Path.GetFileName(File) || File is "" or "." or "..")
            throw new JsonException("'file' must be the plain name of a file beside the manifest.");
        if (Sha256.Length != 64 || !Sha256.All(char.IsAsciiHexDigit))
            throw new JsonException("'sha256' must be 64 hexadecimal digits.");
        if (Labels.Count == 0)
            throw new JsonException("'labels' must name at least one class.");
        if (Input.Shape.Count < 2 || Input.Shape[0].Length is not null)
            throw new JsonException("'input.shape' must begin with a free batch axis and have a second one.");
        if (Input.Type != "float32")
            throw new JsonException("'input.type' must be float32.");
    }
}

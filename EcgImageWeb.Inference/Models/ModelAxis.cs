using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcgImageWeb.Inference.Models;

/// <summary>One axis of a model's input: a fixed length, or a name such as <c>batch</c> where the caller chooses the length.</summary>
/// <param name="Length">Entries along the axis, above 0; null where it is free.</param>
/// <param name="Name">The name of a free axis; null where the length is fixed.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct ModelAxis(int? Length, string? Name)
{
    /// <summary>The free first axis of every model here.</summary>
    public static ModelAxis Batch { get; } = new(null, "batch");

    /// <summary>A number in a shape is a fixed length.</summary>
    public static implicit operator ModelAxis(int length) => FromInt32(length);

    /// <summary>An axis of fixed length.</summary>
    public static ModelAxis FromInt32(int length) => new(length, null);

    /// <summary>The length, or the name of a free axis.</summary>
    public override string ToString() => Length?.ToString() ?? Name ?? "?";

    internal sealed class Converter : JsonConverter<ModelAxis>
    {
        public override ModelAxis Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var length) && length > 0)
                return length;
            if (reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } name)
                return new ModelAxis(null, name);
            throw new JsonException("An axis is a length above 0 or a name.");
        }

        public override void Write(Utf8JsonWriter writer, ModelAxis value, JsonSerializerOptions options)
        {
            if (value.Length is { } length)
                writer.WriteNumberValue(length);
            else
                writer.WriteStringValue(value.Name);
        }
    }
}

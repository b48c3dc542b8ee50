using System.Text.Json.Nodes;

namespace EcgImageWeb.Inference.Models;

/// <summary>What a model takes in: the field <c>input</c> of its manifest.</summary>
public sealed record ModelInput
{
    /// <summary>The graph's name of the input.</summary>
    public required string Name { get; init; }

    /// <summary>Its axes; the first is the batch.</summary>
    public required IReadOnlyList<ModelAxis> Shape { get; init; }

    /// <summary>Its element type; <c>float32</c> is the only one here.</summary>
    public string Type { get; init; } = "float32";

    /// <summary>What is done to a lead before it is such an input, for the stage that does it.</summary>
    public JsonObject Preprocessing { get; init; } = [];
}

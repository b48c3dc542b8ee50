namespace EcgImageWeb.Inference.Models;

/// <summary>What a model answers: the field <c>output</c> of its manifest, which may be absent.</summary>
public sealed record ModelOutput
{
    /// <summary>The graph's name of the output; null for its first one.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Whether the numbers are probabilities already, or logits that still need the softmax. A
    /// temperature found by calibration is part of the graph either way.
    /// </summary>
    public ModelOutputKind Kind { get; init; } = ModelOutputKind.Probabilities;
}

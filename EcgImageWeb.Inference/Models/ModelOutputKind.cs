namespace EcgImageWeb.Inference.Models;

/// <summary>What the numbers a graph puts out are.</summary>
public enum ModelOutputKind
{
    /// <summary>Class probabilities that sum to 1.</summary>
    Probabilities,

    /// <summary>Unnormalised log-probabilities.</summary>
    Logits,
}

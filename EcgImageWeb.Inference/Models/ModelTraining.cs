namespace EcgImageWeb.Inference.Models;

/// <summary>How a model was made: the field <c>trained</c> of its manifest.</summary>
public sealed record ModelTraining
{
    /// <summary>The commit of this repository that trained it.</summary>
    public string? Commit { get; init; }

    /// <summary>Seed of its random numbers.</summary>
    public long? Seed { get; init; }

    /// <summary>Passes over the training data.</summary>
    public int? Epochs { get; init; }

    /// <summary>The machine, in words.</summary>
    public string? Machine { get; init; }
}

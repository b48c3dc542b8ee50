namespace EcgImageWeb.Analysis.Results;

/// <summary>What is said of the page or record as a whole.</summary>
/// <param name="ImageModels">The answer of each image model that was asked, by its name.</param>
public sealed record PageResult(IReadOnlyDictionary<string, PageClass>? ImageModels)
{
    /// <summary>The answer of each signal model, by its name, for the longest lead.</summary>
    public IReadOnlyDictionary<string, SignalAnswer>? SignalModels { get; init; }

    /// <summary>Rate and intervals.</summary>
    public Measurements? Measurements { get; init; }

    /// <summary>Every beat of the longest lead.</summary>
    public IReadOnlyList<BeatAnswer>? Beats { get; init; }

    internal bool IsEmpty => ImageModels is null && SignalModels is null && Measurements is null && Beats is null;
}

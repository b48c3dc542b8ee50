namespace EcgImageWeb.Training.Networks;

/// <summary>A network and what it has learned.</summary>
/// <param name="Network">The description.</param>
/// <param name="Weights">The weights, of a module made from that description.</param>
public sealed record TrainedNetwork(Network Network, Weights Weights);

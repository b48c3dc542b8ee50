namespace EcgImageWeb.Training.Networks;

/// <summary>A network and what it has learned.</summary>
/// <param name="Network">The description.</param>
/// <param name="Weights">The weights, of a module made from that description.</param>
/// <param name="Temperature">What raw outputs are divided by before the output function; above 1 makes answers less sure (Guo et al. 2017).</param>
public sealed record TrainedNetwork(Network Network, Weights Weights, double Temperature = 1);

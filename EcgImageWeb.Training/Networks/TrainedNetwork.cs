namespace EcgImageWeb.Training.Networks;

/// <summary>A network and what it has learned.</summary>
/// <param name="Network">The description.</param>
/// <param name="Weights">The weights, of a module made from that description.</param>
public sealed record TrainedNetwork(Network Network, Weights Weights)
{
    /// <summary>The same for inputs that hold its own and others' one after the other (<see cref="Network.Within"/>).</summary>
    /// <param name="whole">Shape of the joint input, a vector.</param>
    /// <param name="start">Where its own begins.</param>
    public TrainedNetwork Within(Shape whole, int start)
        // Its layers are the third of the new network, behind what cuts its input out.
        => new(Network.Within(whole, start), new Weights(Weights.Tensors.ToDictionary(entry => $"2.{entry.Key}", entry => entry.Value)));
}

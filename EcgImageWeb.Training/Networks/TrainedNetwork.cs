using EcgImageWeb.Training.Networks.Layers;

namespace EcgImageWeb.Training.Networks;

/// <summary>A network and what it has learned.</summary>
/// <param name="Network">The description.</param>
/// <param name="Weights">The weights, of a module made from that description.</param>
public sealed record TrainedNetwork(Network Network, Weights Weights)
{
    /// <summary>The same network with something added to each of its raw outputs.</summary>
    /// <param name="added">One value an output.</param>
    /// <exception cref="InvalidOperationException">Its last layer is not dense with a bias.</exception>
    public TrainedNetwork WithAdded(IReadOnlyList<double> added)
    {
        if (Network.Body is not Sequence { Layers: [.., Dense { Bias: true }] layers }) throw new InvalidOperationException($"The last layer of {Network.Name} has no bias.");
        var name = $"{layers.Count - 1}.bias";
        var bias = Weights.Tensors[name];
        return this with { Weights = new Weights(new Dictionary<string, WeightTensor>(Weights.Tensors) { [name] = bias with { Values = [.. bias.Values.Zip(added, (value, more) => value + (float)more)] } }) };
    }

    /// <summary>The same for inputs that hold its own and others' one after the other (<see cref="Network.Within"/>).</summary>
    /// <param name="whole">Shape of the joint input, a vector.</param>
    /// <param name="start">Where its own begins.</param>
    public TrainedNetwork Within(Shape whole, int start)
        // Its layers are the third of the new network, behind what cuts its input out.
        => new(Network.Within(whole, start), new Weights(Weights.Tensors.ToDictionary(entry => $"2.{entry.Key}", entry => entry.Value)));
}

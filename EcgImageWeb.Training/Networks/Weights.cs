using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks;

/// <summary>What a network has learned, by name (<c>0.weight</c>, <c>3.body.1.running_mean</c>), in managed memory: parameters and running statistics.</summary>
/// <param name="Tensors">The arrays by their full name.</param>
/// <param name="Prefix">Where in the network this view stands: empty for the whole, otherwise ending in a dot.</param>
public sealed record Weights(IReadOnlyDictionary<string, WeightTensor> Tensors, string Prefix = "")
{
    /// <summary>The array of that name below this view.</summary>
    /// <param name="name">Name relative to the view.</param>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public WeightTensor this[string name] => Tensors[Prefix + name];

    /// <summary>The view of one part.</summary>
    /// <param name="part">The part's name.</param>
    public Weights Of(string part) => this with { Prefix = $"{Prefix}{part}." };

    /// <summary>Copies what a module has learned.</summary>
    /// <param name="module">The module.</param>
    public static Weights From(nn.Module module)
        => new(Named(module).ToDictionary(entry => entry.Name, entry => Copy(entry.Value)));

    /// <summary>Writes these weights into a module; a name that the module lacks is a mistake, one that it has and these lack is left as it is.</summary>
    /// <param name="module">The module.</param>
    /// <exception cref="ArgumentException">A name or shape does not fit.</exception>
    public void CopyTo(nn.Module module)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var targets = Named(module).ToDictionary(entry => entry.Name, entry => entry.Value);
        foreach (var (name, source) in Tensors)
        {
            if (!targets.TryGetValue(name, out var target) || !target.shape.AsSpan().SequenceEqual(source.Shape))
                throw new ArgumentException($"The network has no {name} of shape {string.Join('x', source.Shape)}.", nameof(module));
            target.copy_(tensor(source.Values).reshape(source.Shape));
        }
    }

    /// <summary>Parameters and float buffers; BatchNorm's step counter (an integer) is not needed to answer or to go on learning.</summary>
    internal static IEnumerable<(string Name, Tensor Value)> Named(nn.Module module)
        => module.named_parameters().Select(entry => (entry.name, (Tensor)entry.parameter))
            .Concat(module.named_buffers().Select(entry => (entry.name, entry.buffer)))
            .Where(entry => entry.Item2.dtype == ScalarType.Float32);

    private static WeightTensor Copy(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var plain = tensor.detach().cpu().contiguous();
        return new WeightTensor(plain.shape, plain.data<float>().ToArray());
    }
}

using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks;

/// <summary>
/// One layer of a network, described and nothing more. Everything that is made of a network comes from here: the shapes,
/// the module that learns (TorchSharp), and the nodes of the exported graph (ONNX). Layers with parts name them alike in both,
/// so that trained weights find their place in the graph.
/// </summary>
public abstract record Layer
{
    /// <summary>Shape of one example behind this layer.</summary>
    /// <param name="input">Shape in front of it.</param>
    /// <exception cref="ArgumentException">The layer does not take that shape.</exception>
    public abstract Shape Output(Shape input);

    /// <summary>Number of learned values.</summary>
    /// <param name="input">Shape in front of the layer.</param>
    public virtual long ParameterCount(Shape input) => 0;

    /// <summary>The module that learns; the caller disposes it.</summary>
    internal abstract nn.Module<Tensor, Tensor> CreateModule(Shape input);

    /// <summary>Adds the layer's nodes to a graph, with the weights of a module made by <see cref="CreateModule"/>.</summary>
    internal abstract OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights);

    /// <summary>An exception saying that a layer cannot stand behind a shape.</summary>
    private protected ArgumentException DoesNotTake(Shape input, string wanted)
        => new($"{GetType().Name} takes {wanted}, not {input}.", nameof(input));
}

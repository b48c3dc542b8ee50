namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>The functions of <see cref="Activation"/>.</summary>
public enum ActivationKind
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x · sigmoid(x).</summary>
    Silu,

    /// <summary>x · Φ(x).</summary>
    Gelu,

    /// <summary>1 / (1 + e^-x).</summary>
    Sigmoid,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>sign(x) · log(1 + 3 |x|) / log 4.</summary>
    SignedLog,
}

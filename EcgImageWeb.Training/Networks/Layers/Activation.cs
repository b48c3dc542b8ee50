using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>A function applied to every value.</summary>
/// <param name="Kind">Which one.</param>
public sealed record Activation(ActivationKind Kind) : Layer
{
    private const float SlopeAtZero = 3, LogOfFour = 1.3862944f;

    /// <summary>max(x, 0).</summary>
    public static readonly Activation Relu = new(ActivationKind.Relu);

    /// <summary>x · sigmoid(x).</summary>
    public static readonly Activation Silu = new(ActivationKind.Silu);

    /// <summary>x · Φ(x), with the error function.</summary>
    public static readonly Activation Gelu = new(ActivationKind.Gelu);

    /// <summary>1 / (1 + e^-x).</summary>
    public static readonly Activation Sigmoid = new(ActivationKind.Sigmoid);

    /// <summary>Hyperbolic tangent.</summary>
    public static readonly Activation Tanh = new(ActivationKind.Tanh);

    /// <summary>sign(x) · log(1 + 3 |x|) / log 4: keeps 1 at 1, enlarges small values, shrinks large ones.</summary>
    public static readonly Activation SignedLog = new(ActivationKind.SignedLog);

    /// <inheritdoc/>
    public override Shape Output(Shape input) => input;

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input) => new LambdaModule($"{Kind}", Kind switch
    {
        ActivationKind.Relu => x => x.relu(),
        ActivationKind.Silu => x => nn.functional.silu(x),
        ActivationKind.Gelu => x => nn.functional.gelu(x),
        ActivationKind.Sigmoid => x => x.sigmoid(),
        ActivationKind.SignedLog => x => x.sign().mul(x.abs().mul(SlopeAtZero).add(1).log()).div(LogOfFour),
        _ => x => x.tanh(),
    });

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
    {
        OnnxValue Node(string op, params string[] inputs) => graph.Add(op, input.Shape, inputs);
        switch (Kind)
        {
            case ActivationKind.Relu: return Node("Relu", input.Name);
            case ActivationKind.Silu: return Node("Mul", input.Name, Node("Sigmoid", input.Name).Name);
            case ActivationKind.Sigmoid: return Node("Sigmoid", input.Name);
            case ActivationKind.Tanh: return Node("Tanh", input.Name);
            case ActivationKind.SignedLog:
                var steeper = Node("Mul", Node("Abs", input.Name).Name, graph.Constant(SlopeAtZero));
                var logarithm = Node("Log", Node("Add", steeper.Name, graph.Constant(1f)).Name);
                return Node("Div", Node("Mul", Node("Sign", input.Name).Name, logarithm.Name).Name, graph.Constant(LogOfFour));
            default:
                // x/2 (1 + erf(x / √2)); the operator set has no Gelu before 20.
                var erf = Node("Erf", Node("Div", input.Name, graph.Constant(MathF.Sqrt(2))).Name);
                var half = Node("Mul", input.Name, graph.Constant(0.5f));
                return Node("Mul", half.Name, Node("Add", erf.Name, graph.Constant(1f)).Name);
        }
    }
}

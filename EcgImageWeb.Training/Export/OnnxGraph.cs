using System.Runtime.InteropServices;
using EcgImageWeb.Training.Export.Schema;
using EcgImageWeb.Training.Networks;
using Google.Protobuf;

namespace EcgImageWeb.Training.Export;

/// <summary>An ONNX graph while it is written: nodes, constants and weights with fresh names.</summary>
internal sealed class OnnxGraph(WeightFormat format)
{
    /// <summary>Smaller arrays are not worth compressing: biases, norms, embeddings.</summary>
    private const int SmallestCompressed = 1024;

    private readonly GraphProto _graph = new() { Name = "network" };
    private int _names;

    /// <summary>The graph so far.</summary>
    public GraphProto Graph => _graph;

    /// <summary>Adds a node with one output of a known shape.</summary>
    public OnnxValue Add(string op, Shape output, IEnumerable<string> inputs, params (string Name, object Value)[] attributes)
        => new(AddRaw(op, inputs, 1, attributes)[0], output);

    /// <summary>Adds a node and names its outputs. Attributes are long, float, string, long[] or float[].</summary>
    public string[] AddRaw(string op, IEnumerable<string> inputs, int outputs, params (string Name, object Value)[] attributes)
    {
        var node = new NodeProto { OpType = op, Name = Fresh(op) };
        node.Input.AddRange(inputs);
        node.Output.AddRange(Enumerable.Range(0, outputs).Select(index => $"{node.Name}:{index}"));
        node.Attribute.AddRange(attributes.Select(entry => Attribute(entry.Name, entry.Value)));
        _graph.Node.Add(node);
        return [.. node.Output];
    }

    /// <summary>The same values of each example in another shape.</summary>
    public OnnxValue Reshape(OnnxValue value, Shape shape) => Add("Reshape", shape, [value.Name, Constant(shape.Batched())]);

    /// <summary>An example's axes in another order.</summary>
    public OnnxValue Transpose(OnnxValue value, params int[] axes)
        => Add("Transpose", new Shape([.. axes.Select(axis => value.Shape[axis])]), [value.Name], ("perm", new[] { 0L }.Concat(axes.Select(axis => axis + 1L)).ToArray()));

    /// <summary>A constant: one value without axes, several as a vector.</summary>
    public string Constant(params float[] values)
        => Initializer("constant", TensorProto.Types.DataType.Float, values.Length == 1 ? [] : [values.Length], MemoryMarshal.AsBytes<float>(values));

    /// <summary>A vector of integers: axes, sizes, indices.</summary>
    public string Constant(params long[] values)
        => Initializer("constant", TensorProto.Types.DataType.Int64, [values.Length], MemoryMarshal.AsBytes<long>(values));

    /// <summary>A learned array, in the graph's format, widened to 32 bit.</summary>
    /// <param name="tensor">The values.</param>
    /// <param name="channelAxis">The axis along which 8-bit weights have their own scales.</param>
    /// <param name="compress">Whether the values may be shortened at all.</param>
    public string Weight(WeightTensor tensor, int channelAxis = 0, bool compress = true)
    {
        if (!compress || tensor.Shape.Length < 2 || tensor.Values.Length < SmallestCompressed) return Float32(tensor);
        return format switch
        {
            WeightFormat.Half => Float16(tensor),
            WeightFormat.Byte => Int8(tensor, channelAxis),
            _ => Float32(tensor),
        };
    }

    private string Float32(WeightTensor tensor)
        => Initializer("weight", TensorProto.Types.DataType.Float, tensor.Shape, MemoryMarshal.AsBytes<float>(tensor.Values));

    private string Float16(WeightTensor tensor)
    {
        var halves = Array.ConvertAll(tensor.Values, value => (Half)value);
        var stored = Initializer("weight", TensorProto.Types.DataType.Float16, tensor.Shape, MemoryMarshal.AsBytes<Half>(halves));
        return AddRaw("Cast", [stored], 1, ("to", (long)TensorProto.Types.DataType.Float))[0];
    }

    /// <summary>Symmetric quantisation: value = scale · integer, the channel's largest magnitude at 127.</summary>
    private string Int8(WeightTensor tensor, int axis)
    {
        var channels = (int)tensor.Shape[axis];
        var inner = (int)tensor.Shape.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);
        int Channel(int index) => index / inner % channels;

        var scales = new float[channels];
        for (var index = 0; index < tensor.Values.Length; index++)
            scales[Channel(index)] = Math.Max(scales[Channel(index)], Math.Abs(tensor.Values[index]) / 127);
        for (var channel = 0; channel < channels; channel++)
        {
            if (scales[channel] == 0) scales[channel] = 1;
        }

        var integers = new sbyte[tensor.Values.Length];
        for (var index = 0; index < integers.Length; index++)
            integers[index] = (sbyte)Math.Clamp(MathF.Round(tensor.Values[index] / scales[Channel(index)]), -127, 127);

        var stored = Initializer("weight", TensorProto.Types.DataType.Int8, tensor.Shape, MemoryMarshal.AsBytes<sbyte>(integers));
        var scale = Initializer("scale", TensorProto.Types.DataType.Float, [channels], MemoryMarshal.AsBytes<float>(scales));
        var zero = Initializer("zero", TensorProto.Types.DataType.Int8, [channels], new byte[channels]);
        return AddRaw("DequantizeLinear", [stored, scale, zero], 1, ("axis", (long)axis))[0];
    }

    private string Initializer(string kind, TensorProto.Types.DataType type, long[] shape, ReadOnlySpan<byte> bytes)
    {
        var tensor = new TensorProto { Name = Fresh(kind), DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.AddRange(shape);
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private string Fresh(string kind) => $"{kind}_{_names++}";

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case long number:
                attribute.Type = AttributeProto.Types.AttributeType.Int;
                attribute.I = number;
                break;
            case float number:
                attribute.Type = AttributeProto.Types.AttributeType.Float;
                attribute.F = number;
                break;
            case string text:
                attribute.Type = AttributeProto.Types.AttributeType.String;
                attribute.S = ByteString.CopyFromUtf8(text);
                break;
            case long[] numbers:
                attribute.Type = AttributeProto.Types.AttributeType.Ints;
                attribute.Ints.AddRange(numbers);
                break;
            default:
                throw new ArgumentException($"{name}: {value.GetType().Name} is no attribute type used here.", nameof(value));
        }

        return attribute;
    }
}

using System.Buffers.Binary;
using System.Text;

namespace EcgImageWeb.Inference.Tests;

/// <summary>
/// ONNX files of a few hundred bytes, written by hand in protobuf's wire format; the field numbers are
/// those of the public schema, onnx.proto.
/// </summary>
internal static class TinyOnnx
{
    private const int FloatType = 1;

    /// <summary>input [batch, rows of w] times w, the product repeated, then the softmax if asked for; an input of more axes, where given, is flattened first.</summary>
    public static byte[] Linear(float[,] w, bool softmax, int repeats = 1, int[]? inputAxes = null)
    {
        var nodes = new List<byte[]>();
        var last = "input";
        if (inputAxes is not null)
            nodes.Add(Node("Flatten", [last], last = "flat"));
        for (var i = 0; i < repeats; i++)
            nodes.Add(Node("MatMul", [last, "w"], last = i == repeats - 1 && !softmax ? "output" : $"product{i}"));
        if (softmax)
            nodes.Add(Node("Softmax", [last], "output"));

        byte[] graph =
        [
            .. nodes.SelectMany(node => Field(1, node)),
            .. Field(2, "tiny"),
            .. Field(5, Tensor("w", w)),
            .. Field(11, Value("input", inputAxes ?? [w.GetLength(0)])),
            .. Field(12, Value("output", [w.GetLength(1)])),
        ];
        byte[] opset = [.. Field(1, ""), .. Field(2, 17)];
        return [.. Field(1, 8), .. Field(7, graph), .. Field(8, opset)];
    }

    private static byte[] Node(string type, string[] inputs, string output) =>
        [.. inputs.SelectMany(input => Field(1, input)), .. Field(2, output), .. Field(4, type)];

    private static byte[] Tensor(string name, float[,] values)
    {
        var raw = new byte[values.Length * sizeof(float)];
        var at = 0;
        foreach (var value in values)
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(sizeof(float) * at++), value);
        return
        [
            .. Field(1, values.GetLength(0)), .. Field(1, values.GetLength(1)),
            .. Field(2, FloatType), .. Field(8, name), .. Field(9, raw),
        ];
    }

    private static byte[] Value(string name, int[] axes)
    {
        byte[] shape = [.. Field(1, Field(2, "batch")), .. axes.SelectMany(length => Field(1, Field(1, length)))];
        byte[] tensor = [.. Field(1, FloatType), .. Field(2, shape)];
        return [.. Field(1, name), .. Field(2, Field(1, tensor))];
    }

    private static byte[] Field(int number, int value) => [.. Varint(number << 3), .. Varint(value)];

    private static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int number, byte[] message) => [.. Varint((number << 3) | 2), .. Varint(message.Length), .. message];

    private static IEnumerable<byte> Varint(int value)
    {
        for (; value > 0x7f; value >>= 7)
            yield return (byte)(value | 0x80);
        yield return (byte)value;
    }
}

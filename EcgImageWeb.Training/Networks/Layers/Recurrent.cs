using EcgImageWeb.Training.Export;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>What <see cref="Lstm"/>, <see cref="Gru"/> and <see cref="Rnn"/> share: shapes and the order of PyTorch's and ONNX's gates.</summary>
internal static class Recurrent
{
    public static Shape Output(Layer layer, Shape input, int units, bool returnSequences, bool bidirectional)
    {
        if (input.Rank != 2) throw new ArgumentException($"{layer.GetType().Name} takes [time, features], not {input}.", nameof(input));
        var features = bidirectional ? 2 * units : units;
        return returnSequences ? new Shape(input[0], features) : new Shape(features);
    }

    public static long ParameterCount(Shape input, int units, int gates, bool bidirectional)
        => (bidirectional ? 2L : 1L) * gates * units * (input[-1] + units + 2);

    // gateOrder: for each of ONNX's gates the number of PyTorch's.
    public static OnnxValue AddTo(
        OnnxGraph graph, string op, OnnxValue input, Weights weights, int units, int[] gateOrder,
        bool returnSequences, bool bidirectional, params (string Name, object Value)[] attributes)
    {
        var suffixes = bidirectional ? new[] { "", "_reverse" } : [""];
        var (directions, gates, time) = (suffixes.Length, gateOrder.Length, input.Shape[0]);
        var w = Stack(suffixes.Select(suffix => Reorder(weights[$"weight_ih_l0{suffix}"], gateOrder)));
        var r = Stack(suffixes.Select(suffix => Reorder(weights[$"weight_hh_l0{suffix}"], gateOrder)));
        var b = new WeightTensor(
            [directions, 2L * gates * units],
            [.. suffixes.SelectMany(suffix => new[] { "bias_ih_l0", "bias_hh_l0" }.SelectMany(name => Reorder(weights[name + suffix], gateOrder).Values))]);

        // ONNX wants time outside and the batch inside, and gives [time, direction, batch, units] and [direction, batch, units].
        var timeFirst = graph.AddRaw("Transpose", [input.Name], 1, ("perm", new[] { 1L, 0L, 2L }))[0];
        var outputs = graph.AddRaw(
            op,
            [timeFirst, graph.Weight(w, channelAxis: 1), graph.Weight(r, channelAxis: 1), graph.Weight(b, compress: false)],
            2,
            [("hidden_size", (long)units), ("direction", bidirectional ? "bidirectional" : "forward"), .. attributes]);
        var batchFirst = returnSequences
            ? graph.AddRaw("Transpose", [outputs[0]], 1, ("perm", new[] { 2L, 0L, 1L, 3L }))[0]
            : graph.AddRaw("Transpose", [outputs[1]], 1, ("perm", new[] { 1L, 0L, 2L }))[0];
        var shape = returnSequences ? new Shape(time, directions * units) : new Shape(directions * units);
        return graph.Reshape(new OnnxValue(batchFirst, shape), shape);
    }

    private static WeightTensor Reorder(WeightTensor tensor, int[] gateOrder)
    {
        var gate = tensor.Values.Length / gateOrder.Length;
        return tensor with { Values = [.. gateOrder.SelectMany(index => tensor.Values.AsSpan(index * gate, gate).ToArray())] };
    }

    private static WeightTensor Stack(IEnumerable<WeightTensor> tensors)
    {
        var all = tensors.ToArray();
        return new WeightTensor([all.Length, .. all[0].Shape], [.. all.SelectMany(tensor => tensor.Values)]);
    }
}

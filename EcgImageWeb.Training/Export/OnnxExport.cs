using EcgImageWeb.Training.Export.Schema;
using EcgImageWeb.Training.Networks;
using Google.Protobuf;

namespace EcgImageWeb.Training.Export;

/// <summary>Writes trained networks as ONNX models: one input <c>input</c> [batch, …], one output <c>probabilities</c> [batch, classes].</summary>
public static class OnnxExport
{
    /// <summary>Operator set 17 and IR 8: what ONNX Runtime reads since 1.12.</summary>
    private const int OperatorSet = 17;

    private const int IrVersion = 8;

    /// <summary>
    /// A model of one or several trained networks of the same input and labels. Each member's outputs are divided by its temperature and
    /// pass the network's output function inside the graph; several members' probabilities are averaged.
    /// </summary>
    /// <param name="members">The trained networks, at least one.</param>
    /// <param name="format">How the large weights are stored.</param>
    /// <returns>The bytes of the .onnx file; the same input gives the same bytes.</returns>
    /// <exception cref="ArgumentException">There is no member, or members differ in input or labels.</exception>
    public static byte[] Write(IReadOnlyList<TrainedNetwork> members, WeightFormat format = WeightFormat.Full)
    {
        if (members.Count == 0) throw new ArgumentException("An export needs at least one trained network.", nameof(members));
        var first = members[0].Network;
        if (members.Any(member => member.Network.Input != first.Input || !member.Network.Labels.SequenceEqual(first.Labels)))
            throw new ArgumentException("The members of an ensemble take the same input and know the same labels.", nameof(members));

        var graph = new OnnxGraph(format);
        var input = new OnnxValue("input", first.Input);
        var answers = members.Select(member => Answer(graph, input, member)).ToArray();
        var shape = answers[0].Shape;
        var answer = answers.Length == 1 ? answers[0] : graph.Add("Mean", shape, answers.Select(value => value.Name));
        graph.Graph.Node.Add(new NodeProto { OpType = "Identity", Name = "output", Input = { answer.Name }, Output = { "probabilities" } });
        graph.Graph.Input.Add(Describe("input", first.Input));
        graph.Graph.Output.Add(Describe("probabilities", shape));

        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "EcgImageWeb", Graph = graph.Graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorSet });
        return model.ToByteArray();
    }

    private static OnnxValue Answer(OnnxGraph graph, OnnxValue input, TrainedNetwork member)
    {
        var logits = member.Network.Body.AddTo(graph, input, member.Weights);
        if (member.Temperature != 1) logits = graph.Add("Div", logits.Shape, [logits.Name, graph.Constant((float)member.Temperature)]);
        return member.Network.Answer switch
        {
            OutputFunction.Softmax => graph.Add("Softmax", logits.Shape, [logits.Name], ("axis", 1L)),
            OutputFunction.Sigmoid => graph.Add("Sigmoid", logits.Shape, [logits.Name]),
            _ => logits,
        };
    }

    private static ValueInfoProto Describe(string name, Shape shape)
    {
        var dimensions = new TensorShapeProto();
        dimensions.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "batch" });
        dimensions.Dim.AddRange(shape.Sizes.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = dimensions };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}

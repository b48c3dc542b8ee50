using EcgImageWeb.Training.Evaluation;
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

    /// <summary>A model of an ensemble: members, output function, weighted mean and temperature are all in the graph.</summary>
    /// <param name="ensemble">The trained networks.</param>
    /// <param name="format">How the large weights are stored.</param>
    /// <returns>The bytes of the .onnx file; the same input gives the same bytes.</returns>
    /// <exception cref="ArgumentException">There is no member, members differ in input or labels, or there is not one share a member.</exception>
    public static byte[] Write(Ensemble ensemble, WeightFormat format = WeightFormat.Full)
    {
        var members = ensemble.Members;
        if (members.Count == 0 || ensemble.Shares.Count != members.Count) throw new ArgumentException("An ensemble has at least one member, and a share for each.", nameof(ensemble));
        var first = members[0].Network;
        if (members.Any(member => member.Network.Input != first.Input || !member.Network.Labels.SequenceEqual(first.Labels)))
            throw new ArgumentException("The members of an ensemble take the same input and know the same labels.", nameof(ensemble));

        var graph = new OnnxGraph(format);
        var input = new OnnxValue("input", first.Input);
        var answer = members.Count == 1 ? Answer(graph, input, members[0]) : Mean(graph, input, ensemble);
        if (ensemble.Temperature != 1) answer = Tempered(graph, answer, (float)ensemble.Temperature);
        graph.Graph.Node.Add(new NodeProto { OpType = "Identity", Name = "output", Input = { answer.Name }, Output = { "probabilities" } });
        graph.Graph.Input.Add(Describe("input", first.Input));
        graph.Graph.Output.Add(Describe("probabilities", answer.Shape));

        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "EcgImageWeb", Graph = graph.Graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorSet });
        return model.ToByteArray();
    }

    private static OnnxValue Answer(OnnxGraph graph, OnnxValue input, TrainedNetwork member)
    {
        var raw = member.Network.Body.AddTo(graph, input, member.Weights);
        return member.Network.Answer switch
        {
            OutputFunction.Softmax => graph.Add("Softmax", raw.Shape, [raw.Name], ("axis", 1L)),
            OutputFunction.Sigmoid => graph.Add("Sigmoid", raw.Shape, [raw.Name]),
            _ => raw,
        };
    }

    private static OnnxValue Mean(OnnxGraph graph, OnnxValue input, Ensemble ensemble)
    {
        var weighted = ensemble.Members.Zip(ensemble.Shares, (member, share) =>
        {
            var answer = Answer(graph, input, member);
            return graph.Add("Mul", answer.Shape, [answer.Name, graph.Constant((float)share)]);
        }).ToArray();
        return graph.Add("Sum", weighted[0].Shape, weighted.Select(value => value.Name));
    }

    private static OnnxValue Tempered(OnnxGraph graph, OnnxValue answer, float temperature)
    {
        var floor = graph.Add("Max", answer.Shape, [answer.Name, graph.Constant(Calibration.SmallestProbability)]);
        var logarithm = graph.Add("Log", answer.Shape, [floor.Name]);
        var divided = graph.Add("Div", answer.Shape, [logarithm.Name, graph.Constant(temperature)]);
        return graph.Add("Softmax", answer.Shape, [divided.Name], ("axis", 1L));
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

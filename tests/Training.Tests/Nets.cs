using EcgImageWeb.Inference;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Training.Models;
using EcgImageWeb.Training.Networks;
using EcgImageWeb.Training.Networks.Layers;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Tests;

/// <summary>Networks of every kind, small, and what the two engines answer for them.</summary>
internal static class Nets
{
    private static readonly Layer Norm = new BatchNorm();

    public static readonly IReadOnlyDictionary<string, Network> Zoo = new Dictionary<string, Network>
    {
        ["image network of convolutions"] = Net(new Shape(3, 30, 30), new Conv(8, 3, Padding: 0), Activation.Relu, new Pool(PoolKind.Maximum, 2), new Conv(16, 3, Stride: 2), Norm,
            Activation.Relu, new Pool(PoolKind.Mean, 3, 2, 1), new Flatten(), new Dense(32), Activation.Relu, new Dropout(0.5), new Dense(4)),
        ["image network read as a sequence"] = Net(new Shape(3, 30, 34), new Conv(8, 3, Padding: 0), Activation.Relu, new Pool(PoolKind.Maximum, 2), new ToSequence(),
            new Lstm(16, ReturnSequences: true), new Dropout(0.3), new Lstm(16), new Dense(4)),
        ["signal network with gates and an LSTM"] = Net(new Shape(1, 64), new Conv(16, 3), Activation.Relu, new Pool(PoolKind.Maximum, 2), new Conv(16, 3), Gate.SqueezeExcitation(16, 4),
            new Pool(PoolKind.Maximum, 2), new ToSequence(), new Lstm(8, ReturnSequences: true, Bidirectional: true), new Lstm(8, Bidirectional: true), new Dense(16), Activation.Tanh, new Dense(4)),
        ["residual network with pre-activation"] = Net(new Shape(1, 65), new Conv(8, 7, Stride: 2, Bias: false), Norm, Activation.Silu, new Pool(PoolKind.Maximum, 3, 2, 1),
            new Residual(new Sequence(Norm, Activation.Relu, new Conv(8, 3), Norm, Activation.Gelu, new Conv(8, 3, Dilation: 2), Gate.SqueezeExcitation(8, 2))),
            new Residual(new Sequence(Norm, Activation.Relu, new Conv(16, 3, Stride: 2, Groups: 4)), new Sequence(new Conv(16, 1, Stride: 2), Norm)),
            new GlobalPool(PoolKind.Mean), new Dense(4)),
        ["U-shaped signal network with GRUs"] = Net(new Shape(2, 32), new Conv(8, 3),
            Concat.Skip(new Sequence(new Pool(PoolKind.Maximum, 2), new ToSequence(), new Gru(6, ReturnSequences: true), new ToChannels(), new Upsample(2))),
            new Conv(8, 3), Activation.Relu, new ToSequence(), new Gru(8, Bidirectional: true), new Dense(4)),
        ["U-shaped image network"] = Net(new Shape(1, 16, 24), new Conv(4, 3), Concat.Skip(new Sequence(new Pool(PoolKind.Maximum, 2), new Conv(8, 3), Activation.Relu, new Upsample(2))),
            new Conv(4, 3), new GlobalPool(PoolKind.Maximum), new Dense(4)),
        ["page network over leads"] = Net(new Shape(13 * 50), new Concat(
            new Sequence(new Reshape(new Shape(13, 1, 50)), new PerLead(new Sequence(new Conv(8, 5), Norm, Activation.Relu, new GlobalPool(PoolKind.Mean))), new LeadEmbedding(),
                new Concat(new SelectLeads(0, 1, 2), new SelectLeads(12)), new AttentionPool(6)),
            new Sequence(new Slice(600, 50), new Standardize(3), Activation.SignedLog, new Scale(0.5f), new Reshape(new Shape(1, 50)), new Conv(4, 5), new GlobalPool(PoolKind.Maximum))), new Dense(4)),
        ["scaled signal read by a plain recurrent layer"] = Net(new Shape(2, 40), new Normalize(NormalizeKind.ZScore), new Conv(4, 3), new Normalize(NormalizeKind.MinMax), new ToSequence(),
            new Rnn(6, ReturnSequences: true), new Rnn(5), new Dense(4)),
        ["dense layers over a sequence"] = Net(new Shape(10, 6), new Dense(40), Activation.Sigmoid, new Dense(30, Bias: false), new Flatten(), new Dense(4)),
    };

    public static Network Net(Shape input, params Layer[] layers) => new("net", input, new Sequence(layers), ["a", "b", "c", "d"]);

    /// <summary>Random weights, with running statistics that are not those of the start.</summary>
    public static TrainedNetwork Randomly(Network network, int seed = 1)
    {
        manual_seed(seed);
        using var scope = NewDisposeScope();
        using var module = network.CreateModule();
        module.train();
        using (no_grad())
        {
            for (var step = 0; step < 3; step++) module.call(randn([8, .. network.Input.Sizes.Select(size => (long)size)]));
        }

        return new TrainedNetwork(network, Weights.From(module));
    }

    public static float[] Inputs(Network network, int count, int seed = 2)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count * network.Input.Count).Select(_ => (float)(random.NextDouble() * 2 - 1))];
    }

    public static float[][] Answers(byte[] onnx, Network network, float[] inputs)
    {
        var manifest = ModelFolder.Manifest("net", network, onnx, []);
        using var model = Model.Load(manifest, onnx, new InferenceOptions());
        return model.Run(inputs, [inputs.Length / network.Input.Count, .. network.Input.Sizes], TestContext.Current.CancellationToken);
    }

    public static float LargestDifference(float[][] answers, double[][] expected)
        => answers.SelectMany((row, index) => row.Select((value, label) => (float)Math.Abs(value - expected[index][label]))).Max();
}

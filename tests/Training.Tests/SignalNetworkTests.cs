using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Export;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Networks;
using EcgImageWeb.Training.Networks.Layers;

namespace EcgImageWeb.Training.Tests;

public class SignalNetworkTests
{
    private const float Equal = 1e-4f;

    public static TheoryData<string> Names => [.. SignalNetworks.All.Select(network => network.Name)];

    [Fact]
    public void Every_row_of_the_papers_tables_is_listed_once()
    {
        string[] wanted =
        [
            "vgg11", "vgg13", "vgg16", "vgg11-lstm", "vgg13-lstm", "vgg16-lstm", "sevgg11", "sevgg11-lstm", "sevgg11-lstm-o",
            "resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "se-resnet18", "se-resnet34", "se-resnet50", "se-resnet101", "se-resnet152",
            "rhythm-samples", "rhythm-plain", "rhythm-measures",
            "grunet-cnn", "grunet-rnn", "grunet-gru", "grunet", "beat-measures", "beat-measures-wide",
        ];
        Assert.Equal(wanted.Order(StringComparer.Ordinal), SignalNetworks.All.Select(network => network.Name).Order(StringComparer.Ordinal));
        Assert.Throws<ArgumentException>(() => SignalNetworks.Named("vgg12"));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_description_counts_what_its_module_learns(string name)
    {
        var network = SignalNetworks.Named(name);
        using var module = network.CreateModule();
        Assert.Equal(module.parameters().Sum(parameter => parameter.numel()), network.ParameterCount);
        Assert.Equal(new Shape(network.Labels.Count), network.Output);
    }

    [Fact]
    public void Sevgg11_lstm_has_as_many_weights_as_counted_by_hand()
    {
        // Kernels of 3 without bias, two values a channel of each batch normalization.
        (int From, int To)[] convolutions = [(1, 64), (64, 128), (128, 256), (256, 256), (256, 512), (512, 512), (512, 512), (512, 512)];
        var body = convolutions.Sum(layer => 3 * layer.From * layer.To + 2 * layer.To);
        var gates = 2 * (512 * 32 + 32 + 32 * 512 + 512);
        var lstm = 4 * 128 * (512 + 128 + 2);
        var dense = 129 * 256 + 257 * 128 + 129 * 5;
        Assert.Equal(body + gates + lstm + dense, SignalNetworks.Named("sevgg11-lstm").ParameterCount);
        Assert.Equal(SignalNetworks.Named("sevgg11-lstm").Body.ParameterCount(new Shape(1, 3600)), SignalNetworks.Named("sevgg11-lstm-o").ParameterCount);
    }

    [Theory]
    [InlineData("vgg11", 8)]
    [InlineData("vgg13", 10)]
    [InlineData("vgg16", 13)]
    [InlineData("sevgg11-lstm-o", 8)]
    public void Vgg_counts_its_convolutions_and_the_three_dense_layers(string name, int convolutions)
    {
        var layers = ((Sequence)SignalNetworks.Named(name).Body).Layers;
        Assert.Equal(convolutions, layers.OfType<Conv>().Count());
        Assert.Equal(3, layers.OfType<Dense>().Count());
        Assert.Equal(5, layers.OfType<Pool>().Count());
        Assert.Equal(name.StartsWith("se", StringComparison.Ordinal) ? 2 : 0, layers.OfType<Gate>().Count());
    }

    [Theory]
    [InlineData(18)]
    [InlineData(34)]
    [InlineData(50)]
    [InlineData(101)]
    [InlineData(152)]
    public void A_residual_network_is_as_deep_as_it_says_and_a_gate_stands_in_every_block(int depth)
    {
        // The stem, the answer, and two or three convolutions a block; shortcuts do not count.
        var blocks = Blocks(RhythmNetworks.Create(depth, gated: true)).ToArray();
        Assert.Equal(depth, 2 + blocks.Sum(block => block.Layers.OfType<Conv>().Count()));
        Assert.All(blocks, block => Assert.Single(block.Layers.OfType<Gate>()));
        Assert.All(Blocks(RhythmNetworks.Create(depth, gated: false)), block => Assert.Empty(block.Layers.OfType<Gate>()));
    }

    [Fact]
    public void What_ships_for_rhythms_has_18_layers_and_its_twin_differs_by_the_gates_alone()
    {
        var (gated, plain) = (RhythmNetworks.Own(gated: true), RhythmNetworks.Own(gated: false));
        Assert.All([gated, plain], network => Assert.Equal(18, 2 + Blocks(network).Sum(block => block.Layers.OfType<Conv>().Count())));
        int Gate(int channels) => 2 * channels * (channels / 8) + channels / 8 + channels;
        Assert.Equal(2 * (Gate(24) + Gate(32) + Gate(64) + Gate(96)), gated.ParameterCount - plain.ParameterCount);
    }

    [Fact]
    public void Resnet18_has_as_many_weights_as_counted_by_hand()
    {
        var stem = 7 * 64;
        var first = 4 * (3 * 64 * 64 + 2 * 64);
        // The first block of a stage doubles the channels, its shortcut is a convolution of one sample.
        int Stage(int width) => 3 * (width / 2) * width + 3 * 3 * width * width + width / 2 * width + 2 * (width / 2) + 3 * 2 * width;
        Assert.Equal(stem + first + Stage(128) + Stage(256) + Stage(512) + 2 * 512 + 513 * 7, SignalNetworks.Named("resnet18").ParameterCount);
    }

    [Fact]
    public void Grunet_has_as_many_weights_as_counted_by_hand()
    {
        int Twice(int from, int to) => 3 * from * to + 3 * to * to + 4 * to;
        int Gru(int units) => 3 * units * (2 * units + 2);
        var down = Twice(1, 16) + Twice(16, 32) + Gru(32) + Twice(32, 64) + Gru(64) + Twice(64, 128) + Gru(128);
        var up = Twice(64 + 128, 64) + Twice(32 + 64, 32) + Twice(16 + 32, 16);
        var answer = 16 * 4 + 4 + (4 * 600 + 1) * 5;
        Assert.Equal(down + up + answer, BeatNetworks.Grunet.ParameterCount);
        Assert.Equal(BeatNetworks.Grunet.ParameterCount - Gru(32) - Gru(64) - Gru(128), BeatNetworks.Convolutions.ParameterCount);
    }

    // Narrower and, for segments, shorter: the layers are the same, and the test takes seconds.
    [Theory, MemberData(nameof(Names))]
    public void The_exported_network_answers_what_the_trained_one_does(string name)
    {
        var full = SignalNetworks.Named(name);
        var network = SegmentNetworks.Names.Contains(name) ? SegmentNetworks.Create(name, 320, full.Labels, widthDivisor: 4)
            : name.Contains("resnet", StringComparison.Ordinal) ? RhythmNetworks.Create(int.Parse(name.AsSpan(name.IndexOf("net", StringComparison.Ordinal) + 3), System.Globalization.CultureInfo.InvariantCulture), name.StartsWith("se", StringComparison.Ordinal), widthDivisor: 8)
            : full;
        var trained = Ensemble.Of(Nets.Randomly(network));
        var inputs = Nets.Inputs(network, 2);
        var rows = inputs.Chunk(network.Input.Count).ToArray();
        var expected = Predictor.Probabilities(trained, new ArrayExamples(network.Input, network.Labels.Count, rows, new int[rows.Length]), cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(Nets.LargestDifference(Nets.Answers(OnnxExport.Write(trained), network, inputs), expected), 0, Equal);
    }

    [Theory]
    [InlineData(NormalizeKind.ZScore, 0, 1)]
    [InlineData(NormalizeKind.MinMax, 0.5, 0.35355)]
    public void A_scaling_layer_forgets_gain_and_offset_and_makes_a_flat_line_zero(NormalizeKind kind, double mean, double deviation)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var module = new Network("scaling", new Shape(1, 400), new Normalize(kind), ["x"]).CreateModule();
        float[] Answer(Func<int, float> sample) => module.call(TorchSharp.torch.tensor(Enumerable.Range(0, 400).Select(sample).ToArray()).reshape(1, 1, 400)).data<float>().ToArray();

        var answer = Answer(index => 3 + 2 * MathF.Sin(index * MathF.Tau / 100));
        Assert.Equal(mean, answer.Average(), 3);
        Assert.Equal(deviation, Math.Sqrt(answer.Average(value => (value - answer.Average()) * (value - answer.Average()))), 3);
        Assert.All(Answer(_ => 0.7f), value => Assert.InRange(value, -0.01f, 0.01f));
    }

    [Fact]
    public void A_class_that_is_drawn_more_often_than_it_occurs_need_not_be_answered_more_often()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        // 400 and 100 occur; balanced by half they are drawn 2 : 1. Outputs that say 4 : 1 are then right: of three draws they expect two and one.
        var loss = Loss.DrawnCrossEntropy([400, 100], balance: 0.5);
        double Cost(double logit) => loss.Value(TorchSharp.torch.tensor(new[] { (float)logit, 0 }).reshape(1, 2), TorchSharp.torch.tensor(new[] { 2 / 3f, 1 / 3f }).reshape(1, 2)).item<float>();
        Assert.True(Cost(Math.Log(4)) < Cost(Math.Log(4) - 0.2));
        Assert.True(Cost(Math.Log(4)) < Cost(Math.Log(4) + 0.2));
    }

    private static IEnumerable<Sequence> Blocks(Network network)
        => ((Sequence)network.Body).Layers.OfType<Sequence>().SelectMany(block => block.Layers.OfType<Residual>()).Select(residual => (Sequence)residual.Body);
}

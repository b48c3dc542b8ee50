using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Evaluation;
using EcgImageWeb.Training.Export;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Tests;

public class ExportTests
{
    /// <summary>The bound on the largest difference between the exported and the trained model.</summary>
    private const float Equal = 1e-4f;

    /// <summary>Weights of 16 bit move a probability of the trained models by up to 1.5e-4, of 8 bit by up to 3.1e-3 (their cards); small random networks move more.</summary>
    private const float EqualAt16Bit = 2e-3f, EqualAt8Bit = 5e-2f;

    public static TheoryData<string> Kinds => [.. Nets.Zoo.Keys];

    [Theory, MemberData(nameof(Kinds))]
    public void The_exported_network_answers_what_the_trained_one_does(string kind)
        => Assert.InRange(Difference(Nets.Zoo[kind], WeightFormat.Full, 5), 0, Equal);

    [Theory, MemberData(nameof(Kinds))]
    public void Weights_of_16_bit_move_the_answers_little(string kind)
        => Assert.InRange(Difference(Nets.Zoo[kind], WeightFormat.Half, 5), 0, EqualAt16Bit);

    [Theory, MemberData(nameof(Kinds))]
    public void Weights_of_8_bit_move_the_answers_a_little_more(string kind)
        => Assert.InRange(Difference(Nets.Zoo[kind], WeightFormat.Byte, 5), 0, EqualAt8Bit);

    [Theory]
    [InlineData(WeightFormat.Full, Equal, 76_200_000)]
    [InlineData(WeightFormat.Half, EqualAt16Bit, 38_200_000)]
    [InlineData(WeightFormat.Byte, EqualAt8Bit, 19_200_000)]
    public void The_papers_cnn_shrinks_with_its_weights_and_answers_the_same(WeightFormat format, float bound, int largestFile)
    {
        Assert.InRange(OnnxExport.Write(Ensemble.Of(Nets.Randomly(ImageNetworks.Cnn)), format).Length, 0, largestFile);
        Assert.InRange(Difference(ImageNetworks.Cnn, format, 2), 0, bound);
    }

    [Fact]
    public void The_papers_crnn_answers_the_same_exported()
        => Assert.InRange(Difference(ImageNetworks.Crnn, WeightFormat.Full, 2), 0, Equal);

    [Fact]
    public void An_ensemble_answers_the_weighted_mean_of_its_members_at_its_temperature()
    {
        var network = Nets.Zoo["page network over leads"];
        TrainedNetwork[] members = [Nets.Randomly(network, 1), Nets.Randomly(network, 2), Nets.Randomly(network, 3)];
        double[] shares = [0.2, 0.3, 0.5];
        var inputs = Nets.Inputs(network, 4);
        var each = members.Select(member => Expected(Ensemble.Of(member), inputs)).ToArray();
        var mean = each[0].Select((row, index) => row.Select((_, label) => each.Zip(shares, (answers, share) => share * answers[index][label]).Sum()).ToArray()).ToArray();

        Assert.InRange(Nets.LargestDifference(Nets.Answers(OnnxExport.Write(new Ensemble(members, shares)), network, inputs), mean), 0, Equal);
        var tempered = mean.Select(row => Calibration.Tempered(row, 1.7)).ToArray();
        Assert.InRange(Nets.LargestDifference(Nets.Answers(OnnxExport.Write(new Ensemble(members, shares, 1.7)), network, inputs), tempered), 0, Equal);
        Assert.InRange(Nets.LargestDifference(Nets.Answers(OnnxExport.Write(new Ensemble(members, shares)), network, inputs), tempered), 0.001f, 1);
        Assert.Throws<ArgumentException>(() => OnnxExport.Write(new Ensemble([members[0], Nets.Randomly(Nets.Zoo["image network of convolutions"])], [0.5, 0.5])));
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes()
    {
        var trained = Ensemble.Of(Nets.Randomly(Nets.Zoo["U-shaped image network"]));
        Assert.Equal(OnnxExport.Write(trained), OnnxExport.Write(trained));
    }

    private static float Difference(Network network, WeightFormat format, int count)
    {
        var trained = Ensemble.Of(Nets.Randomly(network)) with { Temperature = 1.7 };
        var inputs = Nets.Inputs(network, count);
        return Nets.LargestDifference(Nets.Answers(OnnxExport.Write(trained, format), network, inputs), Expected(trained, inputs));
    }

    private static double[][] Expected(Ensemble trained, float[] inputs)
    {
        var shape = trained.Members[0].Network.Input;
        var rows = inputs.Chunk(shape.Count).ToArray();
        return Predictor.Probabilities(trained, new ArrayExamples(shape, 4, rows, new int[rows.Length]));
    }
}

using EcgImageWeb.Training.Words;
using EcgImageWeb.Vision.Layout;

namespace Training.Tests;

/// <summary>The reader of printed words computes what the network learned: a weight in another place and it would guess.</summary>
public class WordTests
{
    [Theory]
    [InlineData(false, 0.5)]
    [InlineData(true, 0.5)]
    public void Reads_what_it_has_learned(bool scales, double least)
    {
        var blank = scales ? WordReader.OfScales(null) : WordReader.OfLeads(null);
        // Hershey's letters alone: a machine need not have fonts. Four in ten words are of the last class.
        var (weights, accuracy) = WordTraining.Fit(blank, "no fonts here", 6_000, 4, 1, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(blank.WeightCount, weights.Length);
        Assert.InRange(accuracy, least, 1);
    }

    [Fact]
    public void Weights_of_another_reader_are_refused() =>
        Assert.Contains("weights", Assert.Throws<ArgumentException>(() => WordReader.OfScales(new float[WordReader.OfLeads(null).WeightCount])).Message, StringComparison.Ordinal);
}

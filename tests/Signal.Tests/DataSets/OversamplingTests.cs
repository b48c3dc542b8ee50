using EcgImageWeb.Signal.DataSets;

namespace EcgImageWeb.Signal.Tests.DataSets;

public class OversamplingTests
{
    [Fact]
    public void Makes_table_1_of_the_paper()
    {
        var before = new Dictionary<string, int> { ["N"] = 6735, ["V"] = 3005, ["L"] = 1202, ["R"] = 1179, ["A"] = 771 };
        var labels = before.SelectMany(pair => Enumerable.Repeat(pair.Key, pair.Value)).ToArray();
        var balanced = Oversampling.Balance(labels, new Random(1));
        var after = balanced.CountBy(i => labels[i]).ToDictionary();
        Assert.Equal(
            new Dictionary<string, int> { ["N"] = 6735, ["V"] = 6010, ["L"] = 7212, ["R"] = 7074, ["A"] = 6939 }, after);
        Assert.Equal(33_970, balanced.Length);
        Assert.Equal(labels.Length, balanced.Distinct().Count());
    }

    [Fact]
    public void A_class_of_more_than_half_the_largest_gets_a_share_of_itself_again()
    {
        var labels = Enumerable.Repeat("N", 100).Concat(Enumerable.Repeat("A", 80)).ToArray();
        var copies = Oversampling.Balance(labels, new Random(1)).CountBy(i => i).ToDictionary();
        Assert.Equal(180, copies.Count);
        Assert.Equal(20, copies.Values.Count(times => times == 2));
        Assert.DoesNotContain(copies, pair => pair.Key < 100 && pair.Value != 1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_order()
    {
        int[] labels = [1, 1, 1, 2, 2, 3];
        Assert.Equal(Oversampling.Balance(labels, new Random(7)), Oversampling.Balance(labels, new Random(7)));
    }
}

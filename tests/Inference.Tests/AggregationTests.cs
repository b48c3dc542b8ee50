namespace EcgImageWeb.Inference.Tests;

public sealed class AggregationTests
{
    // Votes: class 0, class 0, class 1.
    private static readonly float[][] Three = [[0.5f, 0.25f, 0.25f], [0.5f, 0.5f, 0f], [0f, 0.875f, 0.125f]];

    [Fact]
    public void Mean_is_the_average_of_the_leads()
    {
        var page = Aggregation.Combine(Three, AggregationMethod.Mean);

        Near([1 / 3.0, 1.625 / 3, 0.375 / 3], page);
        Assert.Equal(1, page.ClassIndex);
        Assert.Equal(1 / 3.0, page.Agreement, 12);
    }

    [Fact]
    public void Majority_is_the_share_of_leads_that_vote_for_each_class()
    {
        var page = Aggregation.Combine(Three, AggregationMethod.Majority);

        Near([2 / 3.0, 1 / 3.0, 0], page);
        Assert.Equal(0, page.ClassIndex);
        Assert.Equal(2 / 3.0, page.Agreement, 12);
    }

    [Fact]
    public void Majority_breaks_ties_by_the_mean_probability()
    {
        // Two votes each; the means are 0.35, 0.4, 0.25.
        float[][] leads = [[0.6f, 0.2f, 0.2f], [0.6f, 0.2f, 0.2f], [0.1f, 0.6f, 0.3f], [0.1f, 0.6f, 0.3f]];

        var page = Aggregation.Combine(leads, AggregationMethod.Majority);

        Near([0.5, 0.5, 0], page);
        Assert.Equal(1, page.ClassIndex);
        Assert.Equal(0.5, page.Agreement, 12);
    }

    [Fact]
    public void Confidence_weighs_each_lead_by_one_minus_its_normalised_entropy()
    {
        // Entropies over ln 4: 0, 1/2 and 1, so weights 1, 1/2 and 0; the last lead has no say.
        float[][] leads = [[0f, 0f, 0f, 1f], [0.5f, 0.5f, 0f, 0f], [0.25f, 0.25f, 0.25f, 0.25f]];

        var page = Aggregation.Combine(leads, AggregationMethod.Confidence);

        Near([0.25 / 1.5, 0.25 / 1.5, 0, 1 / 1.5], page);
        Assert.Equal(3, page.ClassIndex);
    }

    [Fact]
    public void Confidence_of_leads_that_know_nothing_is_their_mean()
    {
        float[][] leads = [[1 / 3f, 1 / 3f, 1 / 3f], [1 / 3f, 1 / 3f, 1 / 3f]];

        Near([1 / 3.0, 1 / 3.0, 1 / 3.0], Aggregation.Combine(leads, AggregationMethod.Confidence));
    }

    [Fact]
    public void Maximum_is_the_surest_lead_of_each_class_renormalised()
    {
        var page = Aggregation.Combine(Three, AggregationMethod.Maximum);

        Near([0.5 / 1.625, 0.875 / 1.625, 0.25 / 1.625], page);
        Assert.Equal(1, page.ClassIndex);
    }

    [Theory]
    [InlineData(AggregationMethod.Mean)]
    [InlineData(AggregationMethod.Majority)]
    [InlineData(AggregationMethod.Confidence)]
    [InlineData(AggregationMethod.Maximum)]
    public void Equal_leads_agree_wholly_and_equal_classes_go_to_the_first(AggregationMethod method)
    {
        float[][] same = [.. Enumerable.Repeat(new[] { 0.1f, 0.2f, 0.6f, 0.1f }, 13)];
        float[][] flat = [.. Enumerable.Repeat(new[] { 0.25f, 0.25f, 0.25f, 0.25f }, 13)];

        Assert.Equal((2, 1.0), (Aggregation.Combine(same, method).ClassIndex, Aggregation.Combine(same, method).Agreement));
        Assert.Equal((0, 1.0), (Aggregation.Combine(flat, method).ClassIndex, Aggregation.Combine(flat, method).Agreement));
    }

    [Theory]
    [InlineData(AggregationMethod.Mean)]
    [InlineData(AggregationMethod.Confidence)]
    [InlineData(AggregationMethod.Maximum)]
    public void One_lead_is_the_page(AggregationMethod method)
    {
        var page = Aggregation.Combine([[0.125f, 0.625f, 0.25f]], method);

        Near([0.125, 0.625, 0.25], page);
        Assert.Equal((1, 1.0), (page.ClassIndex, page.Agreement));
    }

    [Fact]
    public void One_lead_is_the_majority()
    {
        var page = Aggregation.Combine([[0.125f, 0.625f, 0.25f]], AggregationMethod.Majority);

        Near([0, 1, 0], page);
        Assert.Equal((1, 1.0), (page.ClassIndex, page.Agreement));
    }

    [Fact]
    public void The_order_of_the_leads_does_not_matter()
    {
        float[][] turned = [Three[2], Three[0], Three[1]];

        foreach (var (one, other) in Aggregation.CombineAll(Three).Zip(Aggregation.CombineAll(turned)))
        {
            Near(one.Probabilities, other);
            Assert.Equal((one.ClassIndex, one.Agreement), (other.ClassIndex, other.Agreement));
        }
    }

    [Fact]
    public void No_leads_and_uneven_leads_are_mistakes_of_the_caller()
    {
        Assert.Throws<ArgumentException>(() => Aggregation.Combine([], AggregationMethod.Mean));
        Assert.Throws<ArgumentException>(() => Aggregation.Combine([[]], AggregationMethod.Mean));
        Assert.Throws<ArgumentException>(() => Aggregation.Combine([[1f], [0.5f, 0.5f]], AggregationMethod.Mean));
    }

    [Fact]
    public void Every_method_is_found_by_its_name()
    {
        Assert.Equal(["mean", "majority", "confidence", "maximum"], Aggregation.Methods.Select(Aggregation.NameOf));
        Assert.All(Aggregation.Methods, method => Assert.Equal(method, Aggregation.Parse(Aggregation.NameOf(method))));
        Assert.Null(Aggregation.Parse("median"));
    }

    private static void Near(IReadOnlyList<double> expected, PageVote page)
    {
        Assert.Equal(expected.Count, page.Probabilities.Count);
        Assert.All(expected.Zip(page.Probabilities), pair => Assert.Equal(pair.First, pair.Second, 6));
        Assert.Equal(1, page.Probabilities.Sum(), 12);
    }
}

using EcgImageWeb.Signal.Measures;

namespace EcgImageWeb.Signal.Tests.Measures;

public class DigitizationMeasureTests
{
    private static readonly LeadSignal Truth = MadeUp.Lead(500, 10, 0.8);

    [Fact]
    public void Noise_of_known_energy_gives_the_SNR_by_hand()
    {
        var noisy = Truth with { Mv = [.. Truth.Mv.Select((value, i) => value + (i % 2 == 0 ? 0.01f : -0.01f))] };
        var expected = 10 * Math.Log10(Truth.Mv.Average(value => value * value) / 1e-4);
        var result = DigitizationMeasure.Compare(Truth, noisy);
        Assert.Equal(expected, result.SnrDb, 0.01);
        Assert.Equal(0.01, result.RmseMv, 1e-4);
        Assert.Equal((0.0, 1.0), (result.LagS, result.Coverage));
    }

    [Theory]
    [InlineData(0.0312), InlineData(-0.1), InlineData(0.0006)]
    public void A_late_and_lifted_lead_is_moved_back(double lateS)
    {
        var late = MadeUp.Lead(500, 10, 0.8, 0.5 + lateS);
        var result = DigitizationMeasure.Compare(Truth, late with { Mv = Array.ConvertAll(late.Mv, value => value + 0.7f) });
        Assert.Equal(lateS, result.LagS, 0.00011);
        Assert.Equal(-0.7, result.OffsetMv, 0.003);
        Assert.True(result.SnrDb > 30, $"{result.SnrDb:F1} dB");
    }

    [Fact]
    public void More_than_a_fifth_of_a_second_is_not_forgiven() =>
        Assert.True(DigitizationMeasure.Compare(Truth, MadeUp.Lead(500, 10, 0.8, 0.5 + 0.3)).SnrDb < 3);

    [Fact]
    public void The_start_on_the_page_and_the_rate_are_taken_into_account()
    {
        var part = new LeadSignal("II", 250, [.. MadeUp.Lead(250, 10, 0.8).Mv[625..1250]], 2.5);
        var result = DigitizationMeasure.Compare(part, Truth);
        Assert.Equal((0.0, 1.0), (result.LagS, result.Coverage));
        Assert.True(result.SnrDb > 35, $"{result.SnrDb:F1} dB");
    }

    [Fact]
    public void Missing_samples_count_as_zero_mV_and_unknown_truth_not_at_all()
    {
        LeadSignal truth = new("I", 100, [.. Enumerable.Repeat(1f, 100), .. Enumerable.Repeat(2f, 100), .. Enumerable.Repeat(float.NaN, 50)]);
        LeadSignal half = new("I", 100, [.. Enumerable.Repeat(1f, 100), .. Enumerable.Repeat(float.NaN, 150)]);
        var result = DigitizationMeasure.Compare(truth, half);
        Assert.Equal((200, 0.5), (result.Samples, result.Coverage));
        Assert.Equal(10 * Math.Log10((100 + 400) / 400.0), result.SnrDb, 6);
    }

    [Fact]
    public void A_lead_that_was_not_digitized_is_all_error()
    {
        var page = DigitizationMeasure.ComparePage([Truth, Truth with { Name = "V1" }], [Truth]);
        Assert.Equal(10 * Math.Log10(2), page.SnrDb, 6);
        Assert.Equal(0.5, page.Coverage);
        Assert.Equal([1.0, 0.0], page.Leads.Select(lead => lead.Coverage));
    }

    [Fact]
    public void Mean_median_and_pooled_by_hand()
    {
        PageComparison Page(double signal, double error) => new([new("I", 0, 0, signal, error, 1, 1, 0, 1)]);
        var summary = SnrSummary.Of([Page(100, 1), Page(10, 1), Page(1, 1)]);
        Assert.Equal((3, 10.0, 10.0), (summary.Pages, summary.MeanDb, summary.MedianDb));
        Assert.Equal(10 * Math.Log10(37), summary.PooledDb, 9);
    }
}

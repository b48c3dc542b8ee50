using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Models;
using EcgImageWeb.Training.Networks;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Training.Tests;

public class PageModelTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(60, 1.0)]
    [InlineData(75, 0.6)]
    [InlineData(120, 1.4)]
    public void Measures_find_the_rate_and_the_height_of_drawn_beats(double beatsPerMinute, double heightMv)
    {
        var measures = PageFeatures.Of(Page(beatsPerMinute, heightMv, 1).AsSpan(0, PageInput.Samples));
        Assert.Equal(beatsPerMinute, measures[0], 0.03 * beatsPerMinute);
        Assert.Equal(beatsPerMinute, measures[1], 0.03 * beatsPerMinute);
        Assert.InRange(measures[3], 0, 0.03);
        for (var lead = 0; lead < PageInput.Leads; lead++)
        {
            var own = measures.AsSpan(PageFeatures.RhythmCount + lead * PageFeatures.LeadCount, PageFeatures.LeadCount);
            Assert.Equal(heightMv, own[0], 0.1 * heightMv);
            // Drawn without Q and ST displacement, with a T wave of a quarter of R.
            Assert.InRange(own[1], -0.05, 0);
            Assert.InRange(own[5], -0.05, 0.08);
            Assert.Equal(heightMv / 4, own[6], 0.1 * heightMv);
        }
    }

    [Fact]
    public void An_irregular_rhythm_shows_in_the_measures_of_regularity()
    {
        var random = new Random(1);
        var times = new List<double> { 0.4 };
        while (times[^1] < 10) times.Add(times[^1] + 0.5 + 0.6 * random.NextDouble());
        var measures = PageFeatures.Of(Page(times, 1, 1).AsSpan(0, PageInput.Samples));
        Assert.InRange(measures[3], 0.1, 0.4);
        Assert.True(measures[9] + measures[10] >= 2);
    }

    [Fact]
    public void A_page_without_beats_has_no_measures()
        => Assert.All(PageFeatures.Of(new float[PageInput.Samples]), value => Assert.Equal(0, value));

    [Fact]
    public void Augmented_pages_stay_pages_and_their_targets_shares()
    {
        Batch Fresh() => Batch.Read(new PageExamples(Reports(8), [0, 1, 2, 3, 4, 5, 6, 7]), [0, 1, 2, 3, 4, 5, 6, 7]);
        var before = Fresh();
        var after = PageAugmentation.Apply(Fresh(), new Random(1));
        Assert.Equal(before.Inputs.Length, after.Inputs.Length);
        Assert.NotEqual(before.Inputs, after.Inputs);
        Assert.All(after.Inputs, value => Assert.True(float.IsFinite(value)));
        Assert.All(after.Targets.Chunk(4), shares => Assert.Equal(1, shares.Sum(), 5));
        Assert.Equal(after.Inputs, PageAugmentation.Apply(Fresh(), new Random(1)).Inputs);
        Assert.NotEqual(after.Inputs, PageAugmentation.Apply(Fresh(), new Random(2)).Inputs);
    }

    [Fact]
    public void Logistic_regression_is_where_its_cost_has_no_slope()
    {
        var random = new Random(1);
        var labels = Enumerable.Range(0, 60).Select(index => index % 6 == 0 ? 1 : index % 2 == 0 ? 2 : 0).ToArray();
        var measures = labels.Select(label => new[] { label + random.NextDouble(), random.NextDouble() - label, random.NextDouble() }).ToArray();
        const double C = 0.7;
        var fitted = LogisticRegression.Fit(measures, labels, 3, C);
        double Cost(float[] weight, float[] bias) => 0.5 * weight.Sum(value => value * (double)value) + labels.Select((label, index) =>
        {
            var scores = Enumerable.Range(0, 3).Select(other => (float)(bias[other] + Enumerable.Range(0, 3).Sum(measure => weight[other * 3 + measure] * measures[index][measure]))).ToArray();
            return -C * 60 / 3 / labels.Count(other => other == label) * Math.Log(Predictor.Softmax(scores)[label]);
        }).Sum();

        var (best, bias) = (fitted["weight"].Values, fitted["bias"].Values);
        var smallest = Cost(best, bias);
        for (var index = 0; index < best.Length; index++)
        {
            foreach (var step in new[] { -0.02f, 0.02f })
            {
                var moved = (float[])best.Clone();
                moved[index] += step;
                Assert.True(Cost(moved, bias) > smallest);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_page_networks_answer_the_same_exported(bool traces)
    {
        var network = traces ? PageNetworks.Traces : PageNetworks.Measures;
        var trained = Ensemble.Of(Nets.Randomly(network));
        var inputs = Page(70, 1, 1).Concat(Page(110, 0.5, 2)).ToArray();
        var expected = Predictor.Probabilities(trained, new ArrayExamples(network.Input, 4, [.. inputs.Chunk(PageInput.Length)], [0, 0]), cancellationToken: Cancel);
        Assert.InRange(Nets.LargestDifference(Nets.Answers(Export.OnnxExport.Write(trained), network, inputs), expected), 0, 1e-4f);
    }

    [Fact]
    public void The_page_model_learns_to_tell_fast_from_slow_hearts()
    {
        var reports = Reports(64);
        using var folder = new TemporaryFolder();
        var fit = ImageModel.Named("page").Fit(reports, [.. Enumerable.Range(0, 48)], null, new FitOptions(folder.Path, Resume: false, Epochs: 6), Cancel);
        Assert.Equal(1, fit.Ensemble.Shares.Sum(), 9);
        var held = Enumerable.Range(48, 16).ToArray();
        var answers = Predictor.Probabilities(fit.Ensemble, ImageModel.Named("page").Examples(reports, held), cancellationToken: Cancel);
        Assert.InRange(answers.Zip(held).Count(pair => reports.Pages[pair.Second].Class == Array.IndexOf(pair.First, pair.First.Max())), 13, 16);
    }

    /// <summary>Pages of slow (normal) and fast (abnormal) hearts, a few of each other class so that all four occur.</summary>
    private static ReportSet Reports(int count)
    {
        var random = new Random(5);
        var labels = Enumerable.Range(0, count).Select(index => index % 2).ToArray();
        return new ReportSet(
            [.. labels.Select((label, index) => new ReportPage($"p{index}", label, false, "", $"g{index}", 1, "II"))],
            [.. labels.Select((label, index) => new PreparedPage([], Page(label == 0 ? 55 + 20 * random.NextDouble() : 105 + 20 * random.NextDouble(), 0.6 + random.NextDouble(), index)))]);
    }

    private static float[] Page(double beatsPerMinute, double heightMv, int seed)
        => Page([.. Enumerable.Range(0, 40).Select(beat => 0.3 + beat * 60 / beatsPerMinute)], heightMv, seed);

    /// <summary>All leads alike: a QRS complex of 80 ms and a T wave of a quarter of its height 0.25 s behind it, some noise.</summary>
    private static float[] Page(IReadOnlyList<double> beatTimesS, double heightMv, int seed)
    {
        var random = new Random(seed);
        var strip = new float[PageInput.RhythmSamples];
        for (var time = 0; time < strip.Length; time++)
        {
            var second = (time + 0.5) / PageInput.SampleRateHz;
            strip[time] = (float)(0.005 * random.NextDouble() + beatTimesS.Sum(beat =>
                heightMv * (Math.Exp(-Math.Pow((second - beat) / 0.016, 2)) + 0.25 * Math.Exp(-Math.Pow((second - beat - 0.25) / 0.05, 2)))));
        }

        var page = new float[PageInput.Length];
        for (var lead = 0; lead < PageInput.Leads; lead++)
            strip.AsSpan(lead / 3 * PageInput.LeadSamples, PageInput.LeadSamples).CopyTo(page.AsSpan(lead * PageInput.LeadSamples));
        strip.CopyTo(page.AsSpan(PageInput.Leads * PageInput.LeadSamples));
        PageFeatures.Of(page.AsSpan(0, PageInput.Samples)).CopyTo(page.AsSpan(PageInput.Samples));
        return page;
    }
}

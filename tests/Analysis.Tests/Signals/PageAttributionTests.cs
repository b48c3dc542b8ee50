using EcgImageWeb.Analysis.Attributions;
using EcgImageWeb.Vision.Decoding;

namespace EcgImageWeb.Analysis.Tests.Signals;

public class PageAttributionTests(Analyzed analyzed)
{
    [Fact]
    public void Why_a_page_has_its_class_is_told_for_every_lead()
    {
        var page = analyzed.Page;
        var answer = page.Result.Page.ImageModels!["page"];

        var why = new PageAttribution(analyzed.Library, null).With(page, null, TestContext.Current.CancellationToken).Result.Why!;

        Assert.Equal(page.Result.Leads.Select(lead => lead.Key), why.Select(entry => entry.Lead));
        Assert.All(why, entry => Assert.Equal(("page", answer.Class), (entry.Model, entry.Class)));
        Assert.Equal(25, why[0].Values.Count);
        Assert.Equal(100, why[^1].Values.Count);
        Assert.Contains(why, entry => entry.Values.Any(value => value != 0));
        Assert.All(why, entry => Assert.All(entry.Values, value => Assert.InRange(value, -1, 1)));
    }

    [Fact]
    public void A_trace_that_is_a_straight_line_already_says_nothing()
    {
        var flat = analyzed.Page.Traces.Select((trace, i) => i == 3 ? trace with { Row = [.. trace.Row.Select(_ => (float)trace.BaselineRow)] } : trace).ToArray();
        var page = analyzed.Page with { Traces = flat };

        var why = new PageAttribution(analyzed.Library, null).OfTraces(page, "page", "mi", null, TestContext.Current.CancellationToken);

        Assert.All(why[3].Values, value => Assert.Equal(0, value, 0.0005));
        Assert.Contains(why[4].Values, value => Math.Abs(value) > 0.0005);
    }

    [Fact]
    public void A_page_with_signal_models_has_their_fields()
    {
        using var signals = new SignalFixture();
        var analyzer = new PageAnalyzer(analyzed.Models, DecodeLimits.Default, signals.Models);

        var result = analyzer.Analyze("page.jpg", Analyzed.PageBytes, new AnalysisOptions(Models: ["rhythm", "beats"]), null, TestContext.Current.CancellationToken).Result;

        Assert.Equal(["rhythm"], result.Page.SignalModels!.Keys);
        Assert.NotNull(result.Page.Measurements!.HeartRateBpm);
        Assert.InRange(result.Page.Beats!.Count, 5, 25);
        Assert.All(result.Leads.Take(12), lead => Assert.Equal("2.5 s, model trained on 10 s", lead.SignalModels!["rhythm"].Note));
        Assert.Null(result.Leads[12].SignalModels!["rhythm"].Note);
        Assert.Equal(["beats", "rhythm"], result.Models.Select(model => model.Name).Order(StringComparer.Ordinal));
        Assert.True(result.TimingsMs.ContainsKey("signal-models"));
    }
}

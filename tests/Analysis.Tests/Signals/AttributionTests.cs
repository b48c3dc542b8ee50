using EcgImageWeb.Analysis.Attributions;
using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Tests;

namespace EcgImageWeb.Analysis.Tests.Signals;

public class AttributionTests(SignalFixture fixture) : IClassFixture<SignalFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Why_a_made_up_beat_is_V_lies_on_the_beat()
    {
        var shares = new List<double>();
        var why = new SignalAttribution(fixture.Models).OfBeat("beats", SignalFixture.Strip, SignalFixture.WideS, null, new Told(shares), Ct);

        Assert.Equal(("V", "II"), (why.Class, why.Lead));
        var top = why.Values.Index().MaxBy(value => value.Item).Index;
        Assert.InRange(why.StartS + ((top + 0.5) * why.StepS), SignalFixture.WideS - 0.12, SignalFixture.WideS + 0.12);
        Assert.True(why.Values[top] > 0.2);
        // Nothing of what is further away than a QRS speaks for it.
        Assert.All(why.Values.Index().Where(value => Math.Abs(why.StartS + ((value.Index + 0.5) * why.StepS) - SignalFixture.WideS) > 0.4), value => Assert.True(value.Item < why.Values[top] / 4));
        Assert.Equal(1, shares[^1]);
    }

    [Fact]
    public void Why_a_detector_of_tall_waves_says_so_lies_on_the_tallest()
    {
        var lead = MadeUp.Lead(250, 10, 1);
        lead.Mv[1000] = 5;
        var values = Occlusion.Of(lead, 0, 10, variants => [.. variants.Select(variant => (double)variant.Mv.Max())], null, Ct);
        Assert.Equal(250, values.Length);
        Assert.All(values.Index(), value => Assert.Equal(Math.Abs(((value.Index + 0.5) * Occlusion.StepS) - 4) < 0.08 ? 3.8 : 0, value.Item, 0.05));
    }

    [Fact]
    public void Why_a_strip_has_its_class_is_told_over_the_models_window()
    {
        var why = new SignalAttribution(fixture.Models).OfStrip("rhythm", SignalFixture.Strip, "pvc", 0, null, Ct);
        Assert.Equal((250, 0.0), (why.Values.Count, why.StartS));
        // The hand-made model counts area: the wide beat has most.
        Assert.InRange((why.Values.Index().MaxBy(value => value.Item).Index + 0.5) * why.StepS, SignalFixture.WideS - 0.1, SignalFixture.WideS + 0.1);
        Assert.Throws<ArgumentException>(() => new SignalAttribution(fixture.Models).OfStrip("rhythm", SignalFixture.Strip, "sinus", 0, null, Ct));
        Assert.Throws<ArgumentException>(() => new SignalAttribution(fixture.Models).OfBeat("beats", SignalFixture.Strip, 4.2, null, null, Ct));
    }

    [Fact]
    public void It_stops_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        var told = new Told([], stop);
        Assert.ThrowsAny<OperationCanceledException>(() => new SignalAttribution(fixture.Models).OfStrip("rhythm", SignalFixture.Strip, null, 0, told, stop.Token));
    }

    [Fact]
    public void A_gap_stays_a_gap_where_the_trace_is_levelled()
    {
        var lead = new LeadSignal("II", 100, [.. Enumerable.Range(0, 100).Select(i => i is > 45 and < 52 ? float.NaN : i % 7)]);
        var without = Occlusion.Without(lead, 0.5);
        Assert.Equal(lead.Mv.Select(float.IsNaN), without.Mv.Select(float.IsNaN));
        Assert.Equal(lead.Mv[..40], without.Mv[..40]);
        Assert.NotEqual(lead.Mv[44], without.Mv[44]);
    }

    private sealed class Told(List<double> shares, CancellationTokenSource? stop = null) : IProgress<double>
    {
        public void Report(double value)
        {
            shares.Add(value);
            stop?.Cancel();
        }
    }
}

using EcgImageWeb.Signal.Delineation;
using EcgImageWeb.Signal.Detection;
using EcgImageWeb.Signal.Measurements;

namespace EcgImageWeb.Signal.Tests.Measurements;

public class EcgIntervalsTests
{
    [Fact]
    public void Measures_beats_by_hand()
    {
        BeatWaves Beat(int r) => new(new(r - 80, r - 60, r - 45), new(r - 20, r, r + 25), new(r + 100, r + 140, r + 170));
        var intervals = EcgIntervals.Of([Beat(1000), Beat(1320), Beat(1640)], 500);
        Assert.Equal((93.75, 640.0), (intervals.HeartRateBpm!.Value, intervals.RrMs!.Value));
        Assert.Equal((120.0, 90.0, 380.0), (intervals.PrMs!.Value, intervals.QrsMs!.Value, intervals.QtMs!.Value));
        Assert.Equal(475, intervals.QtcBazettMs!.Value, 9);
        Assert.Equal(380 / Math.Cbrt(0.64), intervals.QtcFridericiaMs!.Value, 9);
    }

    [Fact]
    public void Tells_nothing_that_is_not_there()
    {
        Assert.Equal(new EcgIntervals(null, null, null, null, null, null, null), EcgIntervals.Of([], 500));
        var single = EcgIntervals.Of([new(null, new(100, 120, 150), null)], 500);
        Assert.Null(single.HeartRateBpm);
        Assert.Null(single.PrMs);
        Assert.Null(single.QtcBazettMs);
        Assert.Equal(100, single.QrsMs);
    }

    [Fact]
    public void Measures_a_made_up_lead()
    {
        var lead = MadeUp.Lead(500, 10, 0.8);
        var intervals = EcgIntervals.Of(WaveDelineator.Delineate(lead, RPeakDetector.Detect(lead)), 500);
        Assert.Equal(75, intervals.HeartRateBpm!.Value, 0.1);
        // P begins 2.5 sigma before its middle, at -0.21 s; Q at -0.05 s; T ends at 0.38 s.
        Assert.Equal(160, intervals.PrMs!.Value, 25.0);
        Assert.Equal(105, intervals.QrsMs!.Value, 20.0);
        Assert.Equal(430, intervals.QtMs!.Value, 30.0);
    }
}

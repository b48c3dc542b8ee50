using EcgImageWeb.Signal.Delineation;
using EcgImageWeb.Signal.Detection;
using EcgImageWeb.Signal.Filtering;

namespace EcgImageWeb.Signal.Tests.Filtering;

public class PacingSpikesTests
{
    private const double RateHz = 500;

    [Theory]
    [InlineData(-0.7), InlineData(0.5)]
    public void A_spike_before_the_QRS_is_no_part_of_it(double spikeMv)
    {
        var lead = MadeUp.Lead(RateHz, 10, 0.8);
        var rPeaks = RPeakDetector.Detect(lead);
        var without = WaveDelineator.Delineate(lead, rPeaks);
        foreach (var r in rPeaks)
        {
            lead.Mv[r - 33] += (float)spikeMv;
            lead.Mv[r - 32] += (float)(0.3 * spikeMv);
        }
        var with = WaveDelineator.Delineate(lead, rPeaks);
        Assert.All(without.Zip(with).Skip(1), pair => Assert.InRange(pair.Second.Qrs.Onset - pair.First.Qrs.Onset, -2, 2));
    }

    [Theory]
    [InlineData(RateHz), InlineData(1000)]
    public void Waves_are_left_as_they_are(double rateHz)
    {
        var lead = MadeUp.Lead(rateHz, 10, 0.8);
        Assert.Equal(lead.Mv, PacingSpikes.Bridge(lead.Mv, rateHz));
    }

    [Fact]
    public void Slow_leads_and_short_ones_are_left_as_they_are()
    {
        var spike = new float[100];
        spike[50] = 1;
        Assert.Equal(spike, PacingSpikes.Bridge(spike, 250));
        Assert.NotEqual(spike, PacingSpikes.Bridge(spike, RateHz));
        Assert.Equal(new float[12], PacingSpikes.Bridge(new float[12], RateHz));
        Assert.Empty(PacingSpikes.Bridge([], RateHz));
    }
}

using EcgImageWeb.Signal.Filtering;

namespace EcgImageWeb.Signal.Tests.Filtering;

public class ResamplerTests
{
    [Theory]
    [InlineData(360, 500), InlineData(500, 360), InlineData(500, 200), InlineData(257, 500), InlineData(300, 360), InlineData(100, 500), InlineData(204.918, 500)]
    public void A_sine_stays_the_same_sine(double fromHz, double toHz)
    {
        float Wave(double timeS) => (float)(0.5 + Math.Sin(2 * Math.PI * 7 * timeS));
        var samples = Enumerable.Range(0, (int)(10 * fromHz)).Select(i => Wave(i / fromHz)).ToArray();
        var resampled = Resampler.Resample(samples, fromHz, toHz);
        Assert.InRange(resampled.Length, 10 * toHz - 10, 10 * toHz + 1);
        for (var i = (int)toHz; i < 9 * toHz; i++)
            Assert.Equal(Wave(i / toHz), resampled[i], 3e-3f);
    }

    [Fact]
    public void What_the_new_rate_cannot_hold_is_gone_instead_of_folded_down()
    {
        var samples = Enumerable.Range(0, 5000).Select(i => (float)Math.Sin(2 * Math.PI * 180 * i / 500.0)).ToArray();
        Assert.All(Resampler.Resample(samples, 500, 200)[200..1800], value => Assert.InRange(value, -0.01f, 0.01f));
    }

    [Fact]
    public void A_level_stays_level_to_the_very_ends()
    {
        var resampled = Resampler.Resample(Enumerable.Repeat(1.25f, 360).ToArray(), 360, 500);
        Assert.Equal(500, resampled.Length);
        Assert.All(resampled, value => Assert.Equal(1.25f, value, 1e-5f));
    }

    [Fact]
    public void A_gap_stays_a_gap_of_the_same_time()
    {
        var samples = Enumerable.Repeat(1f, 1000).ToArray();
        Array.Fill(samples, float.NaN, 400, 100);
        var resampled = Resampler.Resample(samples, 250, 500);
        Assert.Equal(Enumerable.Range(799, 201), Enumerable.Range(0, 2000).Where(i => float.IsNaN(resampled[i])));
        Assert.Equal(1f, resampled[700], 1e-5f);
    }
}

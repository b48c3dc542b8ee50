using EcgImageWeb.Signal.Filtering;

namespace EcgImageWeb.Signal.Tests.Filtering;

public class WaveletDenoiserTests
{
    [Theory]
    [InlineData(1), InlineData(500), InlineData(777)]
    public void Without_threshold_gives_the_signal_back(int length)
    {
        var random = new Random(1);
        var samples = Enumerable.Range(0, length).Select(_ => (float)random.NextDouble()).ToArray();
        var again = WaveletDenoiser.Denoise(samples, level: 4, thresholdFactor: 0);
        for (var i = 0; i < length; i++)
            Assert.Equal(samples[i], again[i], 1e-5f);
    }

    [Fact]
    public void Takes_most_of_white_noise_from_a_slow_signal()
    {
        var random = new Random(2);
        var clean = Enumerable.Range(0, 3600).Select(i => (float)Math.Sin(2 * Math.PI * 1.3 * i / 360.0)).ToArray();
        var noisy = clean.Select(value => value + 0.1f * (float)MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1)).ToArray();
        double Error(float[] samples) => Math.Sqrt(samples.Select((value, i) => Math.Pow(value - clean[i], 2)).Average());
        var denoised = WaveletDenoiser.Denoise(noisy);
        Assert.True(Error(denoised) < 0.45 * Error(noisy), $"{Error(noisy):F4} to {Error(denoised):F4} mV");
    }

    [Fact]
    public void Gaps_stay_gaps() => Assert.True(float.IsNaN(WaveletDenoiser.Denoise([1, 1, float.NaN, 1, 1])[2]));
}

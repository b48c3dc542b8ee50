using EcgImageWeb.Signal.Measures;

namespace EcgImageWeb.Signal.Tests.Measures;

public class Cinc2024SnrTests
{
    private static readonly LeadSignal Truth = MadeUp.Lead(250, 6, 0.8);

    private static readonly LeadSignal Noisy = Truth with { Mv = [.. Noise().Zip(Truth.Mv, (noise, value) => value + noise)] };

    private static IEnumerable<float> Noise()
    {
        var random = new Random(1);
        while (true)
            yield return 0.02f * (float)MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
    }

    [Fact]
    public void Noise_of_known_energy_gives_the_SNR_by_hand()
    {
        // The images have cells of 6 µV and of one sample: the alignment may be wrong by some of either.
        Assert.Equal(10 * Math.Log10(Truth.Mv.Average(value => value * value) / 4e-4), Cinc2024Snr.Of(Truth, Noisy), 1.0);
    }

    [Fact]
    public void A_shift_within_half_a_second_and_one_mV_is_taken_back()
    {
        var moved = MadeUp.Lead(250, 6, 0.8, 0.5 + 0.4);
        moved = moved with { Mv = Array.ConvertAll(moved.Mv, value => value - 0.5f) };
        Assert.True(Cinc2024Snr.Of(Truth, moved) > 20);
    }

    [Fact]
    public void A_shift_of_more_than_one_mV_is_not_accepted() =>
        Assert.True(Cinc2024Snr.Of(Truth, Truth with { Mv = Array.ConvertAll(Truth.Mv, value => value - 1.5f) }) < 0);

    [Fact]
    public void The_share_of_covered_samples_multiplies()
    {
        var half = Noisy with { Mv = [.. Noisy.Mv.Select((value, i) => i < 750 ? value : float.NaN)] };
        Assert.Equal(Cinc2024Snr.Of(Truth, Noisy) / 2, Cinc2024Snr.Of(Truth, half), 1.0);
        Assert.Equal(0, Cinc2024Snr.Of(Truth, Truth with { Mv = [] }));
    }
}

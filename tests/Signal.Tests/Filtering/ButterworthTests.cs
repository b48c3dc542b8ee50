using EcgImageWeb.Signal.Filtering;

namespace EcgImageWeb.Signal.Tests.Filtering;

public class ButterworthTests
{
    // scipy 1.10, butter(order, cutoff, type, fs=360, output='sos'): sosfiltfilt and sosfilt of Signal() at samples 0, 50, 100, 199.
    public static TheoryData<bool, int, double, double[], double[]> Scipy => new()
    {
        { false, 3, 40, [0.301314539, 0.887515117, -0.707951354, -0.496037021], [0.007086852, 1.047725721, -0.560968052, 0.024032595] },
        { true, 4, 0.5, [-0.16006222, 0.164214092, -1.590957494, 0.252349034], [0.29659884, -0.044960268, -1.126298475, -1.167956454] },
        { false, 1, 20, [0.280470858, 0.877694458, -0.674780645, -0.495995037], [0.044968869, 1.069389051, -0.674432236, -0.170219969] },
        { true, 2, 5, [-0.120438812, 0.021464657, -0.327120834, -0.070568768], [0.282047089, -0.388034406, 0.011204267, -0.379329473] },
    };

    [Theory]
    [MemberData(nameof(Scipy))]
    public void Filters_as_scipy_does(bool isHighPass, int order, double cutoffHz, double[] zeroPhase, double[] forward)
    {
        var filter = isHighPass ? Butterworth.HighPass(order, cutoffHz, 360) : Butterworth.LowPass(order, cutoffHz, 360);
        Close(zeroPhase, filter.ApplyZeroPhase(Signal()));
        Close(forward, filter.Apply(Signal()));
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(5), InlineData(8)]
    public void Has_3_dB_at_the_cutoff_and_falls_by_6_dB_an_octave_and_order(int order)
    {
        var low = Butterworth.LowPass(order, 10, 1000);
        Assert.Equal(Math.Sqrt(0.5), low.Response(10, 1000).Magnitude, 9);
        Assert.Equal(1, low.Response(0, 1000).Magnitude, 9);
        Assert.Equal(6.02 * order, 20 * Math.Log10(low.Response(50, 1000).Magnitude / low.Response(100, 1000).Magnitude), 0.5 * order);
        var high = Butterworth.HighPass(order, 10, 1000);
        Assert.Equal(Math.Sqrt(0.5), high.Response(10, 1000).Magnitude, 9);
        Assert.Equal(1, high.Response(500, 1000).Magnitude, 9);
    }

    [Fact]
    public void Zero_phase_leaves_a_slow_wave_where_it_is_and_takes_the_hum_away()
    {
        var clean = Enumerable.Range(0, 3600).Select(i => (float)Math.Sin(2 * Math.PI * 2 * i / 360.0)).ToArray();
        var noisy = clean.Select((value, i) => value + (float)Math.Sin(2 * Math.PI * 60 * i / 360.0)).ToArray();
        var filtered = Butterworth.LowPass(4, 20, 360).ApplyZeroPhase(noisy);
        for (var i = 360; i < 3240; i++)
            Assert.Equal(clean[i], filtered[i], 2e-3f);
    }

    [Fact]
    public void Filters_each_run_between_gaps_by_itself()
    {
        float[] samples = [.. Signal().AsSpan(0, 80), float.NaN, float.NaN, .. Signal().AsSpan(0, 80)];
        var filtered = Butterworth.HighPass(2, 5, 360).ApplyZeroPhase(samples);
        Assert.True(float.IsNaN(filtered[80]) && float.IsNaN(filtered[81]));
        Assert.Equal(filtered[..80], filtered[82..]);
        Assert.DoesNotContain(float.NaN, filtered[..80]);
    }

    [Theory]
    [InlineData(0, 10), InlineData(2, 0), InlineData(2, 180), InlineData(2, double.NaN)]
    public void Refuses_an_impossible_order_or_cutoff(int order, double cutoffHz) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Butterworth.LowPass(order, cutoffHz, 360));

    private static float[] Signal() =>
        [.. Enumerable.Range(0, 200).Select(i => (float)(Math.Sin(.05 * i) + .3 * Math.Cos(.9 * i) + .1 * (i % 7)))];

    private static void Close(double[] expected, float[] actual)
    {
        int[] at = [0, 50, 100, 199];
        for (var i = 0; i < at.Length; i++)
            Assert.Equal(expected[i], actual[at[i]], 2e-6);
    }
}

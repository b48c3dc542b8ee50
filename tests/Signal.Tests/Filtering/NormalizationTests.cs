using EcgImageWeb.Signal.Filtering;

namespace EcgImageWeb.Signal.Tests.Filtering;

public class NormalizationTests
{
    [Fact]
    public void Eq_1_of_SEVGGNet_by_hand() =>
        Assert.Equal([-1.3416408f, -0.4472136f, 0.4472136f, 1.3416408f], Normalization.ZScore([1, 2, 3, 4]));

    [Fact]
    public void Min_max_by_hand() => Assert.Equal([0f, 0.25f, 1f], Normalization.MinMax([-1, 0, 3]));

    [Fact]
    public void Gaps_do_not_count_and_stay()
    {
        Assert.Equal([-1f, float.NaN, 1f], Normalization.ZScore([3, float.NaN, 5]));
        Assert.Equal([0f, float.NaN, 1f], Normalization.MinMax([3, float.NaN, 5]));
    }

    [Fact]
    public void A_flat_signal_becomes_zero()
    {
        Assert.Equal([0f, 0f], Normalization.ZScore([2, 2]));
        Assert.Equal([0f, 0f], Normalization.MinMax([2, 2]));
    }
}

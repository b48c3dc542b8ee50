using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class TensorTests : TorchTest
{
    [Fact]
    public void Keeps_the_values_and_the_shape_it_was_made_from()
    {
        using var t = tensor(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);
        Assert.Equal([2L, 3], t.shape);
        Assert.Equal(float32, t.dtype);
        Assert.Equal(6, t.numel());
        Assert.Equal([1f, 2, 3, 4, 5, 6], t.data<float>().ToArray());
        Assert.Equal(6f, t[1, 2].item<float>());
    }
}

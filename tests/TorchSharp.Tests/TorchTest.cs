using static TorchSharp.torch;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace TorchSharp.Tests;

/// <summary>Every test runs in a dispose scope and leaves as many native tensors behind as it found.</summary>
public abstract class TorchTest : IDisposable
{
    private readonly long _before;
    private readonly DisposeScope _scope;

    protected TorchTest()
    {
        // What a finalizer of an earlier test still holds would blur the count.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        _before = Native.ecgth_live_tensors();
        _scope = NewDisposeScope();
        random.manual_seed(1);
    }

    public void Dispose()
    {
        _scope.Dispose();
        Assert.Equal(_before, Native.ecgth_live_tensors());
        GC.SuppressFinalize(this);
    }

    protected static float[] Values(Tensor tensor) => tensor.detach().cpu().to(float32).data<float>().ToArray();

    protected static void Near(float[] expected, Tensor actual, double tolerance = 1e-5)
    {
        var values = Values(actual);
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.Equal(expected[i], values[i], tolerance);
    }
}

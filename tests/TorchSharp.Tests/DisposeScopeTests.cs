using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class DisposeScopeTests : TorchTest
{
    [Fact]
    public void Disposes_what_was_made_in_it()
    {
        Tensor inner;
        using (var scope = NewDisposeScope())
        {
            inner = ones(1) + 1;
            Assert.Equal(2, scope.DisposablesCount);
            Assert.True(scope.Contains(inner));
        }
        Assert.True(inner.IsInvalid);
    }

    [Fact]
    public void A_tensor_moved_out_lives_until_the_outer_scope_ends()
    {
        Tensor kept;
        using (var outer = NewDisposeScope())
        {
            using (NewDisposeScope())
                kept = ones(1).MoveToOuterDisposeScope();
            Assert.False(kept.IsInvalid);
            Assert.True(outer.Contains(kept));
        }
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void A_detached_tensor_belongs_to_whoever_detached_it()
    {
        Tensor kept;
        using (NewDisposeScope())
            kept = ones(1).DetachFromDisposeScope();
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void A_tensor_disposed_early_leaves_its_scope()
    {
        using var scope = NewDisposeScope();
        ones(1).Dispose();
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void All_but_some_are_disposed_midway()
    {
        using var scope = NewDisposeScope();
        var kept = ones(1);
        var dropped = ones(1);
        scope.DisposeEverythingBut(kept);
        Assert.False(kept.IsInvalid);
        Assert.True(dropped.IsInvalid);
    }

    [Fact]
    public void Scopes_may_end_in_any_order()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        var tensor = ones(1);
        outer.Dispose();
        Assert.Same(inner, CurrentDisposeScope);
        Assert.False(tensor.IsInvalid);
        inner.Dispose();
        Assert.True(tensor.IsInvalid);
    }

    [Fact]
    public void A_tensor_attached_to_a_scope_ends_with_it()
    {
        Tensor attached;
        using (var scope = NewDisposeScope())
        {
            attached = ones(1).DetachFromDisposeScope();
            Assert.Same(attached, scope.Attach(attached));
        }
        Assert.True(attached.IsInvalid);
    }

    [Fact]
    public void A_wrapped_expression_keeps_only_its_result()
    {
        using var scope = NewDisposeScope();
        Near([6], WrappedTensorDisposeScope(() => (ones(1) + 1) * 3));
        Assert.InRange(scope.DisposablesCount, 1, 1 + 3);
    }

    [Fact]
    public void What_no_one_disposes_the_finalizer_frees()
    {
        var before = Native.ecgth_live_tensors();
        LoseOne();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(before, Native.ecgth_live_tensors());

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void LoseOne() => ones(1).DetachFromDisposeScope();
    }

    [Fact]
    public void Statistics_count_what_happens_in_scopes()
    {
        DisposeScopeManager.Statistics.Reset();
        using (NewDisposeScope())
        {
            ones(1);
            ones(1).DetachFromDisposeScope().Dispose();
        }
        Assert.Equal(2, DisposeScopeManager.Statistics.CreatedInScopeCount);
        Assert.Equal(1, DisposeScopeManager.Statistics.DisposedInScopeCount);
        Assert.Equal(1, DisposeScopeManager.Statistics.DetachedFromScopeCount);
    }
}

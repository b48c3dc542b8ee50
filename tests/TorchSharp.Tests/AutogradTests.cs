using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class AutogradTests : TorchTest
{
    [Fact]
    public void The_gradient_of_a_sum_of_squares_is_twice_the_input()
    {
        var x = tensor(new float[] { 1, -2, 3 }, requires_grad: true);
        (x * x).sum().backward();
        Near([2, -4, 6], x.grad!);
    }

    [Fact]
    public void Gradients_add_up_over_backward_passes()
    {
        var x = tensor(2f, requires_grad: true);
        (3 * x).backward();
        (4 * x).backward();
        Near([7], x.grad!);
        x.grad!.zero_();
        Near([0], x.grad!);
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void A_gradient_flows_through_matmul_relu_and_indexing()
    {
        var w = tensor(new float[,] { { 1, -1 }, { 2, 3 } }, requires_grad: true);
        var x = tensor(new float[] { 1, 2 });
        // w x = (-1, 8): only the second row passes the ReLU.
        w.matmul(x).relu().sum().backward();
        Near([0, 0, 1, 2], w.grad!);
        w.grad = null;
        (w[1] * 2).sum().backward();
        Near([0, 0, 2, 2], w.grad!);
    }

    [Fact]
    public void A_vector_is_differentiated_against_a_given_gradient()
    {
        var x = tensor(new float[] { 1, 2 }, requires_grad: true);
        (x * 3).backward([tensor(new float[] { 1, 10 })]);
        Near([3, 30], x.grad!);
    }

    [Fact]
    public void Nothing_is_recorded_without_grad()
    {
        var x = ones(1, requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
                Assert.True((x * 2).requires_grad);
        }
        Assert.True((x * 2).requires_grad);
        Assert.False(x.detach().requires_grad);
    }

    [Fact]
    public void Inference_mode_ends_with_its_scope()
    {
        using (inference_mode())
            Assert.True(is_inference_mode_enabled());
        Assert.False(is_inference_mode_enabled());
    }

    [Fact]
    public void A_second_backward_pass_needs_the_graph_to_be_kept()
    {
        var x = tensor(2f, requires_grad: true);
        var y = x * x;
        y.backward(retain_graph: true);
        y.backward();
        Near([8], x.grad!);
        Assert.Throws<ExternalException>(() => y.backward());
    }
}

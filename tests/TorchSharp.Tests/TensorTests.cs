using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class TensorTests : TorchTest
{
    [Fact]
    public void Keeps_the_values_and_the_shape_it_was_made_from()
    {
        var t = tensor(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);
        Assert.Equal([2L, 3], t.shape);
        Assert.Equal(float32, t.dtype);
        Assert.Equal(6, t.numel());
        Assert.Equal([1f, 2, 3, 4, 5, 6], t.data<float>().ToArray());
        Assert.Equal(6f, t[1, 2].item<float>());
    }

    [Fact]
    public void Is_a_copy_of_the_array()
    {
        var array = new long[] { 1, 2 };
        var t = tensor(array);
        array[0] = 9;
        Assert.Equal([1L, 2], t.data<long>().ToArray());
    }

    [Fact]
    public void Is_made_from_arrays_of_several_dimensions_and_types()
    {
        Assert.Equal([2L, 2], tensor(new double[,] { { 1, 2 }, { 3, 4 } }).shape);
        Assert.Equal([1L, 2, 2, 1], tensor(new float[1, 2, 2, 1]).shape);
        Assert.Equal(@bool, tensor(new[] { true, false }).dtype);
        Assert.Equal(uint8, tensor(new byte[] { 1, 255 }).dtype);
        Assert.Equal([1f, 255], tensor(new byte[] { 1, 255 }, float32).data<float>().ToArray());
        Assert.Equal(int64, tensor(5L).dtype);
        Assert.Empty(tensor(5L).shape);
    }

    [Fact]
    public void Refuses_a_shape_that_the_array_does_not_fill() =>
        Assert.Throws<ArgumentException>(() => tensor(new float[] { 1, 2, 3 }, [2, 2]));

    [Fact]
    public void Factories_fill_as_they_say()
    {
        Near([0, 0], zeros(2));
        Near([1, 1, 1, 1], ones(2, 2));
        Near([7, 7], full([2], 7.0f));
        Assert.Equal([0L, 1, 2], arange(3).data<long>().ToArray());
        Near([0, 0.5f, 1], arange(0.0, 1.5, 0.5));
        Near([0, 0.5f, 1], linspace(0, 1, 3));
        Near([1, 0, 0, 1], eye(2));
        Assert.Equal([0L, 1, 2, 3], randperm(4).data<long>().ToArray().Order());
        Assert.All(randint(2, 5, [100]).data<long>().ToArray(), v => Assert.InRange(v, 2, 4));
        Assert.Equal([3L, 4], zeros_like(rand(3, 4)).shape);
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        manual_seed(7);
        var first = Values(randn(5));
        manual_seed(7);
        Assert.Equal(first, Values(randn(5)));
        Assert.NotEqual(first, Values(randn(5)));
    }

    [Fact]
    public void Computes_with_tensors_and_numbers()
    {
        var t = tensor(new float[] { 1, 2, 3 });
        Near([2, 4, 6], t + t);
        Near([0, 1, 2], t - 1);
        Near([3, 2, 1], 4 - t);
        Near([0.5f, 1, 1.5f], t / 2);
        Near([6, 3, 2], 6.0 / t);
        Near([-1, -2, -3], -t);
        Near([1, 4, 9], t.pow(2));
        Near([1, 2, 2], t.clamp(max: 2));
        Near([6], t.sum());
        Near([2], t.mean());
        Near([1], t.std());
        Near([14], t.dot(t));
        Assert.Equal([false, true, true], (t > 1).data<bool>().ToArray());
        Assert.Equal(2L, t.argmax().ToInt64());
        Assert.Equal(3f, t.max().ToSingle());
        Near([3.7416575f], t.norm());
        Near([0.09003057f, 0.24472848f, 0.66524094f], t.softmax(0));
    }

    [Fact]
    public void Changes_in_place_and_answers_itself()
    {
        var t = tensor(new float[] { 1, 2 });
        Assert.Same(t, t.add_(1).mul_(2));
        Near([4, 6], t);
        Near([5, 8], t.addcmul_(ones(2), tensor(new float[] { 1, 2 }), 1));
        Near([0, 0], t.zero_());
    }

    [Fact]
    public void Is_reshaped_and_reordered()
    {
        var t = arange(6).reshape(2, 3);
        Assert.Equal([3L, 2], t.transpose(0, 1).shape);
        Assert.Equal([0L, 3, 1, 4, 2, 5], t.transpose(0, 1).data<long>().ToArray());
        Assert.Equal([0L, 3, 1, 4, 2, 5], t.permute(1, 0).contiguous().data<long>().ToArray());
        Assert.Equal([1L, 2, 3], t.unsqueeze(0).shape);
        Assert.Equal([2L, 3], t.unsqueeze(0).squeeze(0).shape);
        Assert.Equal([6L], t.flatten().shape);
        Assert.Equal([2L, 1, 0, 5, 4, 3], t.flip(1).data<long>().ToArray());
        Assert.Equal([2L, 0, 1, 5, 3, 4], t.roll(1, 1).data<long>().ToArray());
        Assert.Equal([4L, 3], t.repeat(2, 1).shape);
        Assert.Equal([5L, 2, 3], t.expand(5, 2, 3).shape);
        Assert.Equal([4L, 3], cat([t, t]).shape);
        Assert.Equal([2L, 2, 3], stack([t, t]).shape);
        Assert.Equal([1L, 2], t.narrow(1, 1, 2)[0].data<long>().ToArray());
        Assert.Equal([1L, 1, 1], t.split(1, 1).Select(p => p.size(1)));
    }

    [Fact]
    public void Is_indexed_by_numbers_ranges_masks_and_tensors()
    {
        var t = arange(12).reshape(3, 4);
        Assert.Equal(6L, t[1, 2].ToInt64());
        Assert.Equal([4L, 5, 6, 7], t[1].data<long>().ToArray());
        Assert.Equal([5L, 6], t[1, 1..3].data<long>().ToArray());
        Assert.Equal([8L, 9, 10, 11], t[-1].data<long>().ToArray());
        Assert.Equal([2L, 6, 10], t[TensorIndex.Ellipsis, 2].data<long>().ToArray());
        Assert.Equal([0L, 2, 8, 10], t[TensorIndex.Slice(step: 2), TensorIndex.Slice(step: 2)].data<long>().ToArray());
        Assert.Equal([1L, 3, 4], t[TensorIndex.None].shape);
        Assert.Equal([9L, 10, 11], t[t > 8].data<long>().ToArray());
        Assert.Equal([3L, 11], t[tensor(new long[] { 0, 2 }), 3].data<long>().ToArray());
        Assert.Equal([1L, 3, 5, 7, 9, 11], t[TensorIndex.Colon, tensor(new long[] { 1, 3 })].data<long>().ToArray());
    }

    [Fact]
    public void Is_assigned_through_an_index()
    {
        var t = zeros(2, 3);
        t[0] = ones(3);
        t[1, 1..3] = tensor(5f);
        t[t == 1] = tensor(2f);
        Near([2, 2, 2, 0, 5, 5], t);
    }

    [Fact]
    public void Sorts_and_selects()
    {
        var t = tensor(new float[] { 3, 1, 2 });
        var (values, indices) = t.sort(descending: true);
        Near([3, 2, 1], values);
        Assert.Equal([0L, 2, 1], indices.data<long>().ToArray());
        Near([3, 2], t.topk(2).values);
        Near([4, 6], t.cumsum(0)[1..3]);
        Near([2, 3], t.index_select(0, tensor(new long[] { 2, 0 })));
        Near([0, 1, 0], where(t > 1, zeros(3), ones(3)));
        Near([-1, 1, -1], t.masked_fill(t > 1, -1));
        var (largest, at) = tensor(new float[,] { { 1, 5 }, { 7, 2 } }).max(1);
        Near([5, 7], largest);
        Assert.Equal([1L, 0], at.data<long>().ToArray());
    }

    [Fact]
    public void Gives_its_elements_in_the_order_of_its_shape_even_as_a_view()
    {
        var view = arange(24).reshape(2, 3, 4)[TensorIndex.Colon, 1, 1..3];
        var accessor = view.data<long>();
        Assert.Equal([5L, 6, 17, 18], accessor.ToArray());
        Assert.Equal(17L, accessor[1, 0]);
        Assert.Equal(18L, accessor[3]);
        accessor[1, 1] = -1;
        Assert.Equal([5L, 6, 17, -1], accessor.ToArray());
        Assert.Equal(new long[,] { { 5, 6 }, { 17, -1 } }, accessor.ToNDArray());
        Assert.Throws<ArgumentException>(() => view.data<float>());
    }

    [Fact]
    public void Raw_bytes_are_read_and_written()
    {
        var t = zeros(2);
        t.bytes = MemoryMarshal.AsBytes(new float[] { 1, 2 }.AsSpan());
        Near([1, 2], t);
        Assert.Equal(8, t.bytes.Length);
        Assert.Throws<ArgumentException>(() => t.bytes = new byte[4]);
    }

    [Fact]
    public void The_engines_error_becomes_an_exception_with_its_message()
    {
        var error = Assert.Throws<ExternalException>(() => ones(2, 3).matmul(ones(2, 3)));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_tensor_says_so()
    {
        var t = ones(1);
        t.Dispose();
        Assert.True(t.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => t + 1);
        t.Dispose();
    }

    [Fact]
    public void Without_a_GPU_cuda_is_not_available_and_a_move_there_is_refused()
    {
        Assert.SkipWhen(cuda.is_available(), "This machine has a GPU.");
        Assert.Equal(0, cuda.device_count());
        Assert.Throws<InvalidOperationException>(() => ones(1).cuda());
        Assert.Throws<InvalidOperationException>(() => zeros(1, device: CUDA));
    }

    [Fact]
    public void A_GPU_computes_what_the_CPU_does()
    {
        Assert.SkipUnless(cuda.is_available(), "This machine has no GPU.");
        var t = randn(8, 8);
        Assert.True(t.matmul(t).allclose(t.cuda().matmul(t.cuda()).cpu(), 1e-4, 1e-4));
    }

    [Fact]
    public void The_number_of_threads_is_settable()
    {
        var before = get_num_threads();
        set_num_threads(2);
        Assert.Equal(2, get_num_threads());
        set_num_threads(before);
    }

    [Fact]
    public void Devices_are_named_as_they_are_written()
    {
        Assert.Equal(DeviceType.CUDA, device("cuda:1").type);
        Assert.Equal(1, device("cuda:1").index);
        Assert.Equal(CPU, ones(1).device);
        Assert.Throws<ArgumentException>(() => device("abacus"));
    }
}

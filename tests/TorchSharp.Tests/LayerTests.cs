using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests;

public class LayerTests : TorchTest
{
    private static void Set(Tensor parameter, params float[] values)
    {
        using var noGrad = no_grad();
        parameter.copy_(tensor(values).reshape(parameter.shape));
    }

    [Fact]
    public void Linear_is_a_matrix_and_an_offset()
    {
        using var layer = Linear(2, 2);
        Set(layer.weight, 1, 2, 3, 4);
        Set(layer.bias!, 10, 20);
        Near([15, 31], layer.call(tensor(new float[] { 1, 2 })));
    }

    [Fact]
    public void Default_weights_lie_within_one_over_the_root_of_the_inputs()
    {
        using var layer = Linear(100, 50);
        Assert.All(Values(layer.weight), w => Assert.InRange(w, -0.1f, 0.1f));
        Assert.All(Values(layer.bias!), w => Assert.InRange(w, -0.1f, 0.1f));
        Assert.InRange(layer.weight.abs().max().ToSingle(), 0.09f, 0.1f);
        using var convolution = Conv2d(4, 8, 5);
        Assert.InRange(convolution.weight.abs().max().ToSingle(), 0.09f, 0.1f);
    }

    [Fact]
    public void Conv1d_slides_its_kernel()
    {
        using var layer = Conv1d(1, 1, 3, stride: 2, padding: 1);
        Set(layer.weight, 1, 2, 3);
        Set(layer.bias!, 1);
        // (0,1,2) (2,3,4) (4,5,0) times (1,2,3), plus 1
        Near([9, 21, 15], layer.call(arange(1, 6, dtype: float32).reshape(1, 1, 5)));
        using var wide = Conv1d(1, 1, 2, dilation: 2, bias: false);
        Set(wide.weight, 1, 1);
        Near([4, 6, 8], wide.call(arange(1, 6, dtype: float32).reshape(1, 1, 5)));
    }

    [Fact]
    public void Same_padding_keeps_the_length_and_other_modes_fill_otherwise()
    {
        using var even = Conv1d(1, 1, 4, Padding.Same, bias: false);
        Set(even.weight, 1, 1, 1, 1);
        // One zero in front, two behind.
        Near([6, 10, 9, 7], even.call(arange(1, 5, dtype: float32).reshape(1, 1, 4)));
        using var reflected = Conv1d(1, 1, 3, padding: 1, padding_mode: PaddingModes.Reflect, bias: false);
        Set(reflected.weight, 1, 0, 0);
        Near([2, 1, 2], reflected.call(arange(1, 4, dtype: float32).reshape(1, 1, 3)));
        using var image = Conv2d(1, 1, (3, 3), Padding.Same);
        Assert.Equal([1L, 1, 5, 7], image.call(ones(1, 1, 5, 7)).shape);
    }

    [Fact]
    public void Conv2d_and_its_groups()
    {
        using var layer = Conv2d(2, 2, 2, groups: 2, bias: false);
        Set(layer.weight, 1, 1, 1, 1, 2, 2, 2, 2);
        Near([4, 8], layer.call(ones(1, 2, 2, 2)));
        Assert.Throws<ArgumentException>(() => layer.call(ones(2, 2)));
    }

    [Fact]
    public void Transposed_convolutions_spread_their_input()
    {
        using var line = ConvTranspose1d(1, 1, 2, stride: 2, bias: false);
        Set(line.weight, 1, 10);
        Near([1, 10, 2, 20], line.call(tensor(new float[] { 1, 2 }).reshape(1, 1, 2)));
        using var image = ConvTranspose2d(3, 5, 2, stride: 2);
        Assert.Equal([1L, 5, 8, 6], image.call(ones(1, 3, 4, 3)).shape);
    }

    [Fact]
    public void Batch_norm_uses_the_batch_in_training_and_its_averages_after()
    {
        using var layer = BatchNorm1d(1, momentum: 0.5);
        var x = tensor(new float[] { 1, 3 }).reshape(2, 1);
        // Mean 2, biased variance 1, unbiased 2.
        Near([-1, 1], layer.call(x), 1e-4);
        Near([1], layer.running_mean!);
        Near([1.5f], layer.running_var!);
        Assert.Equal(1, layer.num_batches_tracked!.ToInt64());
        layer.eval();
        Near([0, (float)(2 / Math.Sqrt(1.5))], layer.call(x), 1e-4);
        Near([1], layer.running_mean!);
        Assert.Throws<ArgumentException>(() => layer.call(ones(1, 1, 1, 1)));
        using var image = BatchNorm2d(3);
        Assert.Equal(0, image.call(randn(4, 3, 5, 5)).mean().ToSingle(), 1e-5);
    }

    [Fact]
    public void Layer_and_group_norm_centre_each_sample()
    {
        using var layer = LayerNorm(4);
        Near([-1.3416355f, -0.4472118f, 0.4472118f, 1.3416355f], layer.call(arange(4, dtype: float32)), 1e-4);
        using var group = GroupNorm(2, 4);
        var normalized = group.call(randn(3, 4, 10)).reshape(3, 2, 20);
        Assert.True(normalized.mean([2]).abs().max().ToSingle() < 1e-5);
        Assert.Equal(1, normalized.std(2, unbiased: false).mean().ToSingle(), 1e-3);
    }

    [Fact]
    public void Dropout_scales_what_it_keeps_and_rests_in_evaluation()
    {
        using var layer = Dropout(0.25);
        var kept = Values(layer.call(ones(1000)));
        Assert.All(kept, v => Assert.True(v == 0 || Math.Abs(v - 4f / 3) < 1e-6));
        Assert.InRange(kept.Count(v => v == 0), 200, 300);
        layer.eval();
        Near([1, 1], layer.call(ones(2)));
        using var channels = Dropout2d(0.5);
        var sums = Values(channels.call(ones(1, 50, 2, 2)).sum(3).sum(2));
        Assert.All(sums, s => Assert.True(s is 0 or 8));
    }

    [Fact]
    public void Pools_take_the_largest_or_the_mean()
    {
        var x = tensor(new float[] { 1, 4, 2, 3, 9 }).reshape(1, 1, 5);
        using var largest = MaxPool1d(2);
        Near([4, 3], largest.call(x));
        using var ceiling = MaxPool1d(2, ceil_mode: true);
        Near([4, 3, 9], ceiling.call(x));
        using var mean = AvgPool1d(2);
        Near([2.5f, 2.5f], mean.call(x));
        using var one = AdaptiveAvgPool1d(1);
        Near([3.8f], one.call(x));
        using var best = AdaptiveMaxPool1d(1);
        Near([9], best.call(x));
        var image = arange(16, dtype: float32).reshape(1, 1, 4, 4);
        using var quarter = MaxPool2d(2);
        Near([5, 7, 13, 15], quarter.call(image));
        using var blurred = AvgPool2d(2);
        Near([2.5f, 4.5f, 10.5f, 12.5f], blurred.call(image));
        using var global = AdaptiveAvgPool2d((1, 1));
        Near([7.5f], global.call(image));
        using var row = MaxPool2d((1, 4));
        Near([3, 7, 11, 15], row.call(image));
    }

    [Fact]
    public void Upsampling_interpolates()
    {
        using var linear = Upsample(scale_factor: [2], mode: UpsampleMode.Linear, align_corners: false);
        Near([0, 0.25f, 0.75f, 1], linear.call(tensor(new float[] { 0, 1 }).reshape(1, 1, 2)));
        Near([0, 0.5f, 1], F.interpolate(tensor(new float[] { 0, 1 }).reshape(1, 1, 2), size: [3], mode: InterpolationMode.Linear, align_corners: true));
        using var nearest = Upsample(scale_factor: [2, 2]);
        Near([1, 1, 2, 2, 1, 1, 2, 2], nearest.call(tensor(new float[] { 1, 2 }).reshape(1, 1, 1, 2)));
        Assert.Equal([1L, 1, 7, 5], F.interpolate(ones(1, 1, 3, 3), size: [7, 5], mode: InterpolationMode.Bilinear).shape);
        Assert.Throws<ArgumentException>(() => F.interpolate(ones(1, 1, 3), size: [6], mode: InterpolationMode.Bilinear));
    }

    [Fact]
    public void Activations_are_their_formulas()
    {
        var x = tensor(new float[] { -1, 0, 2 });
        using var relu = ReLU();
        Near([0, 0, 2], relu.call(x));
        using var leaky = LeakyReLU(0.1);
        Near([-0.1f, 0, 2], leaky.call(x));
        using var silu = SiLU();
        Near([-0.26894143f, 0, 1.7615942f], silu.call(x));
        using var gelu = GELU();
        Near([-0.15865526f, 0, 1.9544997f], gelu.call(x));
        using var softmax = Softmax(0);
        Assert.Equal(1, softmax.call(x).sum().ToSingle(), 1e-6);
        using var inPlace = ReLU(inplace: true);
        inPlace.call(x);
        Near([0, 0, 2], x);
    }

    [Fact]
    public void Pad_and_one_hot_and_embedding()
    {
        Near([7, 1, 2, 7, 7], F.pad(tensor(new float[] { 1, 2 }), [1, 2], PaddingModes.Constant, 7));
        Near([2, 1, 2, 1], F.pad(tensor(new float[] { 1, 2 }).reshape(1, 2), [1, 1], PaddingModes.Reflect));
        Assert.Equal([0L, 0, 1], F.one_hot(tensor(new long[] { 2 }), 3).data<long>().ToArray());
        using var embedding = Embedding(4, 2, padding_idx: 0);
        var rows = embedding.call(tensor(new long[] { 0, 3 }));
        Near([0, 0], rows[0]);
        Assert.Equal(Values(embedding.weight[3]), Values(rows[1]));
    }

    [Fact]
    public void LSTM_follows_its_equations()
    {
        using var layer = LSTM(1, 1, batchFirst: true);
        Set(layer.get_parameter("weight_ih_l0")!, 0.1f, 0.2f, 0.3f, 0.4f);
        Set(layer.get_parameter("weight_hh_l0")!, 0.5f, 0.6f, 0.7f, 0.8f);
        Set(layer.get_parameter("bias_ih_l0")!, 0.01f, 0.02f, 0.03f, 0.04f);
        Set(layer.get_parameter("bias_hh_l0")!, 0, 0, 0, 0);
        double h = 0, c = 0;
        var expected = new List<float>();
        foreach (var x in new double[] { 1, -2, 3 })
        {
            // Gates in the order input, forget, cell, output.
            var i = Logistic(0.1 * x + 0.5 * h + 0.01);
            var f = Logistic(0.2 * x + 0.6 * h + 0.02);
            var g = Math.Tanh(0.3 * x + 0.7 * h + 0.03);
            var o = Logistic(0.4 * x + 0.8 * h + 0.04);
            c = f * c + i * g;
            h = o * Math.Tanh(c);
            expected.Add((float)h);
        }
        var (output, last, cell) = layer.call(tensor(new float[] { 1, -2, 3 }).reshape(1, 3, 1));
        Near([.. expected], output, 1e-6);
        Near([(float)h], last, 1e-6);
        Near([(float)c], cell, 1e-6);
    }

    [Fact]
    public void GRU_follows_its_equations()
    {
        using var layer = GRU(1, 1, batchFirst: true);
        Set(layer.get_parameter("weight_ih_l0")!, 0.1f, 0.2f, 0.3f);
        Set(layer.get_parameter("weight_hh_l0")!, 0.4f, 0.5f, 0.6f);
        Set(layer.get_parameter("bias_ih_l0")!, 0.01f, 0.02f, 0.03f);
        Set(layer.get_parameter("bias_hh_l0")!, 0.04f, 0.05f, 0.06f);
        double h = 0.5;
        var expected = new List<float>();
        foreach (var x in new double[] { 1, -2, 3 })
        {
            // Gates in the order reset, update, new.
            var r = Logistic(0.1 * x + 0.01 + 0.4 * h + 0.04);
            var z = Logistic(0.2 * x + 0.02 + 0.5 * h + 0.05);
            var n = Math.Tanh(0.3 * x + 0.03 + r * (0.6 * h + 0.06));
            h = (1 - z) * n + z * h;
            expected.Add((float)h);
        }
        var (output, last) = layer.call(tensor(new float[] { 1, -2, 3 }).reshape(1, 3, 1), full([1, 1, 1], 0.5f));
        Near([.. expected], output, 1e-6);
        Near([(float)h], last, 1e-6);
    }

    [Fact]
    public void RNN_follows_its_equation()
    {
        using var layer = RNN(1, 1, batchFirst: true);
        Set(layer.get_parameter("weight_ih_l0")!, 0.3f);
        Set(layer.get_parameter("weight_hh_l0")!, 0.6f);
        Set(layer.get_parameter("bias_ih_l0")!, 0.03f);
        Set(layer.get_parameter("bias_hh_l0")!, 0.06f);
        double h = 0.5;
        var expected = new List<float>();
        foreach (var x in new double[] { 1, -2, 3 })
        {
            h = Math.Tanh(0.3 * x + 0.03 + 0.6 * h + 0.06);
            expected.Add((float)h);
        }
        var (output, last) = layer.call(tensor(new float[] { 1, -2, 3 }).reshape(1, 3, 1), full([1, 1, 1], 0.5f));
        Near([.. expected], output, 1e-6);
        Near([(float)h], last, 1e-6);
    }

    [Fact]
    public void Recurrent_layers_stack_and_run_both_ways()
    {
        using var layer = LSTM(3, 5, numLayers: 2, bidirectional: true, dropout: 0.1);
        Assert.Equal(16, layer.named_parameters().Count());
        Assert.Equal([20L, 10], layer.get_parameter("weight_ih_l1_reverse")!.shape);
        var (output, h, c) = layer.call(randn(7, 2, 3));
        Assert.Equal([7L, 2, 10], output.shape);
        Assert.Equal([4L, 2, 5], h.shape);
        output.sum().backward();
        Assert.All(layer.parameters(), p => Assert.NotNull(p.grad));
    }

    [Fact]
    public void Cross_entropy_is_the_log_of_the_true_class_with_weights_and_smoothing()
    {
        var logits = tensor(new float[,] { { 1, 2, 3 }, { 1, 0, 0 } });
        var target = tensor(new long[] { 2, 0 });
        var first = -Math.Log(Math.Exp(3) / (Math.Exp(1) + Math.Exp(2) + Math.Exp(3)));
        var second = -Math.Log(Math.E / (Math.E + 2));
        Assert.Equal((first + second) / 2, F.cross_entropy(logits, target).ToDouble(), 1e-6);
        Assert.Equal(first + second, F.cross_entropy(logits, target, reduction: Reduction.Sum).ToDouble(), 1e-6);
        using var weighted = CrossEntropyLoss(tensor(new float[] { 3, 1, 1 }));
        Assert.Equal((first + 3 * second) / 4, weighted.call(logits, target).ToDouble(), 1e-6);
        var uniform = -Enumerable.Range(0, 3).Select(k => (double)logits.log_softmax(1)[0, k].ToSingle()).Average();
        var smooth = F.cross_entropy(logits[0..1], target[0..1], label_smoothing: 0.1).ToDouble();
        Assert.Equal(0.9 * first + 0.1 * uniform, smooth, 1e-6);
        var soft = tensor(new float[,] { { 0, 0.5f, 0.5f } });
        Assert.Equal((first + first + 1) / 2, F.cross_entropy(logits[0..1], soft).ToDouble(), 1e-6);
    }

    [Fact]
    public void Other_losses_are_their_formulas()
    {
        var x = tensor(new float[] { 0, 2 });
        var y = tensor(new float[] { 1, 1 });
        using var squared = MSELoss();
        Assert.Equal(1, squared.call(x, y).ToSingle(), 1e-6);
        using var absolute = L1Loss();
        Assert.Equal(1, absolute.call(x, y).ToSingle(), 1e-6);
        using var binary = BCEWithLogitsLoss();
        Assert.Equal((Math.Log(2) + Math.Log(1 + Math.Exp(-2))) / 2, binary.call(x, y).ToDouble(), 1e-6);
        using var weighted = BCEWithLogitsLoss(pos_weights: tensor(3f));
        Assert.Equal(3 * (Math.Log(2) + Math.Log(1 + Math.Exp(-2))) / 2, weighted.call(x, y).ToDouble(), 1e-5);
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}

using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

public class ModuleTests : TorchTest
{
    private sealed class Net : Module<Tensor, Tensor>
    {
        private readonly Conv1d conv = Conv1d(2, 4, 3);
        private readonly BatchNorm1d norm = BatchNorm1d(4);
        private readonly Module<Tensor, Tensor> head;
        private readonly Parameter scale = Parameter(ones(1));
        private readonly Tensor offset = zeros(1);

        public Net() : base("Net")
        {
            head = Sequential(("flat", Flatten()), ("drop", Dropout(0.9)), ("out", Linear(4 * 6, 3)));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            return (head.call(norm.call(conv.call(input)).relu()) * scale + offset).MoveToOuterDisposeScope();
        }
    }

    private sealed class TwoInputs : Module<Tensor, Tensor, Tensor>
    {
        public TwoInputs() : base(nameof(TwoInputs))
        {
        }

        public override Tensor forward(Tensor input1, Tensor input2) => input1 + input2;
    }

    [Fact]
    public void Registers_its_fields_by_their_names()
    {
        using var net = new Net();
        Assert.Equal(
            ["scale", "conv.weight", "conv.bias", "norm.weight", "norm.bias", "head.out.weight", "head.out.bias"],
            net.named_parameters().Select(p => p.name));
        Assert.Equal(
            ["offset", "norm.running_mean", "norm.running_var", "norm.num_batches_tracked"],
            net.named_buffers().Select(b => b.name));
        Assert.Equal(["conv", "norm", "head"], net.named_children().Select(c => c.name));
        Assert.Equal(["conv", "norm", "head", "head.flat", "head.drop", "head.out"], net.named_modules().Select(c => c.name));
        Assert.Equal(11, net.state_dict().Count);
        Assert.Equal([3L, 24], net.get_parameter("head.out.weight")!.shape);
        Assert.Throws<InvalidOperationException>(() => net.register_module("conv", Identity()));
    }

    [Fact]
    public void Training_and_evaluation_reach_every_submodule()
    {
        using var net = new Net();
        Assert.All(net.modules(), m => Assert.True(m.training));
        net.eval();
        Assert.All(net.modules(), m => Assert.False(m.training));
        var x = randn(5, 2, 8);
        Assert.Equal(Values(net.call(x)), Values(net.call(x)));
        net.train();
        Assert.NotEqual(Values(net.call(x)), Values(net.call(x)));
    }

    [Fact]
    public void Comes_back_from_a_file_as_it_was_saved()
    {
        using var net = new Net();
        using var other = new Net();
        net.call(randn(5, 2, 8));
        using var stream = new MemoryStream();
        net.save(stream);
        other.load(new MemoryStream(stream.ToArray()));
        foreach (var (name, value) in net.state_dict())
            Assert.Equal(Values(value), Values(other.state_dict()[name]));
        net.eval();
        other.eval();
        var x = randn(5, 2, 8);
        Assert.Equal(Values(net.call(x)), Values(other.call(x)));
    }

    [Fact]
    public void The_file_is_a_count_then_names_types_shapes_and_bytes()
    {
        using var linear = Linear(2, 1);
        using var stream = new MemoryStream();
        linear.save(stream);
        var expected = new List<byte> { 2, 6 };
        expected.AddRange("weight"u8);
        expected.AddRange([6, 2, 1, 2]);
        expected.AddRange(linear.weight.bytes);
        expected.Add(4);
        expected.AddRange("bias"u8);
        expected.AddRange([6, 1, 1]);
        expected.AddRange(linear.bias!.bytes);
        Assert.Equal(expected, stream.ToArray());
    }

    [Fact]
    public void Refuses_a_file_of_another_network()
    {
        using var linear = Linear(2, 1);
        using var larger = Linear(3, 1);
        using var net = new Net();
        using var stream = new MemoryStream();
        linear.save(stream);
        Assert.Throws<ArgumentException>(() => larger.load(new MemoryStream(stream.ToArray())));
        Assert.Throws<ArgumentException>(() => net.load(new MemoryStream(stream.ToArray())));
        var loaded = new Dictionary<string, bool>();
        net.load(new MemoryStream(stream.ToArray()), strict: false, loadedParameters: loaded);
        Assert.Equal(new Dictionary<string, bool> { ["weight"] = false, ["bias"] = false }, loaded);
    }

    [Fact]
    public void A_state_dict_is_copied_into_another_module()
    {
        using var from = Linear(2, 3);
        using var to = Linear(2, 3);
        to.load_state_dict(from.state_dict());
        Assert.Equal(Values(from.weight), Values(to.weight));
        using var unlike = Linear(4, 5);
        Assert.Throws<ExternalException>(() => unlike.load_state_dict(from.state_dict()));
        using var bare = Linear(2, 3, hasBias: false);
        Assert.Throws<InvalidOperationException>(() => bare.load_state_dict(from.state_dict()));
        Assert.Equal(["bias"], bare.load_state_dict(from.state_dict(), strict: false).unexpected_keyes);
    }

    [Fact]
    public void Changes_type_in_place()
    {
        using var net = new Net();
        var weight = net.get_parameter("head.out.weight")!;
        net.to(float64);
        Assert.Equal(float64, weight.dtype);
        Assert.True(weight.requires_grad);
        Assert.Equal(int64, net.get_buffer("norm.num_batches_tracked")!.dtype);
        Assert.Equal(float64, net.call(randn(2, 2, 8, dtype: float64)).dtype);
    }

    private class Base : Module<Tensor, Tensor>
    {
        private readonly Linear hidden = Linear(2, 2);

        protected Base() : base(nameof(Base))
        {
        }

        public override Tensor forward(Tensor input) => hidden.call(input);
    }

    private sealed class Derived : Base
    {
        public readonly Linear shown = Linear(2, 2);

        public Derived() => RegisterComponents();
    }

    [Fact]
    public void Fields_of_base_classes_are_registered_too()
    {
        using var derived = new Derived();
        Assert.Equal(["shown", "hidden"], derived.named_children().Select(c => c.name));
    }

    [Fact]
    public void Gradients_are_dropped_or_set_to_zero()
    {
        using var layer = Linear(2, 1);
        layer.call(ones(1, 2)).sum().backward();
        layer.zero_grad(set_to_none: false);
        Near([0, 0], layer.weight.grad!);
        layer.zero_grad();
        Assert.Null(layer.weight.grad);
    }

    [Fact]
    public void Takes_several_inputs()
    {
        using var module = new TwoInputs();
        Near([3], module.call(ones(1), full([1], 2f)));
    }

    [Fact]
    public void A_sequence_numbers_its_modules()
    {
        using var chain = Sequential(Linear(2, 2), ReLU(), Linear(2, 1));
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], chain.named_parameters().Select(p => p.name));
        using var none = Sequential();
        Near([1], none.call(ones(1)));
    }

    private sealed class Stack : Module<Tensor, Tensor>
    {
        public readonly ModuleList<Linear> layers = ModuleList(Linear(2, 2));

        public Stack() : base(nameof(Stack))
        {
            layers.Add(Linear(2, 1));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => layers.Aggregate(input, (x, layer) => layer.call(x));
    }

    [Fact]
    public void A_list_of_modules_is_registered_by_index()
    {
        using var stack = new Stack();
        Assert.Equal(["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"], stack.named_parameters().Select(p => p.name));
        Assert.Equal([3L, 1], stack.call(ones(3, 2)).shape);
    }
}

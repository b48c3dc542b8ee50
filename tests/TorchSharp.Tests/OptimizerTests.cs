using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests;

public class OptimizerTests : TorchTest
{
    private static Parameter Number(double value, ScalarType type = ScalarType.Float32) => Parameter(tensor(value).to(type).DetachFromDisposeScope());

    /// <summary>One step down the slope of half the square.</summary>
    private static void Descend(optim.Optimizer optimizer, Parameter parameter)
    {
        optimizer.zero_grad();
        using var scope = NewDisposeScope();
        (parameter * parameter / 2).backward();
        optimizer.step();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1, 0)]
    [InlineData(0, 0.1)]
    public void Adam_and_AdamW_follow_their_equations(double l2, double decoupled)
    {
        using var parameter = Number(1);
        using optim.Optimizer optimizer = decoupled > 0
            ? optim.AdamW([parameter], 0.1, 0.9, 0.99, weight_decay: decoupled)
            : optim.Adam([parameter], 0.1, 0.9, 0.99, weight_decay: l2);
        double x = 1, m = 0, v = 0;
        for (var t = 1; t <= 5; t++)
        {
            Descend(optimizer, parameter);
            var g = x + l2 * x;
            m = 0.9 * m + 0.1 * g;
            v = 0.99 * v + 0.01 * g * g;
            x -= 0.1 * decoupled * x;
            x -= 0.1 * (m / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v / (1 - Math.Pow(0.99, t))) + 1e-8);
            Assert.Equal(x, parameter.ToDouble(), 1e-5);
        }
    }

    [Fact]
    public void The_single_pass_agrees_with_the_step_in_tensor_operations()
    {
        using var fast = Parameter(randn(1000));
        using var general = Parameter(fast.detach().to(float64));
        using var first = optim.AdamW([fast], 0.01, weight_decay: 0.1);
        using var second = optim.AdamW([general], 0.01, weight_decay: 0.1);
        var slope = randn(1000);
        for (var t = 0; t < 20; t++)
        {
            fast.grad = slope * t;
            general.grad = (slope * t).to(float64);
            first.step();
            second.step();
        }
        Assert.True(fast.to(float64).allclose(general, 1e-4, 1e-5));
    }

    [Fact]
    public void Adam_with_amsgrad_uses_the_largest_second_moment()
    {
        using var parameter = Number(1);
        using var optimizer = optim.Adam([parameter], 0.1, 0.9, 0.99, amsgrad: true);
        Descend(optimizer, parameter);
        Assert.Equal(0.9, parameter.ToDouble(), 1e-5);
        var state = (Adam.State)optimizer.state_dict().State[0];
        Assert.Equal(1, state.step);
        Assert.Equal(0.01, state.max_exp_avg_sq!.ToDouble(), 1e-6);
    }

    [Fact]
    public void SGD_with_momentum_follows_its_equations()
    {
        using var parameter = Number(1);
        using var optimizer = optim.SGD([parameter], 0.1, momentum: 0.9);
        double x = 1, velocity = 0;
        for (var t = 0; t < 5; t++)
        {
            Descend(optimizer, parameter);
            velocity = t == 0 ? x : 0.9 * velocity + x;
            x -= 0.1 * velocity;
            Assert.Equal(x, parameter.ToDouble(), 1e-5);
        }
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("sgd")]
    public void Training_resumed_from_files_takes_the_identical_way(string kind)
    {
        var x = randn(16, 3);
        var y = randint(0, 2, [16]);
        float[] Run(bool interrupted)
        {
            manual_seed(3);
            var net = Sequential(Linear(3, 8), Tanh(), Linear(8, 2));
            var optimizer = Make(net);
            for (var t = 0; t < 6; t++)
            {
                if (interrupted && t == 3)
                {
                    using var weights = new MemoryStream();
                    using var state = new MemoryStream();
                    net.save(weights);
                    optimizer.save_state_dict(new BinaryWriter(state));
                    net.Dispose();
                    optimizer.Dispose();
                    net = Sequential(Linear(3, 8), Tanh(), Linear(8, 2));
                    net.load(new MemoryStream(weights.ToArray()));
                    optimizer = Make(net);
                    optimizer.load_state_dict(new BinaryReader(new MemoryStream(state.ToArray())));
                }
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                F.cross_entropy(net.call(x), y).backward();
                optimizer.step();
            }
            var result = net.parameters().SelectMany(p => Values(p)).ToArray();
            net.Dispose();
            optimizer.Dispose();
            return result;
        }
        Assert.Equal(Run(false), Run(true));

        OptimizerHelper Make(Module net) => kind switch
        {
            "adam" => optim.Adam(net.parameters(), 0.01),
            "adamw" => optim.AdamW(net.parameters(), 0.01, weight_decay: 0.1),
            _ => optim.SGD(net.parameters(), 0.1, momentum: 0.9),
        };
    }

    [Fact]
    public void Refuses_the_state_of_another_optimizer()
    {
        using var parameter = Number(1);
        using var adam = optim.Adam([parameter]);
        using var sgd = optim.SGD([parameter], 0.1);
        using var state = new MemoryStream();
        adam.save_state_dict(new BinaryWriter(state));
        Assert.Throws<InvalidDataException>(() => sgd.load_state_dict(new BinaryReader(new MemoryStream(state.ToArray()))));
        Assert.Throws<ArgumentException>(() => optim.Adam([parameter], lr: -1));
    }

    [Fact]
    public void Each_group_of_parameters_has_its_own_rate()
    {
        using var slow = Number(1);
        using var fast = Number(1);
        using var optimizer = optim.SGD([new SGD.ParamGroup([slow], 0.1), new SGD.ParamGroup([fast], 0.5)], 1);
        (slow * slow / 2 + fast * fast / 2).backward();
        optimizer.step();
        Assert.Equal(0.9, slow.ToDouble(), 1e-6);
        Assert.Equal(0.5, fast.ToDouble(), 1e-6);
        Assert.Equal([0.1, 0.5], optimizer.ParamGroups.Select(g => g.LearningRate));
    }

    [Fact]
    public void Gradients_are_clipped_to_a_norm()
    {
        using var a = Parameter(zeros(1));
        using var b = Parameter(zeros(1));
        a.grad = full([1], 3f);
        b.grad = full([1], 4f);
        Assert.Equal(5, nn.utils.clip_grad_norm_([a, b], 1), 1e-5);
        Near([0.6f], a.grad!);
        Near([0.8f], b.grad!);
        nn.utils.clip_grad_norm_([a, b], 10);
        Near([0.6f], a.grad!);
    }

    [Fact]
    public void Schedules_change_the_rate_as_they_say()
    {
        using var parameter = Number(1);
        Assert.Equal([1, 1, 0.1, 0.1, 0.01], Rates(o => optim.lr_scheduler.StepLR(o, 2), 4), Close);
        Assert.Equal([1, 0.5 + Math.Sqrt(2) / 4, 0.5, 0.5 - Math.Sqrt(2) / 4, 0], Rates(o => optim.lr_scheduler.CosineAnnealingLR(o, 4), 4), Close);
        Assert.Equal([1, 0.5, 0.25], Rates(o => optim.lr_scheduler.LambdaLR(o, epoch => Math.Pow(0.5, epoch)), 2), Close);
        // Ten steps, three of them up: from 2/10 over 2 to 2/10/100.
        var cycle = Rates(o => optim.lr_scheduler.OneCycleLR(o, 2, total_steps: 10, cycle_momentum: false, div_factor: 10, final_div_factor: 100), 9);
        Assert.Equal(0.2, cycle[0], 1e-9);
        Assert.Equal(2, cycle[2], 1e-9);
        Assert.Equal(0.002, cycle[9], 1e-9);
        Assert.Equal(cycle[2..].OrderDescending(), cycle[2..]);

        double[] Rates(Func<optim.Optimizer, optim.lr_scheduler.LRScheduler> make, int steps)
        {
            using var optimizer = optim.SGD([parameter], 1);
            var scheduler = make(optimizer);
            var rates = new List<double> { optimizer.ParamGroups.Single().LearningRate };
            for (var i = 0; i < steps; i++)
            {
                scheduler.step();
                rates.Add(optimizer.ParamGroups.Single().LearningRate);
            }
            return [.. rates];
        }

        static bool Close(double a, double b) => Math.Abs(a - b) < 1e-9;
    }

    [Fact]
    public void A_small_network_learns_exclusive_or_and_holds_no_more_tensors_each_step()
    {
        using var net = Sequential(Linear(2, 8), Tanh(), Linear(8, 2));
        using var optimizer = optim.Adam(net.parameters(), 0.05);
        var x = tensor(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } });
        var y = tensor(new long[] { 0, 1, 1, 0 });
        var loss = double.NaN;
        var live = new HashSet<long>();
        for (var epoch = 0; epoch < 200; epoch++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var output = F.cross_entropy(net.call(x), y);
            output.backward();
            optimizer.step();
            loss = output.ToDouble();
            scope.DisposeEverything();
            live.Add(Native.ecgth_live_tensors());
        }
        Assert.True(loss < 0.05, $"loss {loss}");
        Assert.Single(live);
    }
}

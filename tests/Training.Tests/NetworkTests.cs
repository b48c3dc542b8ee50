using EcgImageWeb.Training.Networks;
using EcgImageWeb.Training.Networks.Layers;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Tests;

public class NetworkTests
{
    public static TheoryData<string> Kinds => [.. Nets.Zoo.Keys];

    [Fact]
    public void Cnn_has_the_papers_layers_and_as_many_weights_as_counted_by_hand()
    {
        var (first, second, third) = (32 * (3 * 9 + 1), 64 * (32 * 9 + 1), 128 * (64 * 9 + 1));
        var (dense, answer) = ((17 * 17 * 128 + 1) * 512, 513 * 4);

        Assert.Equal(19_035_716, first + second + third + dense + answer);
        Assert.Equal(19_035_716, ImageNetworks.Cnn.ParameterCount);
        Assert.Equal(new Shape(4), ImageNetworks.Cnn.Output);
    }

    [Fact]
    public void Crnn_reads_17_steps_along_the_horizontal_axis()
    {
        var convolutions = 32 * (3 * 9 + 1) + 64 * (32 * 9 + 1) + 128 * (64 * 9 + 1);
        var (first, second) = (4 * 128 * (17 * 128 + 128 + 2), 4 * 128 * (128 + 128 + 2));

        Assert.Equal(convolutions + first + second + 129 * 512 + 513 * 4, ImageNetworks.Crnn.ParameterCount);
        Assert.Equal(new Shape(17, 17 * 128), new Sequence([.. ((Sequence)ImageNetworks.Crnn.Body).Layers.Take(10)]).Output(ImageNetworks.Input));
        Assert.Equal(new Shape(4), ImageNetworks.Crnn.Output);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_description_counts_what_its_module_learns(string kind)
    {
        using var module = Nets.Zoo[kind].CreateModule();
        Assert.Equal(module.parameters().Sum(parameter => parameter.numel()), Nets.Zoo[kind].ParameterCount);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_modules_output_has_the_described_shape(string kind)
    {
        using var scope = NewDisposeScope();
        using var module = Nets.Zoo[kind].CreateModule();
        var output = module.call(randn([2, .. Nets.Zoo[kind].Input.Sizes.Select(size => (long)size)]));
        Assert.Equal([2, .. Nets.Zoo[kind].Output.Sizes.Select(size => (long)size)], output.shape);
    }

    [Fact]
    public void A_layer_refuses_a_shape_it_cannot_take()
    {
        Assert.Throws<ArgumentException>(() => new Conv(8, 3).Output(new Shape(5)));
        Assert.Throws<ArgumentException>(() => new Lstm(8).Output(new Shape(3, 8, 8)));
        Assert.Throws<ArgumentException>(() => new Residual(new Conv(8, 3)).Output(new Shape(4, 16)));
        Assert.Throws<ArgumentException>(() => new Reshape(new Shape(5)).Output(new Shape(2, 3)));
    }

    [Fact]
    public void Weights_come_back_from_disk_as_they_were()
    {
        var trained = Nets.Randomly(Nets.Zoo["residual network with pre-activation"]);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "weights.safetensors");
        WeightsFile.Write(path, trained.Weights);
        var read = WeightsFile.Read(path);

        Assert.Equal(trained.Weights.Tensors.Keys.Order(), read.Tensors.Keys.Order());
        Assert.All(read.Tensors, entry => Assert.Equal(trained.Weights[entry.Key].Values, entry.Value.Values));
        Assert.Throws<ArgumentException>(() =>
        {
            using var other = Nets.Zoo["page network over leads"].CreateModule();
            read.CopyTo(other);
        });
    }
}

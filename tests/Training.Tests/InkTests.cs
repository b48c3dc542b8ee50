using EcgImageWeb.Inference;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Training.Export;
using EcgImageWeb.Training.Ink;
using EcgImageWeb.Training.Models;
using EcgImageWeb.Training.Networks;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Tests;

public class InkTests
{
    private static readonly Network Small = InkNetworks.Of(32, 64);

    [Fact]
    public void Answers_for_every_pixel_of_a_tile_of_any_size()
    {
        Assert.Equal(new Shape(1, 32, 64), Small.Output);
        Assert.Equal(new Shape(1, 448, 640), InkNetworks.Of(448, 640).Output);
        Assert.Equal(Small.ParameterCount, InkNetworks.Of(448, 640).ParameterCount);
        Assert.InRange(Small.ParameterCount * sizeof(float), 1, 1_000_000);
    }

    [Fact]
    public void The_exported_network_answers_what_the_trained_one_does()
    {
        var trained = Nets.Randomly(Small);
        var inputs = Nets.Inputs(Small, 2);
        var onnx = OnnxExport.Write(Ensemble.Of(trained));
        using var model = Model.Load(ModelFolder.Manifest("ink", Small, onnx, []) with { Task = ModelTask.Segmentation }, onnx, new InferenceOptions());
        var answers = model.Run(inputs, [2, .. Small.Input.Sizes], TestContext.Current.CancellationToken);

        using var module = Small.CreateModule();
        trained.Weights.CopyTo(module);
        module.eval();
        using var none = no_grad();
        var expected = module.call(tensor(inputs).reshape(Small.Input.Batched())).sigmoid().contiguous().data<float>().ToArray();

        Assert.Equal([32 * 64, 32 * 64], answers.Select(row => row.Length));
        Assert.True(expected.Distinct().Count() > 100);
        Assert.InRange(answers.SelectMany(row => row).Zip(expected, (answer, wanted) => Math.Abs(answer - wanted)).Max(), 0, 1e-4f);
    }

    [Fact]
    public void Weights_of_a_small_tile_serve_on_a_large_one()
    {
        var trained = Nets.Randomly(Small);
        using var module = InkNetworks.Of(64, 128).CreateModule();
        trained.Weights.CopyTo(module);
        module.eval();
        using var none = no_grad();
        Assert.Equal([1L, 1, 64, 128], module.call(zeros(1, 3, 64, 128)).shape);
    }

    [Fact]
    public void The_truth_costs_least_and_paper_everywhere_more()
    {
        using var scope = NewDisposeScope();
        var truth = zeros(1, 1, 8, 8);
        truth.narrow(2, 3, 1).fill_(1);
        var right = truth.mul(20).sub(10);
        var paper = zeros(1, 1, 8, 8).sub(10);

        Assert.InRange(InkLoss.Value.Value(right, truth).item<float>(), 0, 0.01f);
        Assert.True(InkLoss.Value.Value(paper, truth).item<float>() > 1);
        Assert.Equal(1, InkLoss.Value.Accuracy(right, truth).item<float>(), 3);
        Assert.InRange(InkLoss.Value.Accuracy(paper, truth).item<float>(), 0, 0.2f);
    }
}

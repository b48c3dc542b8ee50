using System.Diagnostics;
using EcgImageWeb.Inference.Models;

namespace EcgImageWeb.Inference.Tests;

public sealed class ModelTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Answers_the_softmax_whether_the_graph_or_the_manifest_asks_for_it(bool softmaxInGraph)
    {
        using var model = TinyModel.Load(softmaxInGraph);

        var row = Assert.Single(model.Run([1, 2, -1], [1, 3], Cancellation));

        double[] logits = [1 + 0.5 + 0.5, 4, -1 - 1, 0.5 - 2 - 1];
        var sum = logits.Sum(Math.Exp);
        Assert.All(logits.Zip(row), pair => Assert.Equal(Math.Exp(pair.First) / sum, pair.Second, 6));
    }

    [Fact]
    public void A_batch_of_13_leads_equals_13_single_runs()
    {
        using var model = TinyModel.Load(softmaxInGraph: true);
        var leads = TinyModel.Rows(13);

        var batch = model.Run(leads, [13, 3], Cancellation);

        Assert.Equal(13, batch.Length);
        for (var lead = 0; lead < 13; lead++)
        {
            var single = model.Run(leads[(3 * lead)..(3 * lead + 3)], [1, 3], Cancellation)[0];
            Assert.All(single.Zip(batch[lead]), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        }
    }

    [Fact]
    public async Task Many_threads_share_a_session_and_get_identical_results()
    {
        using var model = TinyModel.Load(softmaxInGraph: true);
        var leads = TinyModel.Rows(13);
        var expected = model.Run(leads, [13, 3], Cancellation);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => model.Run(leads, [13, 3], Cancellation))));

        Assert.All(answers, answer => Assert.Equal(expected, answer));
    }

    [Theory]
    [InlineData(6, new[] { 2, 2 })]
    [InlineData(6, new[] { 2, 3, 1 })]
    [InlineData(5, new[] { 2, 3 })]
    [InlineData(0, new[] { 0, 3 })]
    public void Refuses_data_that_is_not_of_the_manifest_s_shape(int count, int[] shape)
    {
        using var model = TinyModel.Load(softmaxInGraph: true);

        Assert.Throws<ArgumentException>(() => model.Run(new float[count], shape, Cancellation));
    }

    [Fact]
    public void A_cancelled_run_does_not_begin()
    {
        using var model = TinyModel.Load(softmaxInGraph: true);

        Assert.Throws<OperationCanceledException>(() => model.Run(TinyModel.Rows(1), [1, 3], new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_run_is_cancelled_in_the_middle()
    {
        // 2000 products of 512x512 matrices: some 30 s on two cores if nobody stops it.
        const int side = 512;
        var w = new float[side, side];
        for (var i = 0; i < side; i++)
            w[i, i] = 1;
        var onnx = TinyOnnx.Linear(w, softmax: false, repeats: 2000);
        var manifest = TinyModel.ManifestOf(onnx, side, [.. Enumerable.Range(0, side).Select(i => $"{i}")], ModelOutputKind.Logits);
        using var model = Model.Load(manifest, onnx, new InferenceOptions { Threads = 1 });
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var clock = Stopwatch.StartNew();
        Assert.Throws<OperationCanceledException>(() => model.Run(new float[side * side], [side, side], soon.Token));

        Assert.InRange(clock.Elapsed.TotalSeconds, 0.1, 4);
    }

    [Fact]
    public void Says_which_model_the_engine_cannot_load()
    {
        byte[] onnx = [1, 2, 3];

        var error = Assert.Throws<ModelException>(() => Model.Load(TinyModel.ManifestOf(onnx, true), onnx, new InferenceOptions()));

        Assert.Equal(ModelFault.BadModel, error.Fault);
        Assert.Contains("'tiny'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_when_the_file_lacks_the_input_that_the_manifest_names()
    {
        var onnx = TinyOnnx.Linear(TinyModel.Weights, softmax: true);
        var manifest = TinyModel.ManifestOf(onnx, true);

        var error = Assert.Throws<ModelException>(
            () => Model.Load(manifest with { Input = manifest.Input with { Name = "image" } }, onnx, new InferenceOptions()));

        Assert.Contains("no input 'image'", error.Message, StringComparison.Ordinal);
    }
}

using System.Text.Json.Nodes;
using EcgImageWeb.Analysis.Tests;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Signal.Records;
using EcgImageWeb.Signal.Tests;
using EcgImageWeb.Training.Export;
using EcgImageWeb.Training.Models;
using EcgImageWeb.Training.Networks;
using static TorchSharp.torch;

namespace Cli.Tests;

public sealed class ClassifyTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("ecg-tests-").FullName;

    public ClassifyTests() => TinyModels.WriteSignalsTo(Path.Combine(root, "models"));

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task Records_end_with_their_answers_a_damaged_one_with_its_refusal_and_the_whole_with_1()
    {
        WfdbWriter.Write(root, "a.b", [MadeUp.Lead(360, 10, 0.8)]);
        File.WriteAllText(In("words.csv"), "a,b\n1,2\n");

        var (code, output, errors) = await EcgCli.RunInAsync(root, "classify", In("a.b"), In("words.csv"), In("missing"), "--out", In("out"));

        Assert.Equal(1, code);
        Assert.Matches(@"\Aa\.b\taf N 0\.50\trhythm \S+ \d\.\d\d\t75 bpm\tN:12\n\z", output);
        Assert.Contains("1 of 3 records classified", errors, StringComparison.Ordinal);
        Assert.Equal(["a.b", "missing", "words"], Directory.GetDirectories(In("out")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal("damaged", (string?)JsonNode.Parse(File.ReadAllText(In("out/words/error.json")))!["code"]);
        Assert.Equal(12, JsonNode.Parse(File.ReadAllText(In("out/a.b/analysis.json")))!["page"]!["beats"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_wrong_use()
    {
        var (code, _, errors) = await EcgCli.RunInAsync(root, "classify", In("a"), "--out", In("out"), "--models", "page");
        Assert.Equal(2, code);
        Assert.Contains("af, beats, rhythm", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_training_exports_is_what_classify_and_bench_run()
    {
        using (NewDisposeScope())
        {
            manual_seed(1);
            foreach (var name in SignalExperiments.Shipped.Keys)
            {
                var experiment = SignalExperiments.Named(name);
                using var module = experiment.Network.CreateModule();
                var onnx = OnnxExport.Write(Ensemble.Of(new TrainedNetwork(experiment.Network, Weights.From(module))), WeightFormat.Half);
                var manifest = ModelFolder.Manifest(name, experiment.Network, onnx, experiment.Input!.ToJson(experiment.Preparation)) with { Task = ModelTask.Signal };
                ModelFolder.Write(Path.Combine(root, "models", name), manifest, onnx, "untrained");
            }
        }
        WfdbWriter.Write(root, "rec", [MadeUp.Lead(500, 10, 0.8)]);

        Assert.Equal(0, (await EcgCli.RunInAsync(root, "classify", In("rec"), "--out", In("out"))).Code);
        var page = JsonNode.Parse(File.ReadAllText(In("out/rec/analysis.json")))!["page"]!;
        Assert.Equal(["af", "rhythm", "segments"], page["signal_models"]!.AsObject().Select(model => model.Key).Order(StringComparer.Ordinal));
        Assert.Equal(12, page["beats"]!.AsArray().Count);
        var (code, output, _) = await EcgCli.RunInAsync(root, "bench", "signals", "--runs", "3");
        Assert.Equal(0, code);
        Assert.Contains("| all models and intervals |", output, StringComparison.Ordinal);
        TestContext.Current.SendDiagnosticMessage(output);
    }

    [Fact]
    public async Task How_far_a_model_falls_on_paper_is_measured_page_by_page_and_not_twice()
    {
        var records = Directory.CreateDirectory(In("data/rhythm-lead-ii/rec")).FullName;
        Directory.CreateDirectory(In("data/mitdb"));
        // A fifth of them is the measured side.
        string[] names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
        foreach (var name in names)
            WfdbWriter.Write(records, name, [MadeUp.Lead(500, 10, 0.8)]);
        File.WriteAllText(In("data/rhythm-lead-ii/index.csv"), "id,label\n" + string.Concat(names.Select(name => $"{name},normal-sinus\n")));
        string[] command = ["evaluate", "digitized-signals", "--data", In("data"), "--part", "rhythms:clean", "--count", "2"];

        var (code, output, errors) = await EcgCli.RunInAsync(root, command);

        Assert.True(code == 0, errors);
        Assert.Matches(@"\| rhythm +\| +shipped +\| +clean +\| +2 \|", output);
        Assert.Contains("rhythms:clean", errors, StringComparison.Ordinal);
        var items = Directory.GetFiles(In("runs/evaluation-digitized"), "*.json", SearchOption.AllDirectories);
        Assert.Equal(2, items.Length);
        Assert.Contains("F1 falls by", File.ReadAllText(In("docs/results/digitized-signals.md")), StringComparison.Ordinal);
        var written = items.Select(File.GetLastWriteTimeUtc).ToArray();
        Assert.Equal(output, (await EcgCli.RunInAsync(root, command)).Output);
        Assert.Equal(written, items.Select(File.GetLastWriteTimeUtc));
        Assert.Equal(2, (await EcgCli.RunInAsync(root, "evaluate", "digitized-signals", "--data", In("data"), "--part", "rhythms:paper")).Code);
    }

    private string In(string name) => Path.Combine(root, name);
}

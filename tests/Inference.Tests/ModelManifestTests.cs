using System.Text.Json.Nodes;
using EcgImageWeb.Inference.Models;

namespace EcgImageWeb.Inference.Tests;

public sealed class ModelManifestTests
{
    private const string Full = """
        {
          "name": "page", "version": "1", "file": "page.onnx",
          "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "task": "image",
          "input": { "name": "input", "shape": ["batch", 13, 1, 150, 150], "type": "float32",
                     "preprocessing": { "sigma": 1, "threshold": "otsu" } },
          "output": { "name": "logits", "kind": "logits" },
          "labels": ["normal", "abnormal", "mi", "history-mi"],
          "data": "311 pages", "protocol": "distinct pages", "metrics": { "accuracy": 0.94 },
          "trained": { "commit": "abc", "seed": 1, "epochs": 20, "machine": "2 cores" }
        }
        """;

    [Fact]
    public void Reads_every_field_of_the_contract()
    {
        var manifest = ModelManifest.Parse(Full);

        Assert.Equal(("page", "1", "page.onnx", ModelTask.Image), (manifest.Name, manifest.Version, manifest.File, manifest.Task));
        Assert.Equal([ModelAxis.Batch, 13, 1, 150, 150], manifest.Input.Shape);
        Assert.Equal("otsu", (string?)manifest.Input.Preprocessing["threshold"]);
        Assert.Equal(("logits", ModelOutputKind.Logits), (manifest.Output.Name, manifest.Output.Kind));
        Assert.Equal(["normal", "abnormal", "mi", "history-mi"], manifest.Labels);
        Assert.Equal(0.94, (double?)manifest.Metrics["accuracy"]);
        Assert.Equal(("abc", 1L, 20, "2 cores"), (manifest.Trained.Commit, manifest.Trained.Seed, manifest.Trained.Epochs, manifest.Trained.Machine));
    }

    [Fact]
    public void Writes_what_it_read() =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Full), JsonNode.Parse(ModelManifest.Parse(Full).ToJson())));

    [Fact]
    public void Passes_over_fields_that_were_added_later() =>
        Assert.Equal("page", ModelManifest.Parse(Full.Replace("\"task\"", "\"new\": [1], \"task\"", StringComparison.Ordinal)).Name);

    [Fact]
    public void An_absent_output_means_probabilities_from_the_first_one()
    {
        var manifest = ModelManifest.Parse(Full.Replace("\"output\"", "\"other\"", StringComparison.Ordinal));

        Assert.Equal(new ModelOutput { Name = null, Kind = ModelOutputKind.Probabilities }, manifest.Output);
    }

    [Theory]
    [InlineData("\"version\": \"1\"", "\"version\": null")]
    [InlineData("\"version\": \"1\",", "")]
    [InlineData("\"page.onnx\"", "\"../cnn/cnn.onnx\"")]
    [InlineData("\"page.onnx\"", "\"..\"")]
    [InlineData("\"e3b0c442", "\"zzzzzzzz")]
    [InlineData("\"e3b0c442", "\"")]
    [InlineData("\"image\"", "\"sound\"")]
    [InlineData("[\"batch\", 13", "[13")]
    [InlineData("[\"batch\", 13", "[\"batch\", -13")]
    [InlineData("\"float32\"", "\"int64\"")]
    [InlineData("[\"normal\", \"abnormal\", \"mi\", \"history-mi\"]", "[]")]
    [InlineData("{", "")]
    public void Refuses_a_manifest_that_makes_no_sense(string from, string to)
    {
        var at = Full.IndexOf(from, StringComparison.Ordinal);
        var broken = string.Concat(Full.AsSpan(0, at), to, Full.AsSpan(at + from.Length));

        Assert.Equal(ModelFault.BadManifest, Assert.Throws<ModelException>(() => ModelManifest.Parse(broken)).Fault);
    }
}

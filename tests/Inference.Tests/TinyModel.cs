using System.Security.Cryptography;
using EcgImageWeb.Inference.Models;

namespace EcgImageWeb.Inference.Tests;

internal static class TinyModel
{
    public static readonly float[,] Weights = { { 1, 0, -1, 0.5f }, { 0.25f, 2, 0, -1 }, { -0.5f, 0, 1, 1 } };

    public static ModelManifest ManifestOf(byte[] onnx, int features, string[] labels, ModelOutputKind kind) => new()
    {
        Name = "tiny",
        Version = "1",
        File = "tiny.onnx",
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(onnx)),
        Task = ModelTask.Signal,
        Input = new ModelInput { Name = "input", Shape = [ModelAxis.Batch, features] },
        Output = new ModelOutput { Kind = kind },
        Labels = labels,
    };

    public static Model Load(bool softmaxInGraph, InferenceOptions? options = null)
    {
        var onnx = TinyOnnx.Linear(Weights, softmaxInGraph);
        return Model.Load(ManifestOf(onnx, softmaxInGraph), onnx, options ?? new InferenceOptions { Threads = 2 });
    }

    public static ModelManifest ManifestOf(byte[] onnx, bool softmaxInGraph) => ManifestOf(
        onnx, 3, ["a", "b", "c", "d"], softmaxInGraph ? ModelOutputKind.Probabilities : ModelOutputKind.Logits);

    public static float[] Rows(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 3 * count).Select(_ => random.NextSingle() * 4 - 2)];
    }
}

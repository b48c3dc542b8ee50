using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Inference.Tests;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Analysis.Tests;

/// <summary>A folder of models that are quick and untrained: cnn and crnn for leads, page for pages. crnn is cnn with its classes in the opposite order.</summary>
internal static class TinyModels
{
    public static readonly string[] Classes = ["normal", "abnormal", "mi", "history-mi"];

    public static void WriteTo(string folder)
    {
        Write(folder, "cnn", "lead-image", [3, 150, 150], Classes);
        Write(folder, "crnn", "lead-image", [3, 150, 150], [.. Classes.Reverse()]);
        Write(folder, "page", "page-traces", [PageInput.Length], Classes);
    }

    private static void Write(string folder, string name, string kind, int[] axes, string[] labels)
    {
        var inputs = axes.Aggregate(1, (product, length) => product * length);
        var weights = new float[inputs, labels.Length];
        var random = new Random(1);
        for (var i = 0; i < inputs; i++)
            foreach (var label in Classes)
                weights[i, Array.IndexOf(labels, label)] = (random.NextSingle() - 0.5f) / 50;
        var onnx = TinyOnnx.Linear(weights, softmax: true, inputAxes: axes);
        var manifest = new ModelManifest
        {
            Name = name,
            Version = "1",
            File = name + ".onnx",
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(onnx)),
            Task = ModelTask.Image,
            Input = new ModelInput
            {
                Name = "input",
                Shape = [ModelAxis.Batch, .. axes.Select(length => (ModelAxis)length)],
                Preprocessing = new JsonObject { ["kind"] = kind },
            },
            Labels = labels,
        };
        var model = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        File.WriteAllBytes(Path.Combine(model, manifest.File), onnx);
        File.WriteAllText(Path.Combine(model, ModelManifest.FileName), manifest.ToJson());
    }
}

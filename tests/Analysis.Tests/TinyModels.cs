using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Inference.Tests;
using EcgImageWeb.Signal.Beats;
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

    /// <summary>Hand-made signal models: rhythm says pvc the surer the more the strip's area is, af halves, beats says V where the area around R is much larger than usual.</summary>
    public static void WriteSignalsTo(string folder)
    {
        var rhythm = new float[2000, 2];
        for (var i = 0; i < 2000; i++)
            rhythm[i, 1] = 0.02f;
        Write(folder, "rhythm", new SignalInput(SignalInput.Window, 200, 2000).ToJson("10 s"), [1, 2000], ["normal-sinus", "pvc"], TinyOnnx.Linear(rhythm, softmax: true, inputAxes: [1, 2000]), ModelTask.Signal);
        Write(folder, "af", new SignalInput(SignalInput.Window, 90, 900).ToJson("10 s"), [1, 900], ["N", "A"], TinyOnnx.Linear(new float[900, 2], softmax: true, inputAxes: [1, 900]), ModelTask.Signal);
        // The logarithm of the QRS's area over the usual one decides; that of the usual RR interval, below zero at more than 60 beats a minute, is a bias for N.
        var beats = new float[BeatMeasures.Count, 5];
        (beats[Measure("qrs area"), 2], beats[Measure("near50"), 0]) = (5, -9);
        Write(folder, "beats", new SignalInput(SignalInput.BeatMeasures, 360, 600, SignalInput.BeatFilter).ToJson("beats"), [BeatMeasures.Count], ["N", "S", "V", "F", "Q"], TinyOnnx.Linear(beats, softmax: true, inputAxes: [BeatMeasures.Count]), ModelTask.Signal);
    }

    private static int Measure(string name) => Enumerable.Range(0, BeatMeasures.Count).First(index => BeatMeasures.Names[index] == name);

    private static void Write(string folder, string name, string kind, int[] axes, string[] labels)
    {
        var inputs = axes.Aggregate(1, (product, length) => product * length);
        var weights = new float[inputs, labels.Length];
        var random = new Random(1);
        for (var i = 0; i < inputs; i++)
            foreach (var label in Classes)
                weights[i, Array.IndexOf(labels, label)] = (random.NextSingle() - 0.5f) / 50;
        Write(folder, name, new JsonObject { ["kind"] = kind }, axes, labels, TinyOnnx.Linear(weights, softmax: true, inputAxes: axes), ModelTask.Image);
    }

    private static void Write(string folder, string name, JsonObject preprocessing, int[] axes, string[] labels, byte[] onnx, ModelTask task)
    {
        var manifest = new ModelManifest
        {
            Name = name,
            Version = "1",
            File = name + ".onnx",
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(onnx)),
            Task = task,
            Input = new ModelInput
            {
                Name = "input",
                Shape = [ModelAxis.Batch, .. axes.Select(length => (ModelAxis)length)],
                Preprocessing = preprocessing,
            },
            Labels = labels,
        };
        var model = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        File.WriteAllBytes(Path.Combine(model, manifest.File), onnx);
        File.WriteAllText(Path.Combine(model, ModelManifest.FileName), manifest.ToJson());
    }
}

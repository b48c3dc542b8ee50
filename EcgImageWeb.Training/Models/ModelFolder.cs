using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Models;

/// <summary>Writes <c>models/NAME/</c>: the ONNX file, the manifest with its hash, the card.</summary>
public static class ModelFolder
{
    /// <summary>The graph's name of the input, and of the answer.</summary>
    public const string InputName = "input";

    /// <summary>A manifest for networks, without what only the caller knows.</summary>
    /// <param name="name">Name of model, folder and file.</param>
    /// <param name="network">The network.</param>
    /// <param name="onnx">The exported model.</param>
    /// <param name="preprocessing">What is done before it is such an input.</param>
    public static ModelManifest Manifest(string name, Network network, byte[] onnx, JsonObject preprocessing) => new()
    {
        Name = name,
        Version = "1",
        File = name + ".onnx",
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(onnx)),
        Task = ModelTask.Image,
        Input = new ModelInput
        {
            Name = InputName,
            Shape = [ModelAxis.Batch, .. network.Input.Sizes.Select(ModelAxis.FromInt32)],
            Preprocessing = preprocessing,
        },
        Labels = network.Labels,
    };

    /// <summary>Writes the three files; the manifest last, so that a folder with a manifest is whole.</summary>
    /// <param name="folder">The folder, made if it is missing.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="onnx">The model it describes.</param>
    /// <param name="card">What a person should know, Markdown.</param>
    public static void Write(string folder, ModelManifest manifest, byte[] onnx, string card)
    {
        AtomicFile.Write(Path.Combine(folder, manifest.File), stream => stream.Write(onnx));
        AtomicFile.WriteText(Path.Combine(folder, "card.md"), card);
        AtomicFile.WriteText(Path.Combine(folder, ModelManifest.FileName), manifest.ToJson());
    }
}

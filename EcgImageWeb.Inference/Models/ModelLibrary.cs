using System.Security.Cryptography;

namespace EcgImageWeb.Inference.Models;

/// <summary>
/// The models of a folder, <c>models/NAME/</c> with manifest and ONNX file each. Loads a model when
/// it is first asked for, checks its file against the manifest's SHA-256, and keeps it: everyone
/// shares the one session. Owns what it loaded; thread-safe.
/// </summary>
public sealed class ModelLibrary : IDisposable
{
    private readonly string folder;
    private readonly InferenceOptions options;
    private readonly Dictionary<string, Model> loaded = new(StringComparer.Ordinal);
    private readonly Lock loading = new();
    private bool disposed;

    /// <summary>Reads the manifests below a folder; loads no model yet.</summary>
    /// <param name="folder">The folder <c>models</c>; subfolders without a manifest are passed over.</param>
    /// <param name="options">Where and how models run.</param>
    /// <exception cref="ModelException">The folder is missing, or a manifest cannot be read.</exception>
    /// <exception cref="InferenceUnavailableException">The device asked for cannot be used.</exception>
    public ModelLibrary(string folder, InferenceOptions options)
    {
        if (!Directory.Exists(folder))
            throw new ModelException(ModelFault.Missing, $"The folder of models, {folder}, is missing.");
        this.folder = folder;
        this.options = options;
        Device = DeviceChoice.For(options);
        Manifests = [.. Directory.GetDirectories(folder)
            .Where(model => File.Exists(Path.Combine(model, ModelManifest.FileName)))
            .Order(StringComparer.Ordinal)
            .Select(ReadManifest)];
    }

    /// <summary>What models run on here.</summary>
    public DeviceChoice Device { get; }

    /// <summary>The models there are, by name.</summary>
    public IReadOnlyList<ModelManifest> Manifests { get; }

    /// <summary>The model of that name, loaded at the first call and shared. Do not dispose it: the library does.</summary>
    /// <exception cref="ModelException">There is none, its file is not the one described, or the engine cannot load it.</exception>
    public Model Get(string name)
    {
        lock (loading)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (!loaded.TryGetValue(name, out var model))
                loaded[name] = model = Load(name);
            return model;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (loading)
        {
            disposed = true;
            foreach (var model in loaded.Values)
                model.Dispose();
            loaded.Clear();
        }
    }

    private Model Load(string name)
    {
        var manifest = Manifests.FirstOrDefault(manifest => manifest.Name == name) ?? throw new ModelException(
            ModelFault.Missing,
            $"There is no model named '{name}'; there are: {string.Join(", ", Manifests.Select(m => m.Name))}.");
        var path = Path.Combine(folder, name, manifest.File);
        if (!File.Exists(path))
            throw new ModelException(ModelFault.Missing, $"The file of model '{name}', {path}, is missing.");
        // Read once and hashed in memory, so that what was checked is what is run.
        var onnx = File.ReadAllBytes(path);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(onnx));
        if (!string.Equals(sha256, manifest.Sha256, StringComparison.OrdinalIgnoreCase))
            throw new ModelException(
                ModelFault.HashMismatch,
                $"The file of model '{name}' is not the one its manifest describes: SHA-256 {sha256} instead of {manifest.Sha256}.");
        return Model.Load(manifest, onnx, options);
    }

    private static ModelManifest ReadManifest(string model)
    {
        var manifest = ModelManifest.Parse(File.ReadAllText(Path.Combine(model, ModelManifest.FileName)));
        return manifest.Name == Path.GetFileName(model)
            ? manifest
            : throw new ModelException(
                ModelFault.BadManifest,
                $"The manifest in {model} names the model '{manifest.Name}'; it must be named like its folder.");
    }
}

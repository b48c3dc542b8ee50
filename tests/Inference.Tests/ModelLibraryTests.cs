using EcgImageWeb.Inference.Models;

namespace EcgImageWeb.Inference.Tests;

public sealed class ModelLibraryTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ecg-models-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Lists_the_models_of_its_folder_and_passes_over_others()
    {
        Write("tiny");
        Write("also");
        folder.CreateSubdirectory("empty");

        using var library = new ModelLibrary(folder.FullName, new InferenceOptions());

        Assert.Equal(["also", "tiny"], library.Manifests.Select(manifest => manifest.Name));
    }

    [Fact]
    public async Task Loads_a_model_once_and_shares_it()
    {
        Write("tiny");
        using var library = new ModelLibrary(folder.FullName, new InferenceOptions());

        var models = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => library.Get("tiny"))));

        Assert.Single(models.Distinct());
    }

    [Fact]
    public void Refuses_a_file_that_is_not_the_one_described()
    {
        Write("tiny");
        var path = Path.Combine(folder.FullName, "tiny", "tiny.onnx");
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        using var library = new ModelLibrary(folder.FullName, new InferenceOptions());

        var error = Assert.Throws<ModelException>(() => library.Get("tiny"));

        Assert.Equal(ModelFault.HashMismatch, error.Fault);
    }

    [Fact]
    public void A_model_whose_file_was_put_right_is_loaded_at_the_next_call()
    {
        Write("tiny");
        var path = Path.Combine(folder.FullName, "tiny", "tiny.onnx");
        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        using var library = new ModelLibrary(folder.FullName, new InferenceOptions());
        Assert.Equal(ModelFault.Missing, Assert.Throws<ModelException>(() => library.Get("tiny")).Fault);

        File.WriteAllBytes(path, bytes);

        Assert.Equal("tiny", library.Get("tiny").Manifest.Name);
    }

    [Fact]
    public void Names_the_models_there_are_when_asked_for_another()
    {
        Write("tiny");
        using var library = new ModelLibrary(folder.FullName, new InferenceOptions());

        var error = Assert.Throws<ModelException>(() => library.Get("huge"));

        Assert.Equal("There is no model named 'huge'; there are: tiny.", error.Message);
    }

    [Fact]
    public void Refuses_a_missing_folder_and_a_manifest_that_names_another_model()
    {
        Assert.Equal(ModelFault.Missing, Assert.Throws<ModelException>(() => new ModelLibrary("/nowhere/models", new InferenceOptions())).Fault);
        Write("tiny", named: "other");
        Assert.Equal(ModelFault.BadManifest, Assert.Throws<ModelException>(() => new ModelLibrary(folder.FullName, new InferenceOptions())).Fault);
    }

    private void Write(string name, string? named = null)
    {
        var onnx = TinyOnnx.Linear(TinyModel.Weights, softmax: true);
        var model = folder.CreateSubdirectory(name).FullName;
        File.WriteAllBytes(Path.Combine(model, "tiny.onnx"), onnx);
        File.WriteAllText(
            Path.Combine(model, ModelManifest.FileName),
            (TinyModel.ManifestOf(onnx, true) with { Name = named ?? name }).ToJson());
    }
}

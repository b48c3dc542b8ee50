using System.Runtime.CompilerServices;
using EcgImageWeb.Analysis.Signals;
using EcgImageWeb.Inference;
using EcgImageWeb.Inference.Models;

namespace EcgImageWeb.Analysis.Tests.Signals;

/// <summary>The signal models of the repository, where they are.</summary>
public class ShippedSignalModelsTests
{
    private const long LargestTogether = 20_000_000;

    private static string Folder => Path.GetFullPath(Path.Combine(Here(), "../../../models"));

    [Theory]
    [InlineData("rhythm", 7)]
    [InlineData("af", 2)]
    [InlineData("segments", 5)]
    [InlineData("beats", 5)]
    public void A_shipped_model_answers_by_its_manifest_alone(string name, int classes)
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Folder, name, ModelManifest.FileName)), $"models/{name} is not there yet");
        using var library = new ModelLibrary(Folder, new InferenceOptions { Threads = 1 });
        var models = new SignalModels(library);
        var manifest = models.Manifests.Single(manifest => manifest.Name == name);
        Assert.Equal(classes, manifest.Labels.Count);
        Assert.True(File.Exists(Path.Combine(Folder, name, "card.md")));

        var answers = models.Ask([SignalFixture.Strip], [name], null, TestContext.Current.CancellationToken);

        if (SignalInput.Of(manifest).IsWindow)
            Assert.Equal(1, answers.Whole![name].Probabilities.Values.Sum(), 2);
        else
            Assert.Equal(12, answers.Beats!.Count);
    }

    [Fact]
    public void All_signal_models_together_are_small()
    {
        using var library = new ModelLibrary(Folder, new InferenceOptions { Threads = 1 });
        var manifests = new SignalModels(library).Manifests;
        Assert.SkipWhen(manifests.Count == 0, "there is no signal model yet");
        Assert.InRange(manifests.Sum(manifest => new FileInfo(Path.Combine(Folder, manifest.Name, manifest.File)).Length), 1, LargestTogether);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

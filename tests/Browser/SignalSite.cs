using EcgImageWeb.Analysis.Tests;

namespace EcgImageWeb.Browser.Tests;

/// <summary>A server with the repository's image models and hand-made signal models, whose answers are known.</summary>
public sealed class SignalSite : Site
{
    private readonly string models = Directory.CreateTempSubdirectory("ecg-browser-models-").FullName;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(models, recursive: true);
    }

    protected override void Configure(IDictionary<string, string?> environment)
    {
        foreach (var name in new[] { "cnn", "crnn", "page" })
            Directory.CreateSymbolicLink(Path.Combine(models, name), Path.Combine(Repository.Root, "models", name));
        TinyModels.WriteSignalsTo(models);
        environment["Models__Path"] = models;
    }
}

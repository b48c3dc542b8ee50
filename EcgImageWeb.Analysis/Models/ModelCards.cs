using EcgImageWeb.Inference.Models;

namespace EcgImageWeb.Analysis.Models;

/// <summary>Reads the cards from the folder of models.</summary>
public sealed class ModelCards : IModelCards
{
    private const string CardFile = "card.md";

    /// <summary>Reads every <c>models/NAME/</c> that has a manifest.</summary>
    /// <param name="folder">The folder <c>models</c>; may be missing.</param>
    /// <exception cref="ModelException">A manifest is not valid.</exception>
    public ModelCards(string folder) =>
        All = Directory.Exists(folder)
            ? [.. Directory.GetDirectories(folder)
                .Where(model => File.Exists(Path.Combine(model, ModelManifest.FileName)))
                .Order(StringComparer.Ordinal)
                .Select(Read)]
            : [];

    /// <inheritdoc/>
    public IReadOnlyList<ModelCard> All { get; }

    private static ModelCard Read(string model)
    {
        var manifest = ModelManifest.Parse(File.ReadAllText(Path.Combine(model, ModelManifest.FileName)));
        var file = new FileInfo(Path.Combine(model, manifest.File));
        var card = Path.Combine(model, CardFile);
        return new ModelCard(manifest, file.Exists ? file.Length : null, File.Exists(card) ? File.ReadAllText(card) : "");
    }
}

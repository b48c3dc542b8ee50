using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Models;

/// <summary>A model of report pages: which examples it makes of pages, and how it learns from them.</summary>
public abstract class ImageModel
{
    /// <summary>All of them: the paper's two and the project's own.</summary>
    public static IReadOnlyList<ImageModel> All { get; } = [new LeadImageModel(ImageNetworks.Cnn), new LeadImageModel(ImageNetworks.Crnn), new PageModel()];

    /// <summary>Name, as in <c>models/NAME</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether held-out pages decide which epoch of its training is kept.</summary>
    public abstract bool ChoosesEpoch { get; }

    /// <summary>What it takes in, for the manifest.</summary>
    public abstract System.Text.Json.Nodes.JsonObject Preprocessing { get; }

    /// <summary>The model of that name.</summary>
    /// <param name="name">cnn, crnn or page.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ImageModel Named(string name)
        => All.FirstOrDefault(model => model.Name == name) ?? throw new ArgumentException($"There is no image model '{name}'; there are: {string.Join(", ", All.Select(model => model.Name))}.", nameof(name));

    /// <summary>The examples of some pages, the same number for every page and page by page.</summary>
    /// <param name="reports">The pages.</param>
    /// <param name="chosen">Indices of the pages, repetitions allowed.</param>
    public abstract IExamples Examples(ReportSet reports, IReadOnlyList<int> chosen);

    /// <summary>Learns.</summary>
    /// <param name="reports">The pages.</param>
    /// <param name="train">Indices of the pages to learn from.</param>
    /// <param name="validation">Indices of pages that may decide which epoch is kept; null if a model that chooses must set pages of its own aside.</param>
    /// <param name="fit">Folder, seed, epochs, progress.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public abstract ModelFit Fit(ReportSet reports, IReadOnlyList<int> train, IReadOnlyList<int>? validation, FitOptions fit, CancellationToken cancellationToken);
}

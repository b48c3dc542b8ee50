using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Inference;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Leads;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Analysis;

/// <summary>Asks the image models about a page: which input each wants, and how its answer becomes the page's.</summary>
/// <param name="library">Where the models are; owned by the caller.</param>
public sealed class ImageModels(ModelLibrary library)
{
    private readonly Lazy<InkNetwork?> ink = new(() => InkNetwork.Of(library));

    private static readonly string[] StandardLeads = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

    /// <summary>The image models there are.</summary>
    public IReadOnlyList<ModelManifest> Manifests { get; } = [.. library.Manifests.Where(manifest => manifest.Task == ModelTask.Image)];

    /// <summary>The network that tells trace ink apart, loaded when it is first asked for; null where there is none.</summary>
    /// <exception cref="ModelException">Its file is damaged.</exception>
    public InkNetwork? Ink => ink.Value;

    /// <summary>Asks the models of <paramref name="options"/>.</summary>
    /// <param name="options">Which models, and how leads are combined.</param>
    /// <param name="page">The upright page.</param>
    /// <param name="leads">Its lead images.</param>
    /// <param name="traces">Their traces, in the same order.</param>
    /// <param name="cancellationToken">Stops between and inside models.</param>
    /// <exception cref="ModelException">A model's file is damaged.</exception>
    public ImageAnswers Ask(
        AnalysisOptions options,
        UprightPage page,
        IReadOnlyList<LeadImage> leads,
        IReadOnlyList<LeadTrace> traces,
        CancellationToken cancellationToken)
    {
        var asked = Manifests.Where(manifest => options.Models is null || options.Models.Contains(manifest.Name)).ToArray();
        var pages = new Dictionary<string, PageClass>();
        var byLead = new Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, double>>>();
        var notes = Notes(options).ToList();
        float[]? leadInput = null;
        foreach (var manifest in asked)
        {
            var model = library.Get(manifest.Name);
            if (ModelInputKind.Of(manifest) == ModelInputKind.PageTraces)
            {
                if (Standard(leads, traces) is not { } ordered)
                {
                    notes.Add(new Note("model-not-for-this-layout", $"The model '{manifest.Name}' learned from reports of twelve leads of just 2.5 s and a rhythm strip of just 10 s, and answers for such pages only."));
                    continue;
                }
                var row = model.Run(PageInput.From(page, ordered), [1, PageInput.Length], cancellationToken)[0];
                pages[manifest.Name] = WholePage(manifest, row);
            }
            else
            {
                leadInput ??= NetworkInput.Batch(leads);
                var rows = model.Run(leadInput, [leads.Count, NetworkInput.Channels, NetworkInput.Side, NetworkInput.Side], cancellationToken);
                byLead[manifest.Name] = [.. rows.Select(row => ImageAnswers.ByClass(manifest.Labels, Array.ConvertAll(row, p => (double)p)))];
                pages[manifest.Name] = Combined(manifest, rows, options.Aggregation);
            }
        }
        return new ImageAnswers(
            pages.Count == 0 ? null : pages,
            byLead,
            [.. asked.Where(manifest => pages.ContainsKey(manifest.Name)).Select(manifest => new ModelInfo(manifest.Name, manifest.Version, manifest.Sha256))],
            notes);
    }

    // PageInput takes the leads by their order and length; other layouts of thirteen strips (6x2+1) would be misread. Names
    // decide, not places: a person may have said that two leads were taken for each other.
    private static LeadTrace[]? Standard(IReadOnlyList<LeadImage> leads, IReadOnlyList<LeadTrace> traces)
    {
        if (leads.Count != StandardLeads.Length + 1 || !leads[^1].Place.IsRhythm || !Lasts(leads[^1], 10))
            return null;
        var places = StandardLeads.Select(name => Enumerable.Range(0, StandardLeads.Length).Where(i => leads[i].Place.Name == name && Lasts(leads[i], 2.5)).ToArray()).ToArray();
        return places.All(place => place.Length == 1) ? [.. places.Select(place => traces[place[0]]), traces[^1]] : null;
    }

    private static bool Lasts(LeadImage lead, double seconds) => Math.Abs(lead.Place.EndS - lead.Place.StartS - seconds) < 0.01;

    private static PageClass WholePage(ModelManifest manifest, float[] row)
    {
        var probabilities = Array.ConvertAll(row, p => (double)p);
        return new PageClass(
            manifest.Labels[probabilities.AsSpan().IndexOf(probabilities.Max())],
            Aggregation: null,
            ImageAnswers.ByClass(manifest.Labels, probabilities),
            Agreement: null,
            ByAggregation: null);
    }

    private static PageClass Combined(ModelManifest manifest, float[][] rows, AggregationMethod method)
    {
        var votes = Aggregation.CombineAll(rows);
        var chosen = votes.First(vote => vote.Method == method);
        return new PageClass(
            manifest.Labels[chosen.ClassIndex],
            Aggregation.NameOf(method),
            ImageAnswers.ByClass(manifest.Labels, chosen.Probabilities),
            Math.Round(chosen.Agreement, 4),
            votes.ToDictionary(vote => Aggregation.NameOf(vote.Method), vote => ImageAnswers.ByClass(manifest.Labels, vote.Probabilities)));
    }

    private IEnumerable<Note> Notes(AnalysisOptions options)
    {
        foreach (var name in options.Models ?? [])
            if (library.Manifests.All(manifest => manifest.Name != name))
                yield return new Note("model-missing", $"There is no model named '{name}'; there are: {string.Join(", ", library.Manifests.Select(m => m.Name))}.");
        if (library.Device.Notice is { } notice)
            yield return new Note("device-fallback", notice);
    }
}

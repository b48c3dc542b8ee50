using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Models;

/// <summary>
/// The evaluation of the image models, in parts that can be run one at a time: <c>a</c> (the paper's protocol), <c>b</c> (the honest split) and
/// <c>cv1</c> … <c>cv5</c> (folds by group). What a part found is kept in the results folder; a part that is there is not run again.
/// </summary>
/// <param name="dataFolder">Holds ecg-report-images.</param>
/// <param name="cacheFolder">Prepared pages.</param>
/// <param name="resultsFolder">One folder a model and part: result.json, weights, history.</param>
public sealed class ImageModelEvaluation(string dataFolder, string cacheFolder, string resultsFolder)
{
    private const int Seed = 1, FoldCount = 5;


    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly Lazy<ReportSet> _plain = new(() => ReportSet.Load(dataFolder, cacheFolder));
    private readonly Lazy<ReportSet> _blanked = new(() => ReportSet.Load(dataFolder, cacheFolder, blanked: true));

    /// <summary>The parts of every model.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["a", "b", .. Enumerable.Range(1, FoldCount).Select(fold => $"cv{fold}")];

    /// <summary>Epochs at most of the parts that are run; null for each model's own number.</summary>
    public int? Epochs { get; init; }

    /// <summary>The report pages and what the pipeline makes of them; prepared or taken from the cache at the first use.</summary>
    public ReportSet Reports => _plain.Value;

    /// <summary>The answers of all folds of a model; none as long as a fold has not been run.</summary>
    /// <param name="model">The model's name.</param>
    public IReadOnlyList<PagePrediction> CrossValidated(string model)
    {
        var folds = Parts.Where(part => part.StartsWith("cv", StringComparison.Ordinal)).Select(part => Find(model, part)).ToArray();
        return folds.Any(fold => fold is null) ? [] : [.. folds.SelectMany(fold => fold!.Validation)];
    }

    /// <summary>The result of a part, if it has been run.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="part">One of <see cref="Parts"/>.</param>
    public PartResult? Find(string model, string part)
    {
        var file = ResultFile(model, part);
        if (!File.Exists(file)) return null;
        using var stream = File.OpenRead(file);
        return JsonSerializer.Deserialize<PartResult>(stream, Json);
    }

    /// <summary>What a part that has been run learned.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="part">One of <see cref="Parts"/>.</param>
    /// <exception cref="DirectoryNotFoundException">It has not been run.</exception>
    public Ensemble Ensemble(string model, string part)
    {
        var files = Directory.GetFiles(Path.Combine(resultsFolder, $"{model}-{part}"), "weights-*.safetensors").Order(StringComparer.Ordinal);
        return ImageModel.Named(model).Assemble([.. files.Select(WeightsFile.Read)]);
    }

    /// <summary>Runs a part, or gives its result if it has been run; a part that was killed goes on from its last epoch.</summary>
    /// <param name="modelName">The model's name.</param>
    /// <param name="part">One of <see cref="Parts"/>.</param>
    /// <param name="progress">Told after every training step.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public PartResult Run(string modelName, string part, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (Find(modelName, part) is { } known) return known;
        var clock = Stopwatch.StartNew();
        var model = ImageModel.Named(modelName);
        var pages = _plain.Value.Pages;
        var (split, validationChooses) = Sides(pages, part);
        var folder = Path.Combine(resultsFolder, $"{modelName}-{part}");
        var fit = model.Fit(
            _plain.Value, split.Train, validationChooses ? split.Validation : null, new FitOptions(folder, Resume: true, Epochs, Seed, progress, EveryEpoch: part == "a"), cancellationToken);
        for (var member = 0; member < fit.Ensemble.Members.Count; member++)
            WeightsFile.Write(Path.Combine(folder, $"weights-{member}.safetensors"), fit.Ensemble.Members[member].Weights);

        var result = new PartResult(
            modelName, part, fit.History, fit.BestEpoch, split.Train.Count,
            Predict(model, fit.Ensemble, _plain.Value, split.Validation, cancellationToken),
            Predict(model, fit.Ensemble, _plain.Value, split.Test, cancellationToken),
            part == "a" ? [] : Predict(model, fit.Ensemble, _blanked.Value, split.Validation, cancellationToken),
            clock.Elapsed.TotalSeconds);
        AtomicFile.Write(ResultFile(modelName, part), stream => JsonSerializer.Serialize(stream, result, Json));
        foreach (var checkpoint in Directory.GetFiles(folder, "checkpoint.zip", SearchOption.AllDirectories)) File.Delete(checkpoint);
        return result;
    }

    /// <summary>The sides of a part, and whether its validation pages may choose the epoch, as the paper's do.</summary>
    private static (Split Split, bool ValidationChooses) Sides(IReadOnlyList<ReportPage> pages, string part) => part switch
    {
        "a" => (Protocols.PublishedFiles(pages, Seed), true),
        "b" => (Protocols.DistinctPages(pages), true),
        _ when Parts.Contains(part) => (Protocols.Folds(pages, FoldCount, Seed)[part[^1] - '1'], false),
        _ => throw new ArgumentException($"There is no part '{part}'; there are: {string.Join(", ", Parts)}.", nameof(part)),
    };

    /// <summary>What a model answers for pages, one row of probabilities an example.</summary>
    internal static PagePrediction[] Predict(ImageModel model, Ensemble ensemble, ReportSet set, IReadOnlyList<int> chosen, CancellationToken cancellationToken)
    {
        if (chosen.Count == 0) return [];
        var rows = Predictor.Probabilities(ensemble, model.Examples(set, chosen), cancellationToken: cancellationToken).Select(Single).Chunk(model.Examples(set, [chosen[0]]).Count).ToArray();
        return [.. chosen.Select((page, index) => new PagePrediction(set.Pages[page].Id, set.Pages[page].Group, set.Pages[page].Class, rows[index]))];
    }

    private static float[] Single(double[] probabilities) => Array.ConvertAll(probabilities, value => (float)value);

    private string ResultFile(string model, string part) => Path.Combine(resultsFolder, $"{model}-{part}", "result.json");
}

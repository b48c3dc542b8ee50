using System.Text.Json.Nodes;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Networks;
using EcgImageWeb.Training.Networks.Layers;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Training.Models;

/// <summary>
/// The project's own model: sees all leads of a page at once. Half of its answer comes from networks on the traces, half from a logistic
/// regression on what is measured on them. It chooses no epoch, so it needs no pages for that.
/// </summary>
public sealed class PageModel : ImageModel
{
    /// <summary>Networks on the traces; their mean is steadier than one.</summary>
    private const int TraceNetworks = 3;

    /// <summary>Share of the answer that comes from the regression.</summary>
    private const double MeasuresShare = 0.5;

    /// <summary>Inverse penalty of the regression.</summary>
    private const double RegressionC = 0.02;

    /// <inheritdoc/>
    public override string Name => "page";

    /// <inheritdoc/>
    public override bool ChoosesEpoch => false;

    /// <inheritdoc/>
    public override JsonObject Preprocessing => new()
    {
        ["kind"] = "page-traces",
        ["sample_rate_hz"] = PageInput.SampleRateHz,
        ["steps"] = "traces in mV around each lead's median: twelve leads of 250 samples in the order of the columns, the rhythm strip of 1000; "
            + "then 11 measures of rate and rhythm and 19 of each lead's median beat",
    };

    /// <inheritdoc/>
    public override Ensemble Assemble(IReadOnlyList<Weights> weights) => new(
        [.. weights.SkipLast(1).Select(each => new TrainedNetwork(PageNetworks.Traces, each)), new TrainedNetwork(PageNetworks.Measures, weights[^1])],
        [.. weights.SkipLast(1).Select(_ => (1 - MeasuresShare) / (weights.Count - 1)), MeasuresShare]);

    /// <inheritdoc/>
    public override IExamples Examples(ReportSet reports, IReadOnlyList<int> chosen) => new PageExamples(reports, chosen);

    /// <inheritdoc/>
    public override ModelFit Fit(ReportSet reports, IReadOnlyList<int> train, IReadOnlyList<int>? validation, FitOptions fit, CancellationToken cancellationToken)
    {
        var examples = Examples(reports, train);
        var measured = train.Select(index => reports.Prepared[index].PageInput[PageInput.Samples..]).ToArray();
        var rhythm = Standardize.Fit([.. measured.Select(measures => measures[..PageFeatures.RhythmCount])]);
        var start = new Weights(rhythm.ToDictionary(entry => "0.1.1." + entry.Key, entry => entry.Value));
        var options = new TrainingOptions
        {
            Epochs = fit.Epochs ?? 45,
            LearningRate = 0.003,
            Rate = Schedule.Cosine(warmUp: 0.1),
            WeightDecay = 0.01,
            Keep = EpochChoice.Last,
            AverageDecay = 0.98,
            GradientNorm = 5,
            Augment = PageAugmentation.Apply,
            // Classes are drawn by the root of their size: 18 pages of infarctions are seen often, but not as often as 149 abnormal ones.
            Order = Sampling.Balanced(0.5),
        };
        var results = Enumerable.Range(0, TraceNetworks).Select(member => Trainer.Fit(
            PageNetworks.Traces, examples, validation is null ? null : Examples(reports, validation), options with { Seed = fit.Seed * 100 + member },
            Path.Combine(fit.Folder, $"network-{member}"), fit.Resume, start, fit.Progress, cancellationToken)).ToArray();

        var regression = Regression(measured, [.. train.Select(index => reports.Pages[index].Class)]);
        return new ModelFit(Assemble([.. results.Select(result => result.Trained.Weights), regression]), results[0].History, results[0].BestEpoch);
    }

    private static Weights Regression(IReadOnlyList<float[]> measured, IReadOnlyList<int> labels)
    {
        const double Limit = 4;
        var scale = Standardize.Fit(measured);
        var (mean, deviation) = (scale["mean"].Values, scale["deviation"].Values);
        var standardised = measured.Select(measures => measures.Select((value, index) => Math.Clamp((value - mean[index]) / (double)deviation[index], -Limit, Limit)).ToArray()).ToArray();
        var dense = LogisticRegression.Fit(standardised, labels, ImageNetworks.Labels.Count, RegressionC);
        return new Weights(
            scale.Select(entry => ("1." + entry.Key, entry.Value)).Concat(dense.Select(entry => ("2." + entry.Key, entry.Value)))
                .ToDictionary(entry => entry.Item1, entry => entry.Value));
    }
}

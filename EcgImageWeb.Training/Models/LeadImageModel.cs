using System.Text.Json.Nodes;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Models;

/// <summary>A model of the paper: every lead image is an example; Adam 0.001, at most 20 epochs, the epoch with the smallest validation loss is kept.</summary>
/// <param name="network">The network.</param>
public sealed class LeadImageModel(Network network) : ImageModel
{
    /// <summary>Epochs without a smaller validation loss before the training stops; the paper stops early but does not say when.</summary>
    private const int Patience = 3;

    /// <summary>Where the epoch may not be chosen on the pages that are measured, it is chosen on one of so many parts of the training pages.</summary>
    private const int SelectionShare = 8;

    /// <inheritdoc/>
    public override string Name => network.Name;

    /// <inheritdoc/>
    public override bool ChoosesEpoch => true;

    /// <inheritdoc/>
    public override JsonObject Preprocessing => new()
    {
        ["kind"] = "lead-image",
        ["steps"] = "gray, box, Gaussian sigma 1 px, Otsu's threshold, binary, 150x150, three equal channels in 0 to 1",
    };

    /// <inheritdoc/>
    public override Ensemble Assemble(IReadOnlyList<Weights> weights) => Ensemble.Of(new TrainedNetwork(network, weights[0]));

    /// <inheritdoc/>
    public override IExamples Examples(ReportSet reports, IReadOnlyList<int> chosen) => new LeadImageExamples(reports.Pages, reports.Prepared, chosen);

    /// <inheritdoc/>
    public override ModelFit Fit(ReportSet reports, IReadOnlyList<int> train, IReadOnlyList<int>? validation, FitOptions fit, CancellationToken cancellationToken)
    {
        if (validation is null)
        {
            var inner = Protocols.Folds([.. train.Select(index => reports.Pages[index])], SelectionShare, fit.Seed)[0];
            (train, validation) = ([.. inner.Train.Select(index => train[index])], [.. inner.Validation.Select(index => train[index])]);
        }

        var options = fit.EveryEpoch
            ? new TrainingOptions { Keep = EpochChoice.BestAccuracy, Seed = fit.Seed }
            : new TrainingOptions { Patience = Patience, Seed = fit.Seed };
        if (fit.Epochs is { } epochs) options = options with { Epochs = epochs };
        var result = Trainer.Fit(network, Examples(reports, train), Examples(reports, validation), options, fit.Folder, fit.Resume, progress: fit.Progress, cancellationToken: cancellationToken);
        return new ModelFit(Ensemble.Of(result.Trained), result.History, result.BestEpoch);
    }
}

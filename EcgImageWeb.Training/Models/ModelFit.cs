using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Models;

/// <summary>What an image model learned.</summary>
/// <param name="Ensemble">What it answers with, at temperature 1.</param>
/// <param name="History">Epochs of its (first) network.</param>
/// <param name="BestEpoch">The epoch that was kept.</param>
public sealed record ModelFit(Ensemble Ensemble, IReadOnlyList<EpochRecord> History, int BestEpoch);

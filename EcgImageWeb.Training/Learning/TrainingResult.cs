using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Learning;

/// <summary>What a training gave.</summary>
/// <param name="Trained">The network with its kept weights.</param>
/// <param name="History">Every epoch.</param>
/// <param name="BestEpoch">The epoch whose weights were kept.</param>
public sealed record TrainingResult(TrainedNetwork Trained, IReadOnlyList<EpochRecord> History, int BestEpoch);

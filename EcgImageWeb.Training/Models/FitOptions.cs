using EcgImageWeb.Training.Learning;

namespace EcgImageWeb.Training.Models;

/// <summary>What a caller decides about a training.</summary>
/// <param name="Folder">Checkpoint and history go here.</param>
/// <param name="Resume">Whether to go on from a checkpoint there.</param>
/// <param name="Epochs">Epochs at most; null for the model's own number.</param>
/// <param name="Seed">Decides everything random.</param>
/// <param name="Progress">Told after every step.</param>
/// <param name="EveryEpoch">Whether a model that else stops early runs through all epochs and keeps the one of the best validation accuracy: how the paper's figures came about.</param>
public sealed record FitOptions(
    string Folder, bool Resume, int? Epochs = null, int Seed = 1, IProgress<TrainingProgress>? Progress = null, bool EveryEpoch = false);

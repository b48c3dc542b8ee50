namespace EcgImageWeb.Training.Learning;

/// <summary>One row of a training's history.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Mean training loss.</param>
/// <param name="Accuracy">Training accuracy, 0 to 1, while learning (with dropout and augmentation).</param>
/// <param name="ValidationLoss">Validation loss; null without validation examples.</param>
/// <param name="ValidationAccuracy">Validation accuracy, 0 to 1.</param>
/// <param name="LearningRate">Rate of the last step.</param>
/// <param name="Seconds">Time the epoch took.</param>
public sealed record EpochRecord(int Epoch, double Loss, double Accuracy, double? ValidationLoss, double? ValidationAccuracy, double LearningRate, double Seconds);

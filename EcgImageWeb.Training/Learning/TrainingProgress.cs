namespace EcgImageWeb.Training.Learning;

/// <summary>Where a training stands, after every step.</summary>
/// <param name="Name">The network.</param>
/// <param name="Epoch">Current epoch, from 1.</param>
/// <param name="Epochs">Epochs at most.</param>
/// <param name="Step">Steps done in this epoch.</param>
/// <param name="Steps">Steps of an epoch.</param>
/// <param name="Loss">Mean training loss of this epoch so far.</param>
/// <param name="Accuracy">Mean training accuracy of this epoch so far, 0 to 1.</param>
/// <param name="ValidationLoss">Validation loss of the epoch before, if there was one.</param>
/// <param name="ValidationAccuracy">Validation accuracy of the epoch before.</param>
/// <param name="Remaining">Estimated time to the last epoch.</param>
public sealed record TrainingProgress(
    string Name, int Epoch, int Epochs, int Step, int Steps, double Loss, double Accuracy,
    double? ValidationLoss, double? ValidationAccuracy, TimeSpan Remaining);

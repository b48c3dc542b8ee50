using EcgImageWeb.Training.Learning;

namespace EcgImageWeb.Training.Models;

/// <summary>One part of the evaluation: one training and its answers for pages that were held out.</summary>
/// <param name="Model">The model.</param>
/// <param name="Part">The protocol or fold.</param>
/// <param name="History">Epochs of the (first) training.</param>
/// <param name="BestEpoch">The epoch that was kept.</param>
/// <param name="TrainPages">Pages learned from, repetitions counted.</param>
/// <param name="Validation">Answers for the validation side.</param>
/// <param name="Test">Answers for the test side; empty where there is none.</param>
/// <param name="Blanked">Answers for the validation side with everything blanked that is not ECG; empty in protocol (a).</param>
/// <param name="Seconds">How long it took.</param>
public sealed record PartResult(
    string Model,
    string Part,
    IReadOnlyList<EpochRecord> History,
    int BestEpoch,
    int TrainPages,
    IReadOnlyList<PagePrediction> Validation,
    IReadOnlyList<PagePrediction> Test,
    IReadOnlyList<PagePrediction> Blanked,
    double Seconds);

using EcgImageWeb.Training.Learning;

namespace EcgImageWeb.Training.Models;

/// <summary>One part of a signal experiment: one training and its answers for what was held out.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Part">The division (<see cref="Data.SignalProtocols"/>).</param>
/// <param name="History">The epochs.</param>
/// <param name="BestEpoch">The epoch that was kept.</param>
/// <param name="TrainExamples">Examples learned from.</param>
/// <param name="Patients">The person of each held-out example.</param>
/// <param name="Truth">The class of each.</param>
/// <param name="Answers">The answered class of each.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Machine">Where.</param>
public sealed record SignalPartResult(
    string Experiment, string Part, IReadOnlyList<EpochRecord> History, int BestEpoch, int TrainExamples,
    IReadOnlyList<string> Patients, IReadOnlyList<int> Truth, IReadOnlyList<int> Answers, double Seconds, string Machine);

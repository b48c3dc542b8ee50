namespace EcgImageWeb.Training.Models;

/// <summary>An experiment whose networks answer together with those of others.</summary>
/// <param name="Experiment">The experiment; what it learned is used as it is.</param>
/// <param name="Share">The weight of its probabilities; those of all that are joined sum to 1.</param>
/// <param name="Start">Where its input begins within the joint one.</param>
public sealed record Joined(SignalExperiment Experiment, double Share, int Start);

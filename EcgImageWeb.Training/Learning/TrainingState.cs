using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Learning;

/// <summary>What a training knows besides module and optimizer.</summary>
internal sealed record TrainingState(IReadOnlyList<EpochRecord> History, Weights? Best, int BestEpoch, double BestCost)
{
    public static readonly TrainingState Start = new([], null, 0, double.NaN);
}

using EcgImageWeb.Training.Data;

namespace EcgImageWeb.Training.Learning;

/// <summary>How a network learns. The defaults are the paper's (ECG Classification using Deep Learning, IV.A): Adam 0.001, 20 epochs.</summary>
public sealed record TrainingOptions
{
    /// <summary>Times every example is seen at most.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Examples a step.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Adam's learning rate before the schedule.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>Factor on the learning rate by the share of the training that is done, 0 to 1; see <see cref="Schedule"/>.</summary>
    public Func<double, double> Rate { get; init; } = Schedule.Constant;

    /// <summary>Decoupled weight decay (AdamW); 0 for plain Adam.</summary>
    public double WeightDecay { get; init; }

    /// <summary>What is made smaller.</summary>
    public Loss Loss { get; init; } = Loss.CrossEntropy;

    /// <summary>Decides weights, order, dropout and augmentation.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Stops after so many epochs without a better one by <see cref="Keep"/>; null never stops early.</summary>
    public int? Patience { get; init; }

    /// <summary>Which epoch's weights are the result; without validation examples the last one's.</summary>
    public EpochChoice Keep { get; init; } = EpochChoice.SmallestLoss;

    /// <summary>Decay a step of a running mean of the weights, which is then what is validated and kept; null for the weights themselves.</summary>
    public double? AverageDecay { get; init; }

    /// <summary>
    /// LibTorch's threads; null for as many as are set. One is fastest where recurrent layers take hundreds of steps: each is too small to be shared, and threads wait for each other.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>Largest norm of all gradients together; null for any.</summary>
    public double? GradientNorm { get; init; }

    /// <summary>Changes each training batch; the random numbers are all it may depend on besides.</summary>
    public Func<Batch, Random, Batch>? Augment { get; init; }

    /// <summary>The examples of one epoch in order; by default all of them, shuffled.</summary>
    public Func<IExamples, Random, int[]> Order { get; init; } = Sampling.Shuffled;
}

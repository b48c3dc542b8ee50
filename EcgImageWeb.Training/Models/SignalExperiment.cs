using EcgImageWeb.Inference.Models;
using EcgImageWeb.Signal.DataSets;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Models;

/// <summary>One row of a table: a network on a data set, how it learns, and what the paper prints for it.</summary>
/// <param name="Name">NETWORK@SET, as given to the commands.</param>
/// <param name="Network">The network.</param>
/// <param name="Set">The examples.</param>
/// <param name="Options">How it learns, with our number of epochs.</param>
/// <param name="Parts">The divisions it is measured with, the paper's first.</param>
/// <param name="Preparation">What is done to a recording before the network, for cards and manifests.</param>
/// <param name="PaperEpochs">Epochs of the paper; null where it states none.</param>
public sealed record SignalExperiment(
    string Name, Network Network, Func<SignalSets, SignalSet> Set, TrainingOptions Options, IReadOnlyList<string> Parts, string Preparation, int? PaperEpochs = null)
{
    /// <summary>What the paper prints; null for our own.</summary>
    public PaperFigures? Printed { get; init; }

    /// <summary>The preparation as the manifest tells it to whoever asks the model; null for what does not ship.</summary>
    public SignalInput? Input { get; init; }

    /// <summary>Augmentation of training batches; null for none.</summary>
    public Func<SignalSets, SignalAugmentation>? Augmentation { get; init; }

    /// <summary>Mixing of training examples, behind the augmentation; null for none.</summary>
    public Mixup? Mixup { get; init; }

    /// <summary>
    /// What is learned from in place of the training side's examples: made of its records and no others, so it is for protocols that divide by record;
    /// null for the examples themselves.
    /// </summary>
    public Func<SignalSets, IReadOnlySet<string>, SignalSet>? Lessons { get; init; }

    /// <summary>Networks that learn the same with other seeds; the answer is the mean of their probabilities.</summary>
    public int Members { get; init; } = 1;

    /// <summary>
    /// Whether the answers are of classes as often as the training side has them, though <see cref="Oversampled"/> draws them alike: once the network has learned, the logarithm of
    /// each class's share is added to its output (Saerens, Latinne and Decaestecker 2002). The paper leaves it out; then a rare class is answered too often.
    /// </summary>
    public bool AnswersByFrequency { get; init; }

    /// <summary>Experiments whose networks are this one's; then nothing is learned here. Empty for none.</summary>
    public IReadOnlyList<Joined> Joins { get; init; } = [];

    /// <summary>Whether the epoch is chosen by a validation side.</summary>
    public bool ChoosesEpoch => Options.Patience is not null;

    /// <summary>Random oversampling of the training side (SEVGGNet paper, section 3.2), drawn anew each epoch.</summary>
    /// <param name="examples">The training side, in memory.</param>
    /// <param name="random">Source of chance.</param>
    public static int[] Oversampled(IExamples examples, Random random) => Oversampling.Balance(((ArrayExamples)examples).Labels, random);
}

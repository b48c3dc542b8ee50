using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Models;

/// <summary>
/// The evaluation of the signal models, in parts that can be run one at a time: each is one training. What a part found is kept in the results folder;
/// a part that is there is not run again, one that was killed goes on from its last epoch.
/// </summary>
/// <param name="sets">The data.</param>
/// <param name="resultsFolder">One folder an experiment and part: result.json, weights, history.</param>
public sealed class SignalEvaluation(SignalSets sets, string resultsFolder)
{
    private const int Seed = 1;

    private const string WeightsName = "weights.safetensors";

    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Epochs at most of the parts that are run; null for each experiment's own number.</summary>
    public int? Epochs { get; init; }

    /// <summary>The result of a part, if it has been run.</summary>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="part">One of its parts.</param>
    public SignalPartResult? Find(string experiment, string part)
    {
        var file = Path.Combine(Folder(experiment, part), "result.json");
        if (!File.Exists(file)) return null;
        using var stream = File.OpenRead(file);
        return JsonSerializer.Deserialize<SignalPartResult>(stream, Json);
    }

    /// <summary>Runs a part, or gives its result if it has been run.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="part">One of its parts, or <see cref="SignalProtocols.All"/>.</param>
    /// <param name="progress">Told after every training step.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public SignalPartResult Run(SignalExperiment experiment, string part, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (Find(experiment.Name, part) is { } known) return known;
        if (experiment.Joins.Count > 0) return Join(experiment, part, progress, cancellationToken);
        var clock = Stopwatch.StartNew();
        var set = experiment.Set(sets);
        var split = SignalProtocols.Divide(set, part, experiment.ChoosesEpoch, Seed);
        var folder = Folder(experiment.Name, part);
        var options = experiment.Options with { Epochs = Epochs ?? experiment.Options.Epochs, Augment = Augment(experiment) };
        var train = experiment.Lessons is { } lessons
            ? Examples(experiment, lessons(sets, split.Train.Select(index => set.Records[index]).ToHashSet()))
            : Examples(experiment, set, split.Train);
        var validation = split.Validation.Count == 0 ? null : Examples(experiment, set, split.Validation);
        var fits = Members(experiment, folder).Select((member, index) => Trainer.Fit(
            experiment.Network, train, validation, options with { Seed = Seed + index }, member, resume: true, progress: progress, cancellationToken: cancellationToken)).ToArray();
        var trained = fits.Select(fit => experiment.AnswersByFrequency ? fit.Trained.WithAdded(LogShares(train)) : fit.Trained).ToArray();
        foreach (var (network, member) in trained.Zip(Members(experiment, folder))) WeightsFile.Write(Path.Combine(member, WeightsName), network.Weights);

        var answers = Answers(experiment, Ensemble.Of(trained), set, split, cancellationToken);
        var result = Keep(new SignalPartResult(
            experiment.Name, part, fits[0].History, fits[0].BestEpoch, train.Count,
            [.. split.Test.Select(index => set.Patients[index])], [.. split.Test.Select(index => set.Classes[index])], answers,
            fits.Sum(fit => fit.History.Sum(epoch => epoch.Seconds)), $"{Environment.ProcessorCount} CPU core(s)"));
        foreach (var member in Members(experiment, folder)) File.Delete(Path.Combine(member, "checkpoint.zip"));
        return result;
    }

    /// <summary>The answers of joined experiments together; those that have not been run yet are.</summary>
    private SignalPartResult Join(SignalExperiment experiment, string part, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var results = experiment.Joins.Select(joined => Run(joined.Experiment, part, progress, cancellationToken)).ToArray();
        var set = experiment.Set(sets);
        var split = SignalProtocols.Divide(set, part, experiment.ChoosesEpoch, Seed);
        var trained = Trained(experiment, part);
        var answers = Answers(experiment, trained, set, split, cancellationToken);
        return Keep(results[0] with
        {
            Experiment = experiment.Name,
            Patients = [.. split.Test.Select(index => set.Patients[index])],
            Truth = [.. split.Test.Select(index => set.Classes[index])],
            Answers = answers,
            Seconds = results.Sum(result => result.Seconds),
        });
    }

    private static int[] Answers(SignalExperiment experiment, Ensemble ensemble, SignalSet set, Split split, CancellationToken cancellationToken)
        => split.Test.Count == 0 ? [] : [.. Predictor.Probabilities(ensemble, Examples(experiment, set, split.Test), experiment.Options.BatchSize, cancellationToken).Select(row => Array.IndexOf(row, row.Max()))];

    private SignalPartResult Keep(SignalPartResult result)
    {
        AtomicFile.Write(Path.Combine(Folder(result.Experiment, result.Part), "result.json"), stream => JsonSerializer.Serialize(stream, result, Json));
        return result;
    }

    /// <summary>Deletes what a part found and its checkpoint, so that it is run anew.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="part">The part.</param>
    public void Forget(SignalExperiment experiment, string part)
    {
        var folder = Folder(experiment.Name, part);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        foreach (var joined in experiment.Joins) Forget(joined.Experiment, part);
    }

    /// <summary>What a part that has been run learned.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="part">The part.</param>
    public Ensemble Trained(SignalExperiment experiment, string part)
    {
        if (experiment.Joins.Count == 0)
            return Ensemble.Of([.. Members(experiment, Folder(experiment.Name, part)).Select(member => new TrainedNetwork(experiment.Network, WeightsFile.Read(Path.Combine(member, WeightsName))))]);
        var members = experiment.Joins.SelectMany(joined =>
        {
            var own = Trained(joined.Experiment, part);
            return own.Members.Zip(own.Shares, (member, share) => (Network: member.Within(experiment.Network.Input, joined.Start), Share: share * joined.Share));
        }).ToArray();
        return new Ensemble([.. members.Select(member => member.Network)], [.. members.Select(member => member.Share)]);
    }

    /// <summary>The first examples of an experiment's set, to compare exported models on.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="count">How many, spread over the set.</param>
    public IExamples Sample(SignalExperiment experiment, int count)
    {
        var set = experiment.Set(sets);
        return Examples(experiment, set, [.. Enumerable.Range(0, count).Select(index => (int)((long)index * set.Count / count))]);
    }

    private Func<Batch, Random, Batch>? Augment(SignalExperiment experiment)
    {
        var (augmentation, mixup) = (experiment.Augmentation?.Invoke(sets), experiment.Mixup);
        if (augmentation is null && mixup is null) return null;
        return (batch, random) =>
        {
            if (augmentation is not null) batch = augmentation.Apply(batch, random);
            return mixup is null ? batch : mixup.Apply(batch, random);
        };
    }

    private static ArrayExamples Examples(SignalExperiment experiment, SignalSet set) => Examples(experiment, set, [.. Enumerable.Range(0, set.Count)]);

    private static ArrayExamples Examples(SignalExperiment experiment, SignalSet set, IReadOnlyList<int> chosen)
        => new(experiment.Network.Input, set.Labels.Count, [.. chosen.Select(index => set.Inputs[index])], [.. chosen.Select(index => set.Classes[index])]);

    private static double[] LogShares(ArrayExamples examples)
        => [.. Enumerable.Range(0, examples.Classes).Select(label => Math.Log((double)examples.Labels.Count(other => other == label) / examples.Count))];

    /// <summary>The first member's files lie in the part's folder, the others' below it.</summary>
    private static IEnumerable<string> Members(SignalExperiment experiment, string folder)
        => Enumerable.Range(1, experiment.Members).Select(member => member == 1 ? folder : Path.Combine(folder, $"member{member}"));

    private string Folder(string experiment, string part) => Path.Combine(resultsFolder, $"{experiment}-{part}");
}

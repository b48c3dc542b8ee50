using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Networks;
using EcgImageWeb.Training.Networks.Layers;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Tests;

public class TrainerTests
{
    private static readonly Network Network = new("tiny", new Shape(1, 16), new Sequence(
        new Conv(8, 3), new BatchNorm(), Activation.Relu, new GlobalPool(PoolKind.Maximum), new Dropout(0.2), new Dense(2)), ["up", "down"]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Learns_with_as_many_threads_as_it_is_told_and_leaves_them_as_they_were()
    {
        var before = get_num_threads();
        var seen = new HashSet<int>();
        Trainer.Fit(Network, Steps(16, 1), null, new TrainingOptions { Epochs = 1, BatchSize = 8, Threads = before + 1, Augment = (batch, _) => { seen.Add(get_num_threads()); return batch; } }, cancellationToken: Cancel);
        Assert.Equal([before + 1], seen);
        Assert.Equal(before, get_num_threads());
    }

    [Fact]
    public void Learns_to_tell_rising_from_falling_steps()
    {
        var result = Trainer.Fit(Network, Steps(64, 1), Steps(32, 2), new TrainingOptions { Epochs = 8, BatchSize = 8, LearningRate = 0.01 }, cancellationToken: Cancel);
        Assert.InRange(result.History[^1].ValidationAccuracy!.Value, 0.95, 1);
        var answers = Predictor.Probabilities(Ensemble.Of(result.Trained), Steps(32, 3), cancellationToken: Cancel);
        Assert.InRange(answers.Where((row, index) => (row[1] > 0.5) == (index % 2 == 1)).Count(), 30, 32);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(0.01, 0.9)]
    public void A_training_that_was_stopped_and_resumed_gives_what_an_uninterrupted_one_gives(double weightDecay, double? averageDecay)
    {
        var options = new TrainingOptions
        {
            Epochs = 4,
            BatchSize = 8,
            Rate = Schedule.Cosine(0.1),
            WeightDecay = weightDecay,
            AverageDecay = averageDecay,
            Augment = Noisy,
            Order = Sampling.Balanced(0.5),
            GradientNorm = 5,
        };
        var whole = Trainer.Fit(Network, Steps(40, 1), Steps(16, 2), options, cancellationToken: Cancel);

        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var progress = new Watch(at =>
        {
            if (at is { Epoch: 3, Step: 2 }) stop.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => Trainer.Fit(Network, Steps(40, 1), Steps(16, 2), options, folder.Path, progress: progress, cancellationToken: stop.Token));
        var resumed = Trainer.Fit(Network, Steps(40, 1), Steps(16, 2), options, folder.Path, resume: true, cancellationToken: Cancel);

        Assert.Equal(whole.History.Select(epoch => epoch with { Seconds = 0 }), resumed.History.Select(epoch => epoch with { Seconds = 0 }));
        Assert.All(whole.Trained.Weights.Tensors, entry => Assert.Equal(entry.Value.Values, resumed.Trained.Weights[entry.Key].Values));
        Assert.Equal(5, File.ReadAllLines(Path.Combine(folder.Path, "history.csv")).Length);
    }

    [Fact]
    public void Stops_when_the_validation_loss_no_longer_falls_and_keeps_the_best_epoch()
    {
        // Validation labels that contradict the training labels: the better it learns, the worse it gets.
        var contrary = Steps(32, 2) with { Labels = [.. Enumerable.Range(0, 32).Select(index => 1 - index % 2)] };
        var result = Trainer.Fit(Network, Steps(64, 1), contrary, new TrainingOptions { Epochs = 20, BatchSize = 8, LearningRate = 0.01, Patience = 2 }, cancellationToken: Cancel);
        Assert.Equal(result.BestEpoch + 2, result.History.Count);
        Assert.True(result.History.Count < 20);
    }

    [Fact]
    public void Keeps_the_epoch_of_the_best_accuracy_or_the_last_one_if_told_so()
    {
        var contrary = Steps(32, 2) with { Labels = [.. Enumerable.Range(0, 32).Select(index => 1 - index % 2)] };
        TrainingResult With(EpochChoice keep) => Trainer.Fit(
            Network, Steps(64, 1), contrary, new TrainingOptions { Epochs = 6, BatchSize = 8, LearningRate = 0.01, Keep = keep }, cancellationToken: Cancel);

        var best = With(EpochChoice.BestAccuracy);
        Assert.Equal(6, best.History.Count);
        Assert.Equal(best.History.MaxBy(epoch => epoch.ValidationAccuracy)!.Epoch, best.BestEpoch);
        Assert.Equal(6, With(EpochChoice.Last).BestEpoch);
    }

    [Fact]
    public void Balanced_sampling_draws_rare_classes_more_often()
    {
        var labels = Enumerable.Repeat(0, 90).Concat(Enumerable.Repeat(1, 10)).ToArray();
        var examples = new ArrayExamples(new Shape(1), 2, [.. labels.Select(_ => new float[1])], labels);
        int Rare(double balance) => Sampling.Balanced(balance)(examples, new Random(1)).Count(index => labels[index] == 1);
        Assert.Equal(10, Rare(0));
        Assert.Equal(25, Rare(0.5));
        Assert.Equal(50, Rare(1));
    }

    [Fact]
    public void Schedules_begin_and_end_where_they_should()
    {
        Assert.Equal(0, Schedule.Cosine(0.1)(0));
        Assert.Equal(1, Schedule.Cosine(0.1)(0.1), 6);
        Assert.Equal(0, Schedule.Cosine(0.1)(1), 6);
        Assert.Equal(0.04, Schedule.OneCycle()(0), 6);
        Assert.Equal(1, Schedule.OneCycle()(0.3), 6);
    }

    private static Batch Noisy(Batch batch, Random random)
    {
        for (var index = 0; index < batch.Inputs.Length; index++) batch.Inputs[index] += (float)(0.05 * random.NextDouble());
        return batch;
    }

    private static ArrayExamples Steps(int count, int seed)
    {
        var random = new Random(seed);
        var inputs = Enumerable.Range(0, count).Select(index =>
        {
            var at = random.Next(4, 12);
            return Enumerable.Range(0, 16).Select(sample => (float)(((sample < at) == (index % 2 == 1) ? 1 : -1) + 0.2 * random.NextDouble())).ToArray();
        });
        return new ArrayExamples(new Shape(1, 16), 2, [.. inputs], [.. Enumerable.Range(0, count).Select(index => index % 2)]);
    }

    private sealed class Watch(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value);
    }
}

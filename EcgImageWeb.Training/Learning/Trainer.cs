using System.Diagnostics;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Learning;

/// <summary>
/// Trains any network on any examples. Everything random of an epoch comes from the seed and the epoch's number, and a checkpoint is written
/// behind every epoch, so a training that was killed and resumed gives what an uninterrupted one gives.
/// </summary>
public static class Trainer
{
    /// <summary>The running mean of the weights begins short: after n steps its decay is at most n / (n + 10).</summary>
    private const double AverageWarmUp = 10;

    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    /// <summary>Trains.</summary>
    /// <param name="network">What learns.</param>
    /// <param name="train">What it learns from.</param>
    /// <param name="validation">What decides on the best epoch and on stopping; null keeps the last epoch.</param>
    /// <param name="options">How.</param>
    /// <param name="folder">Where checkpoint.zip and history.csv go; null keeps nothing.</param>
    /// <param name="resume">Whether to go on from the folder's checkpoint; without one it starts anew.</param>
    /// <param name="start">Weights to start from, for example of a pretraining; names they lack start at random.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellationToken">Stops between steps; the last checkpoint stays.</param>
    public static TrainingResult Fit(
        Network network,
        IExamples train,
        IExamples? validation,
        TrainingOptions options,
        string? folder = null,
        bool resume = false,
        Weights? start = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        if (train.Count == 0) throw new ArgumentException("There is nothing to learn from.", nameof(train));
        var threads = get_num_threads();
        try
        {
            set_num_threads(options.Threads ?? threads);
            return Fitted(network, train, validation, options, folder, resume, start, progress, cancellationToken);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    private static TrainingResult Fitted(
        Network network, IExamples train, IExamples? validation, TrainingOptions options, string? folder, bool resume, Weights? start, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        manual_seed(options.Seed);
        using var module = network.CreateModule();
        start?.CopyTo(module);
        using var average = options.AverageDecay is null ? null : network.CreateModule();
        if (average is not null) Weights.From(module).CopyTo(average);
        using var optimizer = options.WeightDecay > 0
            ? (OptimizerHelper)optim.AdamW(module.parameters(), options.LearningRate, Beta1, Beta2, Epsilon, options.WeightDecay)
            : optim.Adam(module.parameters(), options.LearningRate, Beta1, Beta2, Epsilon);
        var kept = average ?? module;

        var checkpoint = folder is null ? null : Path.Combine(folder, "checkpoint.zip");
        var state = resume && File.Exists(checkpoint) ? Checkpoint.Read(checkpoint, module, average, optimizer) : TrainingState.Start;
        while (state.History.Count < options.Epochs && !IsStopped(state, options))
        {
            var record = Epoch(network, module, average, optimizer, train, validation, options, state, progress, cancellationToken);
            var cost = Cost(record, options.Keep);
            var best = state.Best is null || cost is null || cost < state.BestCost;
            state = new TrainingState(
                [.. state.History, record],
                best ? Weights.From(kept) : state.Best,
                best ? record.Epoch : state.BestEpoch,
                best ? cost ?? double.NaN : state.BestCost);
            if (folder is null) continue;
            Checkpoint.Write(checkpoint!, module, average, optimizer, state);
            History.Write(Path.Combine(folder, "history.csv"), state.History);
        }

        return new TrainingResult(new TrainedNetwork(network, state.Best ?? Weights.From(kept)), state.History, state.BestEpoch);
    }

    /// <summary>What the kept epoch has least of; null where the last epoch is kept.</summary>
    private static double? Cost(EpochRecord record, EpochChoice keep) => keep switch
    {
        EpochChoice.SmallestLoss => record.ValidationLoss,
        EpochChoice.BestAccuracy => -record.ValidationAccuracy,
        _ => null,
    };

    private static bool IsStopped(TrainingState state, TrainingOptions options)
        => options.Patience is { } patience && state.BestEpoch > 0 && state.History.Count - state.BestEpoch >= patience;

    private static EpochRecord Epoch(
        Network network,
        nn.Module<Tensor, Tensor> module,
        nn.Module<Tensor, Tensor>? average,
        OptimizerHelper optimizer,
        IExamples train,
        IExamples? validation,
        TrainingOptions options,
        TrainingState state,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        var epoch = state.History.Count + 1;
        var clock = Stopwatch.StartNew();
        var random = new Random(unchecked(options.Seed * 1_000_003 + epoch));
        manual_seed(random.Next());
        var order = options.Order(train, random);
        var steps = (order.Length + options.BatchSize - 1) / options.BatchSize;
        var (lossSum, accuracySum, rate) = (0.0, 0.0, 0.0);

        module.train();
        for (var step = 0; step < steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rate = options.LearningRate * options.Rate((epoch - 1 + (double)step / steps) / options.Epochs);
            foreach (var group in optimizer.ParamGroups) group.LearningRate = rate;

            var indices = order.AsSpan(step * options.BatchSize, Math.Min(options.BatchSize, order.Length - step * options.BatchSize));
            var batch = Batch.Read(train, indices);
            if (options.Augment is { } augment) batch = augment(batch, random);
            var (loss, accuracy) = Step(module, average, optimizer, batch, train, options, (epoch - 1) * steps + step);
            lossSum += loss;
            accuracySum += accuracy;

            var last = state.History.Count == 0 ? null : state.History[^1];
            var remaining = clock.Elapsed / (step + 1) * (steps - step - 1)
                + (last is null ? clock.Elapsed / (step + 1) * steps : TimeSpan.FromSeconds(last.Seconds)) * (options.Epochs - epoch);
            progress?.Report(new TrainingProgress(
                network.Name, epoch, options.Epochs, step + 1, steps, lossSum / (step + 1), accuracySum / (step + 1),
                last?.ValidationLoss, last?.ValidationAccuracy, remaining));
        }

        var (validationLoss, validationAccuracy) = validation is null ? (null, null) : Measure(average ?? module, validation, options, cancellationToken);
        return new EpochRecord(epoch, lossSum / steps, accuracySum / steps, validationLoss, validationAccuracy, rate, clock.Elapsed.TotalSeconds);
    }

    private static (double Loss, double Accuracy) Step(
        nn.Module<Tensor, Tensor> module, nn.Module<Tensor, Tensor>? average, OptimizerHelper optimizer, Batch batch, IExamples examples, TrainingOptions options, int stepsDone)
    {
        using var scope = NewDisposeScope();
        var (inputs, targets) = ToTensors(batch, examples);
        optimizer.zero_grad();
        var outputs = module.call(inputs);
        var loss = options.Loss.Value(outputs, targets);
        loss.backward();
        if (options.GradientNorm is { } norm) nn.utils.clip_grad_norm_(module.parameters(), norm);
        optimizer.step();
        if (average is not null) Average(module, average, Math.Min(options.AverageDecay!.Value, (double)stepsDone / (stepsDone + AverageWarmUp)));
        using var noGrad = no_grad();
        return (loss.item<float>(), options.Loss.Accuracy(outputs.detach(), targets).item<float>());
    }

    /// <summary>Moves the running mean of parameters and statistics a step towards the present ones.</summary>
    private static void Average(nn.Module module, nn.Module average, double decay)
    {
        using var noGrad = no_grad();
        foreach (var (mean, now) in Weights.Named(average).Zip(Weights.Named(module))) mean.Value.mul_(decay).add_(now.Value, 1 - decay);
    }

    private static (double? Loss, double? Accuracy) Measure(
        nn.Module<Tensor, Tensor> module, IExamples examples, TrainingOptions options, CancellationToken cancellationToken)
    {
        module.eval();
        using var noGrad = no_grad();
        var (loss, accuracy) = (0.0, 0.0);
        foreach (var indices in Enumerable.Range(0, examples.Count).Chunk(options.BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var (inputs, targets) = ToTensors(Batch.Read(examples, indices), examples);
            var outputs = module.call(inputs);
            loss += options.Loss.Value(outputs, targets).item<float>() * indices.Length;
            accuracy += options.Loss.Accuracy(outputs, targets).item<float>() * indices.Length;
        }

        return (loss / examples.Count, accuracy / examples.Count);
    }

    private static (Tensor Inputs, Tensor Targets) ToTensors(Batch batch, IExamples examples)
    {
        var inputs = tensor(batch.Inputs).reshape(examples.Input.Batched());
        // Pictures lie channels last in memory: the engine's convolutions keep that order, and a step takes three quarters of the time.
        if (examples.Input.Rank == 3) inputs = inputs.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        return (inputs, tensor(batch.Targets).reshape(examples.Target.Batched()));
    }
}

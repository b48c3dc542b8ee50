using System.Diagnostics;
using EcgImageWeb.Inference;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Export;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Models;
using EcgImageWeb.Training.Networks;
using static TorchSharp.torch;

namespace EcgImageWeb.Cli.Commands;

/// <summary><c>bench networks</c>: what a training step and an answer of each signal network cost, at the sizes of their experiments.</summary>
internal static class NetworkBench
{
    public static object Run(int steps, CancellationToken cancellationToken)
    {
        set_num_threads(Environment.ProcessorCount);
        var figures = new List<object>();
        Console.WriteLine($"{Environment.ProcessorCount} cores, {steps} steps");
        Console.WriteLine();
        Console.WriteLine("| network | input | batch | weights | s a training step | processor s a step | ms an answer, ONNX Runtime |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var experiment in SignalExperiments.All.DistinctBy(experiment => (experiment.Network.Name.TrimEnd('o', '-'), experiment.Network.Input)))
        {
            var (network, batch) = (experiment.Network, experiment.Options.BatchSize);
            var random = new Random(1);
            var examples = new ArrayExamples(
                network.Input, network.Labels.Count, [.. Enumerable.Range(0, batch * steps).Select(_ => Enumerable.Range(0, network.Input.Count).Select(_ => random.NextSingle()).ToArray())],
                [.. Enumerable.Range(0, batch * steps).Select(index => index % network.Labels.Count)]);
            // The first epoch warms up, the second counts; processor time is what remains of it on a busy machine.
            using var process = Process.GetCurrentProcess();
            var processor = TimeSpan.Zero;
            TimeSpan Processor()
            {
                process.Refresh();
                return process.TotalProcessorTime;
            }

            var progress = new Told(value =>
            {
                if (value is { Epoch: 1 } && value.Step == value.Steps) processor = Processor();
            });
            var fit = Trainer.Fit(network, examples, null, new TrainingOptions { Epochs = 2, BatchSize = batch }, progress: progress, cancellationToken: cancellationToken);
            var used = (Processor() - processor).TotalSeconds / steps;
            var (second, answer) = (fit.History[^1].Seconds / steps, Answer(fit.Trained, examples.Inputs[0], cancellationToken));
            Console.WriteLine(FormattableString.Invariant($"| {network.Name} | {network.Input} | {batch} | {network.ParameterCount:N0} | {second:0.000} | {used:0.000} | {answer:0.0} |"));
            figures.Add(new { network.Name, Input = network.Input.ToString(), batch, network.ParameterCount, StepSeconds = second, StepProcessorSeconds = used, AnswerMs = answer });
        }

        return figures;
    }

    private static double Answer(TrainedNetwork trained, float[] input, CancellationToken cancellationToken)
    {
        const int Runs = 11;
        var onnx = OnnxExport.Write(Ensemble.Of(trained));
        using var model = Model.Load(ModelFolder.Manifest(trained.Network.Name, trained.Network, onnx, []), onnx, new InferenceOptions());
        var times = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            var clock = Stopwatch.StartNew();
            model.Run(input, [1, .. trained.Network.Input.Sizes], cancellationToken);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        return times.Order().ElementAt(Runs / 2);
    }

    private sealed class Told(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }
}

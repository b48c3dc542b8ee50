using EcgImageWeb.Inference.Models;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Export;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Models;
using EcgImageWeb.Training.Networks;
using EcgImageWeb.Training.Networks.Layers;

namespace EcgImageWeb.Training.Tests;

public sealed class SignalEvaluationTests : IDisposable
{
    private static readonly Network Network = new("tiny", new Shape(1, 40), new Sequence(
        new Normalize(NormalizeKind.ZScore), new Conv(8, 5), new BatchNorm(), Activation.Relu, new GlobalPool(PoolKind.Maximum), new Dense(2)), ["slow", "fast"]);

    private static readonly SignalSet Waves = new(
        "waves", Network.Labels, [.. Enumerable.Range(0, 240).Select(Wave)], [.. Enumerable.Range(0, 240).Select(index => index % 3 == 0 ? 1 : 0)], [.. Enumerable.Range(0, 240).Select(index => $"{index / 8}")]);

    private readonly string _folder = Directory.CreateTempSubdirectory("ecg-tests-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private int _loads;

    private SignalExperiment Experiment => new(
        "tiny@waves", Network,
        _ =>
        {
            _loads++;
            return Waves;
        },
        new TrainingOptions { Epochs = 6, BatchSize = 16, LearningRate = 0.02, Order = SignalExperiment.Oversampled }, ["patient1", "patient2"], "40 samples");

    private SignalEvaluation Evaluation => new(new SignalSets(_folder, _folder), Path.Combine(_folder, "results"));

    [Fact]
    public void A_part_is_trained_once_and_its_answers_are_kept()
    {
        var result = Evaluation.Run(Experiment, "patient1", cancellationToken: Cancel);
        Assert.InRange(SignalReport.Matrix(Experiment, [result]).Accuracy, 0.9, 1);
        Assert.Equal(6, result.History.Count);
        Assert.Equal(1, _loads);

        var again = Evaluation.Run(Experiment, "patient1", cancellationToken: Cancel);
        Assert.Equal(1, _loads);
        Assert.Equal(result.Answers, again.Answers);
        Assert.Null(Evaluation.Find(Experiment.Name, "patient2"));

        Evaluation.Forget(Experiment, "patient1");
        Assert.Null(Evaluation.Find(Experiment.Name, "patient1"));
    }

    [Fact]
    public void A_trained_model_is_written_with_the_figures_of_its_protocols()
    {
        Evaluation.Run(Experiment, "patient1", cancellationToken: Cancel);
        SignalModelTraining.Train("waves", Experiment, Evaluation, Path.Combine(_folder, "out"), "abc", cancellationToken: Cancel);

        var manifest = ModelManifest.Parse(File.ReadAllText(Path.Combine(_folder, "out", "model", "manifest.json")));
        Assert.Equal(ModelTask.Signal, manifest.Task);
        Assert.Equal(Network.Labels, manifest.Labels);
        Assert.InRange((double)manifest.Metrics["patient"]!["accuracy"]!, 0.9, 1);
        var onnx = File.ReadAllBytes(Path.Combine(_folder, "out", "model", manifest.File));
        var answers = Nets.Answers(onnx, Network, [.. Waves.Inputs.Take(30).SelectMany(input => input)]);
        Assert.InRange(answers.Where((row, index) => (row[1] > row[0]) == (Waves.Classes[index] == 1)).Count(), 27, 30);
    }

    [Fact]
    public void Answers_by_frequency_are_those_of_the_trained_network_with_the_training_sides_shares_added()
    {
        Evaluation.Run(Experiment, "patient1", cancellationToken: Cancel);
        var byFrequency = Experiment with { Name = "frequent@waves", AnswersByFrequency = true };
        Evaluation.Run(byFrequency, "patient1", cancellationToken: Cancel);

        float[] Bias(SignalExperiment experiment) => Evaluation.Trained(experiment, "patient1").Members[0].Weights.Tensors["5.bias"].Values;
        var train = SignalProtocols.Divide(Waves, "patient1", needsValidation: false).Train;
        for (var label = 0; label < 2; label++)
        {
            var share = (double)train.Count(index => Waves.Classes[index] == label) / train.Count;
            Assert.Equal(Math.Log(share), Bias(byFrequency)[label] - Bias(Experiment)[label], 1e-5);
        }
    }

    [Fact]
    public void Members_answer_together_and_learn_from_lessons_made_of_the_training_sides_records()
    {
        IReadOnlySet<string>? learned = null;
        var experiment = Experiment with
        {
            Members = 2,
            Lessons = (_, records) =>
            {
                learned = records;
                int[] chosen = [.. Enumerable.Range(0, Waves.Count).Where(index => records.Contains(Waves.Records[index])).Take(150)];
                return Waves with { Inputs = [.. chosen.Select(index => Waves.Inputs[index])], Classes = [.. chosen.Select(index => Waves.Classes[index])], Records = [.. chosen.Select(index => Waves.Records[index])] };
            },
        };
        var result = Evaluation.Run(experiment, "patient1", cancellationToken: Cancel);
        Assert.Equal(150, result.TrainExamples);
        Assert.Empty(learned!.Intersect(result.Patients));
        var members = Evaluation.Trained(experiment, "patient1").Members;
        Assert.Equal(2, members.Count);
        Assert.NotEqual(members[0].Weights.Tensors.First().Value.Values, members[1].Weights.Tensors.First().Value.Values);
        Assert.InRange(SignalReport.Matrix(experiment, [result]).Accuracy, 0.9, 1);
    }

    [Fact]
    public void Joined_experiments_answer_with_the_mean_of_their_probabilities_and_are_exported_as_one()
    {
        var joint = new Shape(2 * Network.Input.Count);
        var other = Experiment with { Name = "other@waves", Members = 2 };
        var experiment = Experiment with
        {
            Name = "both@waves",
            Network = Network.Within(joint, 0) with { Name = "both" },
            Set = _ => Waves with { Inputs = [.. Waves.Inputs.Select(wave => (float[])[.. wave, .. wave])] },
            Joins = [new(Experiment, 0.25, 0), new(other, 0.75, Network.Input.Count)],
        };
        var result = Evaluation.Run(experiment, "patient1", cancellationToken: Cancel);
        Assert.InRange(SignalReport.Matrix(experiment, [result]).Accuracy, 0.9, 1);
        Assert.NotNull(Evaluation.Find("other@waves", "patient1"));
        var ensemble = Evaluation.Trained(experiment, "patient1");
        Assert.Equal([0.25, 0.375, 0.375], ensemble.Shares);

        var sample = Evaluation.Sample(experiment, 6);
        var parts = new[] { Experiment, other }.Select(part => Predictor.Probabilities(Evaluation.Trained(part, "patient1"), Evaluation.Sample(part, 6), cancellationToken: Cancel)).ToArray();
        var answers = Predictor.Probabilities(ensemble, sample, cancellationToken: Cancel);
        Assert.All(Enumerable.Range(0, 6), index => Assert.Equal((0.25 * parts[0][index][0]) + (0.75 * parts[1][index][0]), answers[index][0], 5));
        var exported = Nets.Answers(OnnxExport.Write(ensemble), experiment.Network, Batch.Read(sample, [0, 1, 2, 3, 4, 5]).Inputs);
        Assert.InRange(Nets.LargestDifference(exported, answers), 0, 1e-4);

        Evaluation.Forget(experiment, "patient1");
        Assert.Null(Evaluation.Find("other@waves", "patient1"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static float[] Wave(int index)
    {
        var random = new Random(index);
        var (cycles, phase) = (index % 3 == 0 ? 8 : 3, random.NextSingle() * MathF.Tau);
        return [.. Enumerable.Range(0, 40).Select(sample => MathF.Sin(phase + cycles * MathF.Tau * sample / 40) + 0.1f * random.NextSingle())];
    }
}

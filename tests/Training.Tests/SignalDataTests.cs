using EcgImageWeb.Inference.Models;
using EcgImageWeb.Signal.DataSets;
using EcgImageWeb.Signal.Rhythms;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Evaluation;
using EcgImageWeb.Training.Models;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Tests;

public class SignalDataTests
{
    private static readonly SignalSet Set = new(
        "made up", ["N", "S"], [.. Enumerable.Range(0, 400).Select(index => new[] { (float)index, 0 })], [.. Enumerable.Range(0, 400).Select(index => index % 7 == 0 ? 1 : 0)],
        [.. Enumerable.Range(0, 400).Select(index => index < 200 ? MitBih.Ds1[index % 22] : MitBih.Ds2[index % 22])]);

    [Fact]
    public void A_set_comes_back_from_its_cache_as_it_was_made_and_is_made_once()
    {
        using var folder = new TemporaryFolder();
        var times = 0;
        SignalSet Make()
        {
            times++;
            return Set;
        }

        SignalSet.Cached(folder.Path, "set", Make);
        var read = SignalSet.Cached(folder.Path, "set", Make);
        Assert.Equal(1, times);
        Assert.Equal(Set.Labels, read.Labels);
        Assert.Equal(Set.Classes, read.Classes);
        Assert.Equal(Set.Records, read.Records);
        Assert.Equal(Set.Inputs, read.Inputs);
    }

    [Theory]
    [InlineData("patient", true)]
    [InlineData("patient", false)]
    [InlineData("mixed", false)]
    public void Ten_folds_measure_every_example_once_and_by_patient_no_person_stands_on_two_sides(string protocol, bool validates)
    {
        var folds = Enumerable.Range(1, 10).Select(fold => SignalProtocols.Divide(Set, $"{protocol}{fold}", validates)).ToArray();
        Assert.Equal(Enumerable.Range(0, 400), folds.SelectMany(fold => fold.Test).Order());
        Assert.All(folds, fold => Assert.Equal(400, fold.Train.Concat(fold.Validation).Concat(fold.Test).Distinct().Count()));
        Assert.All(folds, fold => Assert.Equal(validates, fold.Validation.Count > 0));
        if (protocol == "mixed") return;
        Assert.All(folds, fold =>
        {
            var (train, validation, test) = (Of(fold.Train), Of(fold.Validation), Of(fold.Test));
            Assert.Empty(train.Intersect(test));
            Assert.Empty(train.Intersect(validation));
            Assert.Empty(validation.Intersect(test));
        });
    }

    [Fact]
    public void De_chazals_division_learns_from_ds1_and_measures_on_ds2()
    {
        var split = SignalProtocols.Divide(Set, SignalProtocols.Ds1ToDs2, needsValidation: false);
        Assert.All(split.Train, index => Assert.Contains(Set.Records[index], MitBih.Ds1));
        Assert.All(split.Test, index => Assert.Contains(Set.Records[index], MitBih.Ds2));
        Assert.Equal(400, split.Train.Count + split.Test.Count);
    }

    [Fact]
    public void The_papers_division_is_64_16_20_and_the_same_for_the_same_seed()
    {
        var split = SignalProtocols.Divide(Set, SignalProtocols.Paper, needsValidation: true);
        Assert.Equal((256, 64, 80), (split.Train.Count, split.Validation.Count, split.Test.Count));
        Assert.Equal(split.Test, SignalProtocols.Divide(Set, SignalProtocols.Paper, needsValidation: false).Test);
        Assert.NotEqual(split.Test, SignalProtocols.Divide(Set, SignalProtocols.Paper, needsValidation: true, seed: 2).Test);
        Assert.Throws<ArgumentException>(() => SignalProtocols.Divide(Set, "mixed11", needsValidation: false));
    }

    [Fact]
    public void Oversampling_repeats_rare_classes_of_the_training_side_only()
    {
        var side = new ArrayExamples(new Shape(2), 2, Set.Inputs, Set.Classes);
        var drawn = SignalExperiment.Oversampled(side, new Random(1));
        Assert.Equal(Enumerable.Range(0, 400), drawn.Distinct().Order());
        // 342 : 58 is nearly six times.
        Assert.Equal((342, 6 * 58), (drawn.Count(index => Set.Classes[index] == 0), drawn.Count(index => Set.Classes[index] == 1)));
    }

    [Fact]
    public void An_augmented_strip_stays_an_ecg_of_about_its_size_and_a_third_are_left_alone()
    {
        var clean = Enumerable.Range(0, 900).Select(index => MathF.Exp(-MathF.Pow((index % 75 - 37) / 2f, 2))).ToArray();
        var noise = Enumerable.Range(0, 2000).Select(index => MathF.Sin(index * 1.7f)).ToArray();
        var batch = new SignalAugmentation(90, 0.05, [noise]).Apply(new Batch(300, [.. Enumerable.Repeat(clean, 300).SelectMany(strip => strip)], []), new Random(1));
        var strips = batch.Inputs.Chunk(900).ToArray();
        Assert.InRange(strips.Count(strip => strip.SequenceEqual(clean)), 80, 120);
        Assert.All(strips, strip => Assert.All(strip, value => Assert.InRange(value, -1.5f, 2.5f)));
    }

    [Fact]
    public void Only_the_classes_that_bear_it_are_stretched_far()
    {
        // A slope shows the stretch: nothing else of what is changed here moves where it crosses its middle, gain apart.
        var slope = Enumerable.Range(0, 900).Select(index => index < 100 ? 0f : 1f).ToArray();
        var augmentation = new SignalAugmentation(90, 0, []) { ClassStretches = [0, 0.5] };
        float[] targets = [.. Enumerable.Range(0, 200).SelectMany(index => index % 2 == 0 ? new[] { 1f, 0f } : [0f, 1f])];
        var strips = augmentation.Apply(new Batch(200, [.. Enumerable.Repeat(slope, 200).SelectMany(strip => strip)], targets), new Random(1)).Inputs.Chunk(900).ToArray();
        int Edge(float[] strip) => Enumerable.Range(0, 890).MaxBy(index => strip[index + 10] - strip[index]);
        int FarAway(int label) => strips.Where((strip, index) => index % 2 == label && Math.Abs(Edge(strip) - 95) > 20).Count();
        Assert.Equal(0, FarAway(0));
        Assert.InRange(FarAway(1), 20, 60);
    }

    [Fact]
    public void Mixed_examples_are_means_of_two_and_their_targets_say_which()
    {
        var batch = new Batch(4, [0, 0, 10, 10, 20, 20, 30, 30], [1, 0, 0, 1, 1, 0, 0, 1]);
        var (mixed, weights) = (new Mixup(Share: 1, Smoothing: 0), new List<float>());
        for (var seed = 0; seed < 50; seed++)
        {
            var made = mixed.Apply(batch, new Random(seed));
            for (var index = 0; index < 4; index++)
            {
                Assert.Equal(made.Inputs[2 * index], made.Inputs[2 * index + 1]);
                Assert.Equal(1, made.Targets[2 * index] + made.Targets[2 * index + 1], 4);
                weights.Add(made.Targets[2 * index + index % 2]);
            }
        }

        Assert.All(weights, weight => Assert.InRange(weight, 0.5f, 1.0001f));
        Assert.Contains(weights, weight => weight < 0.7f);
        Assert.Equal([0, 0, 10, 10, 20, 20, 30, 30], batch.Inputs);
        var smooth = new Mixup(Share: 0, Smoothing: 0.1).Apply(batch, new Random(1));
        Assert.Equal([0.95f, 0.05f, 0.05f, 0.95f, 0.95f, 0.05f, 0.05f, 0.95f], smooth.Targets);
        Assert.Equal(batch.Inputs, smooth.Inputs);
    }

    [Fact]
    public void Folds_within_ds1_measure_each_of_its_examples_once_and_never_see_ds2()
    {
        var folds = SignalProtocols.WithinDs1.Select(part => SignalProtocols.Divide(Set, part, needsValidation: false)).ToArray();
        Assert.Equal(Enumerable.Range(0, 200), folds.SelectMany(fold => fold.Test).Order());
        Assert.All(folds, fold => Assert.DoesNotContain(fold.Train.Concat(fold.Test), index => MitBih.Ds2.Contains(Set.Records[index])));
        Assert.All(folds, fold => Assert.Empty(Of(fold.Train).Intersect(Of(fold.Test))));
    }

    [Fact]
    public void The_mean_of_the_classes_accuracies_is_what_the_sevggnet_paper_calls_overall()
    {
        // One of ten A called N: both classes are right about 19 of 20.
        var matrix = new ConfusionMatrix(["N", "A", "V"], new[,] { { 10, 0, 0 }, { 1, 9, 0 }, { 0, 0, 0 } });
        Assert.Equal(0.95, matrix.Accuracy, 6);
        Assert.Equal((0.95 + 0.95 + 1) / 3, matrix.MeanClassAccuracy, 6);
    }

    [Fact]
    public void Every_experiment_has_a_name_of_its_own_and_what_ships_is_one()
    {
        Assert.Distinct(SignalExperiments.All.Select(experiment => experiment.Name));
        Assert.All(SignalExperiments.Shipped.Keys, name => Assert.NotNull(SignalExperiments.Named(name).Input));
        Assert.Throws<ArgumentException>(() => SignalExperiments.Named("vgg11"));
        Assert.All(SignalExperiments.All, experiment => Assert.Equal(new Shape(experiment.Network.Labels.Count), experiment.Network.Output));
    }

    [Fact]
    public void What_ships_tells_whoever_asks_it_how_to_prepare_a_signal()
    {
        foreach (var name in SignalExperiments.Shipped.Keys)
        {
            var experiment = SignalExperiments.Named(name);
            var manifest = ModelFolder.Manifest(name, experiment.Network, [], experiment.Input!.ToJson(experiment.Preparation));
            var read = SignalInput.Of(ModelManifest.Parse(manifest.ToJson()));
            Assert.Equal(experiment.Input, read);
            if (read.IsWindow) Assert.Equal(experiment.Network.Input.Count, read.Samples + (read.Kind == SignalInput.MeasuredWindow ? RhythmMeasures.Names.Count : 0));
        }
    }

    [Fact]
    public void The_report_sets_our_figures_beside_the_papers_and_names_what_was_not_run()
    {
        var result = new SignalPartResult("grunet@beats", "ds1-ds2", [new(1, 0.1, 0.9, null, null, 0.001, 12)], 1, 100, ["100", "100", "103", "105"], [0, 0, 1, 2], [0, 0, 1, 0], 12, "2 CPU cores");
        var report = SignalReport.Write((name, part) => name == result.Experiment && part == result.Part ? result : null, "abc");
        Assert.Contains("GRU+CNN (Grunet), the paper", report, StringComparison.Ordinal);
        Assert.Contains("grunet@beats, ds1-ds2", report, StringComparison.Ordinal);
        Assert.Contains("75.00", report, StringComparison.Ordinal);
        Assert.Contains("sevgg11-lstm-o@mit-bih:mixed1", report, StringComparison.Ordinal);
        Assert.DoesNotContain("grunet@beats:ds1-ds2", report, StringComparison.Ordinal);
    }

    private static string[] Of(IReadOnlyList<int> side) => [.. side.Select(index => Set.Patients[index]).Distinct()];
}

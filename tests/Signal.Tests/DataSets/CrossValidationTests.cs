using EcgImageWeb.Signal.DataSets;

namespace EcgImageWeb.Signal.Tests.DataSets;

public class CrossValidationTests
{
    [Fact]
    public void Every_example_is_tested_once_and_never_learned_in_that_fold()
    {
        var folds = CrossValidation.ByExample(103, 10, seed: 1);
        Assert.Equal(Enumerable.Range(0, 103), folds.SelectMany(fold => fold.Test).Order());
        Assert.All(folds, fold => Assert.Empty(fold.Train.Intersect(fold.Test)));
        Assert.All(folds, fold => Assert.Equal(103, fold.Train.Count + fold.Test.Count));
        Assert.All(folds, fold => Assert.InRange(fold.Test.Count, 10, 11));
    }

    [Fact]
    public void No_patient_stands_on_both_sides()
    {
        var patients = Enumerable.Range(0, 500).Select(i => i * 7 % 47).ToArray();
        var folds = CrossValidation.ByGroup(patients, 10, seed: 1);
        Assert.Equal(Enumerable.Range(0, 500), folds.SelectMany(fold => fold.Test).Order());
        Assert.All(folds, fold => Assert.Empty(fold.Train.Select(i => patients[i]).Intersect(fold.Test.Select(i => patients[i]))));
        Assert.All(folds, fold => Assert.InRange(fold.Test.Count, 40, 60));
    }

    [Fact]
    public void Splits_64_16_20_the_same_way_for_the_same_seed()
    {
        var (train, validation, test) = CrossValidation.Split(1000, 0.64, 0.16, seed: 5);
        Assert.Equal((640, 160, 200), (train.Count, validation.Count, test.Count));
        Assert.Equal(Enumerable.Range(0, 1000), train.Concat(validation).Concat(test).Order());
        Assert.Equal(test, CrossValidation.Split(1000, 0.64, 0.16, seed: 5).Test);
    }
}

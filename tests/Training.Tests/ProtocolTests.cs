using EcgImageWeb.Training.Data;

namespace EcgImageWeb.Training.Tests;

public class ProtocolTests
{
    private static readonly ReportPage[] Pages = [.. Enumerable.Range(0, 200).Select(index =>
    {
        var label = index % 20 == 0 ? 2 : index % 4 == 0 ? 3 : index % 2;
        return new ReportPage($"p{index}", label, index % 5 == 0, "", $"g{index / 2}", label switch { 1 => 1, 2 => 8, _ => 2 }, "II");
    })];

    [Fact]
    public void The_papers_protocol_puts_copies_of_a_page_on_both_sides()
    {
        var split = Protocols.PublishedFiles(Pages);
        var files = Pages.Sum(page => page.Copies);
        Assert.Equal(files, split.Train.Count + split.Validation.Count + split.Test.Count);
        Assert.Equal((int)Math.Round(0.7 * files), split.Train.Count);
        Assert.All(Enumerable.Range(0, Pages.Length), page => Assert.Equal(Pages[page].Copies, split.Train.Concat(split.Validation).Concat(split.Test).Count(index => index == page)));
        // Most files have a copy among the other files, and 70 of 100 copies are learned from.
        Assert.True(split.Validation.Count(split.Train.Contains) > split.Validation.Count / 3);
    }

    [Fact]
    public void The_honest_protocol_has_every_page_once_and_on_one_side()
    {
        var split = Protocols.DistinctPages(Pages);
        Assert.Equal(Pages.Length, split.Train.Concat(split.Validation).Distinct().Count());
        Assert.Empty(split.Train.Intersect(split.Validation));
        Assert.All(split.Validation, index => Assert.True(Pages[index].IsValidation));
    }

    [Fact]
    public void Folds_never_split_a_group_and_hold_every_page_once()
    {
        var folds = Protocols.Folds(Pages);
        Assert.Equal(Enumerable.Range(0, Pages.Length), folds.SelectMany(fold => fold.Validation).Order());
        Assert.All(folds, fold => Assert.Empty(fold.Train.Select(index => Pages[index].Group).Intersect(fold.Validation.Select(index => Pages[index].Group))));
        Assert.All(folds, fold => Assert.Empty(fold.Train.Intersect(fold.Validation)));
    }

    [Fact]
    public void Folds_have_nearly_the_same_class_shares()
    {
        foreach (var fold in Protocols.Folds(Pages))
        {
            for (var label = 0; label < 4; label++)
                Assert.InRange(fold.Validation.Count(index => Pages[index].Class == label), Pages.Count(page => page.Class == label) / 5.0 - 2, Pages.Count(page => page.Class == label) / 5.0 + 2);
        }
    }

    [Fact]
    public void The_seed_decides_the_folds()
    {
        Assert.Equal(Protocols.Folds(Pages, seed: 3)[0].Validation, Protocols.Folds(Pages, seed: 3)[0].Validation);
        Assert.NotEqual(Protocols.Folds(Pages, seed: 3)[0].Validation, Protocols.Folds(Pages, seed: 4)[0].Validation);
    }
}

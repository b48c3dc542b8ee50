namespace EcgImageWeb.Training.Data;

/// <summary>How pages are divided into what is learned from and what is measured on.</summary>
public static class Protocols
{
    /// <summary>
    /// Protocol (a), the paper's: every page as often as the published set has it, the files divided at random, 70 : 15 : 15.
    /// Copies of a page fall on both sides, so what it measures is partly memory.
    /// </summary>
    /// <param name="pages">The pages.</param>
    /// <param name="seed">Decides the division.</param>
    public static Split PublishedFiles(IReadOnlyList<ReportPage> pages, int seed = 1)
    {
        var files = pages.SelectMany((page, index) => Enumerable.Repeat(index, page.Copies)).ToArray();
        new Random(seed).Shuffle(files);
        var (train, validation) = ((int)Math.Round(0.70 * files.Length), (int)Math.Round(0.15 * files.Length));
        return new Split(files[..train], files[train..(train + validation)], files[(train + validation)..]);
    }

    /// <summary>Protocol (b), the honest one: distinct pages on the sides of splits.csv.</summary>
    /// <param name="pages">The pages.</param>
    public static Split DistinctPages(IReadOnlyList<ReportPage> pages) => new(
        [.. Enumerable.Range(0, pages.Count).Where(index => !pages[index].IsValidation)],
        [.. Enumerable.Range(0, pages.Count).Where(index => pages[index].IsValidation)],
        []);

    /// <summary>
    /// Cross-validation over distinct pages: folds with nearly the same class shares that never split a group. Groups are taken in random order,
    /// those with the most uneven classes first, and each goes where the shares stay most even (the procedure of scikit-learn's StratifiedGroupKFold).
    /// </summary>
    /// <param name="pages">The pages.</param>
    /// <param name="folds">Number of folds.</param>
    /// <param name="seed">Decides the folds.</param>
    /// <returns>One split a fold: the fold is its validation side.</returns>
    public static IReadOnlyList<Split> Folds(IReadOnlyList<ReportPage> pages, int folds = 5, int seed = 1)
    {
        var classes = pages.Max(page => page.Class) + 1;
        var total = new double[classes];
        foreach (var page in pages) total[page.Class]++;
        var groups = pages.Select((page, index) => (page, index)).GroupBy(entry => entry.page.Group)
            .Select(group => (Indices: group.Select(entry => entry.index).ToArray(), Counts: Count(group.Select(entry => entry.page.Class), classes)))
            .ToArray();
        new Random(seed).Shuffle(groups);

        var members = Enumerable.Range(0, folds).Select(_ => new List<int>()).ToArray();
        var counts = Enumerable.Range(0, folds).Select(_ => new double[classes]).ToArray();
        foreach (var group in groups.OrderByDescending(group => Deviation(group.Counts)))
        {
            var best = Enumerable.Range(0, folds).OrderBy(fold => Unevenness(counts, group.Counts, fold, total)).ThenBy(fold => members[fold].Count).First();
            members[best].AddRange(group.Indices);
            for (var label = 0; label < classes; label++) counts[best][label] += group.Counts[label];
        }

        return [.. members.Select(fold => new Split([.. Enumerable.Range(0, pages.Count).Except(fold)], [.. fold.Order()], []))];
    }

    private static double[] Count(IEnumerable<int> labels, int classes)
    {
        var counts = new double[classes];
        foreach (var label in labels) counts[label]++;
        return counts;
    }

    /// <summary>Mean, over classes, of the spread of their shares over folds if the group went to that fold.</summary>
    private static double Unevenness(double[][] counts, double[] group, int fold, double[] total)
        => Enumerable.Range(0, total.Length)
            .Average(label => Deviation([.. counts.Select((count, index) => (count[label] + (index == fold ? group[label] : 0)) / Math.Max(1, total[label]))]));

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}

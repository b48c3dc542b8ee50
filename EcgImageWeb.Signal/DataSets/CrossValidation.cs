namespace EcgImageWeb.Signal.DataSets;

/// <summary>Ways to set examples aside.</summary>
public static class CrossValidation
{
    /// <summary>
    /// k-fold with examples mixed at random, as the papers do: parts differ by one example at most. Segments of one person stand on
    /// both sides; report <see cref="ByGroup"/> beside it.
    /// </summary>
    /// <param name="count">Number of examples.</param>
    /// <param name="folds">k, 2 to <paramref name="count"/>.</param>
    /// <param name="seed">Seed of the mixing.</param>
    public static IReadOnlyList<Fold> ByExample(int count, int folds, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(folds, count);
        var order = Enumerable.Range(0, count).ToArray();
        new Random(seed).Shuffle(order);
        var part = new int[count];
        for (var i = 0; i < count; i++)
            part[order[i]] = i % folds;
        return Assemble(part, folds);
    }

    /// <summary>k-fold in which all examples of a group (a patient) are in the same part; parts are made as equal in examples as groups allow.</summary>
    /// <param name="groups">The group of each example.</param>
    /// <param name="folds">k, 2 to the number of groups.</param>
    /// <param name="seed">Seed of the mixing.</param>
    public static IReadOnlyList<Fold> ByGroup<TGroup>(IReadOnlyList<TGroup> groups, int folds, int seed)
    {
        var members = Enumerable.Range(0, groups.Count).GroupBy(i => groups[i]).Select(group => group.ToArray()).ToArray();
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(folds, members.Length);
        new Random(seed).Shuffle(members);
        var part = new int[groups.Count];
        var sizes = new int[folds];
        // Largest group first into the smallest part; the sort is stable, so chance decides among equals.
        foreach (var group in members.OrderByDescending(group => group.Length))
        {
            var smallest = Array.IndexOf(sizes, sizes.Min());
            sizes[smallest] += group.Length;
            foreach (var i in group)
                part[i] = smallest;
        }
        return Assemble(part, folds);
    }

    /// <summary>A single split with a fixed seed: training, validation and test in the stated shares (SE-ResNet: 0.64, 0.16, 0.20).</summary>
    /// <param name="count">Number of examples.</param>
    /// <param name="trainShare">Share for training, 0 to 1.</param>
    /// <param name="validationShare">Share for validation; the rest is for testing.</param>
    /// <param name="seed">Seed of the mixing.</param>
    public static (IReadOnlyList<int> Train, IReadOnlyList<int> Validation, IReadOnlyList<int> Test) Split(
        int count, double trainShare, double validationShare, int seed)
    {
        var order = Enumerable.Range(0, count).ToArray();
        new Random(seed).Shuffle(order);
        var (train, validation) = ((int)Math.Round(trainShare * count), (int)Math.Round((trainShare + validationShare) * count));
        return (order[..train], order[train..validation], order[validation..]);
    }

    private static Fold[] Assemble(int[] part, int folds) =>
        [.. Enumerable.Range(0, folds).Select(fold => new Fold(
            [.. Enumerable.Range(0, part.Length).Where(i => part[i] != fold)],
            [.. Enumerable.Range(0, part.Length).Where(i => part[i] == fold)]))];
}

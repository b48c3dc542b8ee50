namespace EcgImageWeb.Signal.DataSets;

/// <summary>
/// Random oversampling as He et al. (SEVGGNet-LSTM, section 3.2): with m = largest class / class, a class with m of at least 2 is taken
/// round(m) times; one with less gets the share m - 1 of itself a second time, drawn at random. Table 1: 6735, 3005, 1202, 1179, 771 become
/// 6735, 6010, 7212, 7074, 6939.
/// </summary>
public static class Oversampling
{
    /// <summary>Indices into the examples, every one at least once, in random order.</summary>
    /// <param name="labels">The label of each example; only of the training folds, never of the test fold.</param>
    /// <param name="random">Source of chance; seed it to repeat a training.</param>
    public static int[] Balance<TLabel>(IReadOnlyList<TLabel> labels, Random random)
    {
        var classes = Enumerable.Range(0, labels.Count).GroupBy(i => labels[i]).Select(group => group.ToArray()).ToArray();
        var largest = classes.Length == 0 ? 0 : classes.Max(members => members.Length);
        var balanced = new List<int>();
        foreach (var members in classes)
        {
            var multiple = (double)largest / members.Length;
            if (multiple >= 2)
            {
                for (var copy = 0; copy < (int)Math.Round(multiple, MidpointRounding.AwayFromZero); copy++)
                    balanced.AddRange(members);
            }
            else
            {
                balanced.AddRange(members);
                random.Shuffle(members);
                balanced.AddRange(members.Take((int)Math.Round((multiple - 1) * members.Length)));
            }
        }
        var result = balanced.ToArray();
        random.Shuffle(result);
        return result;
    }
}

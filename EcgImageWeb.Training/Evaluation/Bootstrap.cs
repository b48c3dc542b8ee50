namespace EcgImageWeb.Training.Evaluation;

/// <summary>Confidence intervals by resampling (Efron 1979), whole groups at a time.</summary>
public static class Bootstrap
{
    /// <summary>Resamples drawn for an interval.</summary>
    public const int Rounds = 2000;

    /// <summary>The 2.5th and 97.5th percentile of a statistic over resamples.</summary>
    /// <param name="groups">The group of each example, for example its page: groups are drawn with replacement, examples of a group stay together.</param>
    /// <param name="statistic">The statistic of a choice of examples (their indices, repetitions included).</param>
    /// <param name="seed">Decides the resamples.</param>
    public static Interval Percentile<TGroup>(IReadOnlyList<TGroup> groups, Func<IReadOnlyList<int>, double> statistic, int seed = 1)
        where TGroup : notnull
    {
        var members = Enumerable.Range(0, groups.Count).GroupBy(index => groups[index]).Select(group => group.ToArray()).ToArray();
        var random = new Random(seed);
        var values = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
            values[round] = statistic([.. Enumerable.Range(0, members.Length).SelectMany(_ => members[random.Next(members.Length)])]);
        Array.Sort(values);
        return new Interval(At(values, 0.025), At(values, 0.975));
    }

    private static double At(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}

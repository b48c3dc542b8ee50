namespace EcgImageWeb.Cli.Commands;

/// <summary>Median and the middle 90 % of some measurements.</summary>
internal sealed record Quantiles(double Median, double Low, double High)
{
    public static Quantiles Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new Quantiles(At(sorted, 0.5), At(sorted, 0.05), At(sorted, 0.95));
    }

    // Linear between the two nearest ranks.
    private static double At(double[] sorted, double share)
    {
        var rank = share * (sorted.Length - 1);
        var below = (int)rank;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (rank - below));
    }
}

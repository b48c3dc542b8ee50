namespace EcgImageWeb.Signal.Measures;

/// <summary>Means, variances and covariance of pairs, added one by one.</summary>
internal sealed class Moments
{
    private double sumXx, sumYy, sumXy;

    public int Count { get; private set; }

    public double MeanX { get; private set; }

    public double MeanY { get; private set; }

    /// <summary>Pearson's correlation; NaN for fewer than two pairs or without variation.</summary>
    public double Correlation => sumXx > 0 && sumYy > 0 ? sumXy / Math.Sqrt(sumXx * sumYy) : double.NaN;

    // Welford's update, which keeps its precision when the mean is large against the variation.
    public void Add(double x, double y)
    {
        Count++;
        var (dx, dy) = (x - MeanX, y - MeanY);
        MeanX += dx / Count;
        MeanY += dy / Count;
        sumXx += dx * (x - MeanX);
        sumYy += dy * (y - MeanY);
        sumXy += dx * (y - MeanY);
    }
}

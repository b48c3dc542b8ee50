namespace EcgImageWeb.Vision.Tracing;

/// <summary>Measures a page's pen: the mean ink by distance from the fitted curves, and the pen that explains it best.</summary>
internal sealed class PenGauge
{
    public const double Reach = 6;

    private const int BinsPerPx = 8;

    // From a hairline of a coarse raster to a marker; softer than this is no print.
    private const double ThinnestPx = 0.3, WidestPx = 5, HardestPx = 0.15, SoftestPx = 2.5, RatioStep = 1.15;

    private readonly double[] ink = new double[(int)(Reach * BinsPerPx)], count = new double[(int)(Reach * BinsPerPx)];

    public void Add(double distance, double amount)
    {
        var bin = (int)(distance * BinsPerPx);
        ink[bin] += amount;
        count[bin]++;
    }

    /// <summary>The best pen by least squares over the distances; null where nothing was added.</summary>
    public Pen? Best()
    {
        Pen? best = null;
        var least = double.PositiveInfinity;
        for (var half = ThinnestPx; half < WidestPx; half *= RatioStep)
            for (var soft = HardestPx; soft < SoftestPx; soft *= RatioStep)
            {
                var pen = new Pen(half, soft, 1);
                var (drawn, seen) = (0.0, 0.0);
                Each(pen, (model, mean, _) => (drawn, seen) = (drawn + (model * model), seen + (model * mean)));
                if (!(drawn > 0))
                    continue;
                var (darkness, error) = (seen / drawn, 0.0);
                Each(pen, (model, mean, _) => error += Math.Pow((darkness * model) - mean, 2));
                if (error < least && darkness > 0)
                    (least, best) = (error, new Pen(half, soft, darkness));
            }

        return best;
    }

    private void Each(Pen pen, Action<double, double, int> visit)
    {
        for (var bin = 0; bin < ink.Length; bin++)
        {
            if (count[bin] == 0)
                continue;
            var distance = (bin + 0.5) / BinsPerPx;
            visit(distance < pen.Reach ? pen.At(distance).Amount : 0, ink[bin] / count[bin], bin);
        }
    }
}

namespace EcgImageWeb.Vision.Tracing;

/// <summary>Measures a page's round pen: the width, softness and darkness that draw some of each curve best, by smaller and smaller changes of each.</summary>
internal static class StrokeGauge
{
    /// <summary>Sharper than this nothing changes, pixels.</summary>
    private const double SharpestPx = 0.04;

    /// <summary>Ink is cut at 1, a pen's is a little more where the traces' own level was taken too low.</summary>
    private const double DarkestInk = 1.5;

    private const double ThinnestPx = 0.3, WidestPx = 6;

    /// <summary>Changes that are tried, as factors.</summary>
    private static readonly double[] Ratios = [1.2, 1.08, 1.03];

    /// <summary>The best pen, and the mean squared error of what it draws.</summary>
    /// <param name="fits">Some of each curve.</param>
    /// <param name="start">A pen that is about right.</param>
    /// <param name="cancellationToken">Observed between pens.</param>
    public static (Stroke Pen, double Noise) Best(IReadOnlyList<StrokeFit> fits, Stroke start, CancellationToken cancellationToken)
    {
        var (best, least) = (start, Try(start));
        foreach (var ratio in Ratios)
            for (var better = true; better;)
            {
                better = false;
                foreach (var (width, softness, darkness) in new[] { (ratio, 1.0, 1.0), (1 / ratio, 1, 1), (1, ratio, 1), (1, 1 / ratio, 1), (1, 1, ratio), (1, 1, 1 / ratio) })
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var other = new Stroke(
                        Math.Clamp(best.HalfWidth * width, ThinnestPx, WidestPx), Math.Clamp(best.Softness * softness, SharpestPx, Stroke.SoftestPx), Math.Min(best.Darkness * darkness, DarkestInk));
                    if (Try(other) is var tried && tried.Cost < least.Cost)
                        (best, least, better) = (other, tried, true);
                }
            }

        return (best, least.Pixels == 0 ? 0 : least.Squared / least.Pixels);

        (double Cost, double Squared, int Pixels) Try(Stroke pen)
        {
            var (cost, squared, pixels) = (0.0, 0.0, 0);
            foreach (var fit in fits)
            {
                var part = fit.Disagreement(pen);
                (cost, squared, pixels) = (cost + part.Cost, squared + part.Squared, pixels + part.Pixels);
            }

            return (cost, squared, pixels);
        }
    }
}

namespace EcgImageWeb.Vision.Geometry;

/// <summary>Whether a page whose grid's period is known lies straight and flat already, so that it need not be resampled.</summary>
internal static class StraightGrid
{
    /// <summary>
    /// Lines may be this far from straight, millimetres: a page of 250 mm turned by 0.05 degrees has 0.11 mm. A resampled page
    /// is no straighter than some 0.02 mm, but every resampling blurs the trace.
    /// </summary>
    private const double MostBendMm = 0.15;

    /// <summary>Share of the blocks that must be within it; ink and text disturb a few.</summary>
    private const double Share = 0.95;

    /// <summary>Fewer blocks with a grid cannot tell.</summary>
    private const int LeastBlocks = 20;

    /// <summary>Whether both families of lines are straight.</summary>
    /// <param name="signal">Of the page.</param>
    /// <param name="scale">Pixels of the page a millimetre.</param>
    /// <param name="cancellationToken">Observed within.</param>
    public static bool Holds(GridSignal signal, GridScale scale, CancellationToken cancellationToken)
    {
        // Millimetre lines where they are seen, else the cells'.
        double mmX = scale.PxPerMmX * signal.FactorX, mmY = scale.PxPerMmY * signal.FactorY;
        foreach (var unitMm in (ReadOnlySpan<double>)[1, 5])
        {
            if (unitMm * Math.Min(mmX, mmY) < 2.3)
                continue;
            var phase = GridPhase.Measure(signal, GridField.Flat(GridHomography.Straight(1 / (unitMm * mmX), 1 / (unitMm * mmY))), cancellationToken);
            if (phase.Across.Count < LeastBlocks || phase.Down.Count < LeastBlocks)
                continue;
            return BendMm(phase.Across, p => p.X / (unitMm * mmX), unitMm) <= MostBendMm && BendMm(phase.Down, p => p.Y / (unitMm * mmY), unitMm) <= MostBendMm;
        }

        return false;
    }

    private static double BendMm(IReadOnlyList<GridPoint> points, Func<GridPoint, double> straight, double unitMm)
    {
        // Where the first line lies is unknown: all deviations are against their circular mean.
        var deviations = points.Select(p => (Periods: p.Lines - straight(p), p.Weight)).ToArray();
        var mean = Math.Atan2(
            deviations.Sum(d => d.Weight * Math.Sin(2 * Math.PI * d.Periods)),
            deviations.Sum(d => d.Weight * Math.Cos(2 * Math.PI * d.Periods))) / (2 * Math.PI);
        var bends = deviations.Select(d => (Bend: Math.Abs(d.Periods - mean - Math.Round(d.Periods - mean)), d.Weight)).OrderBy(d => d.Bend).ToArray();
        var left = Share * bends.Sum(d => d.Weight);
        return bends.First(d => (left -= d.Weight) <= 0 || d == bends[^1]).Bend * unitMm;
    }
}

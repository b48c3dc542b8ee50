namespace EcgImageWeb.Vision.Geometry;

/// <summary>
/// How far the printed lines are from where a <see cref="GridField"/> has them, everywhere on the page: the signal times
/// the field's own wave, averaged over a few cells, keeps the difference as its phase (demodulation). Finer than tiles and
/// exact to hundredths of a period.
/// </summary>
/// <param name="Across">Corrected counts of the standing lines.</param>
/// <param name="Down">Corrected counts of the lying lines.</param>
internal sealed record GridPhase(IReadOnlyList<GridPoint> Across, IReadOnlyList<GridPoint> Down)
{
    /// <summary>Side of a block, over which the field is taken to be linear, pixels.</summary>
    public const int Block = 16;

    /// <summary>Blocks to each side that are averaged: 80 pixels, binomial weights.</summary>
    private static readonly double[] Weights = [1, 4, 6, 4, 1];

    /// <summary>
    /// Least coherence: length of the averaged wave over its root of mean square. In noise it is the root of 1 over the
    /// pixels that count, 0.02; faint grids have 0.1 and more.
    /// </summary>
    private const double LeastCoherence = 0.07;

    public static GridPhase Measure(GridSignal signal, GridField field, CancellationToken cancellationToken)
    {
        int columns = signal.Width / Block, rows = signal.Height / Block;
        var across = new (double Re, double Im)[columns * rows];
        var down = new (double Re, double Im)[columns * rows];
        var power = new double[columns * rows];
        Parallel.For(0, rows, new ParallelOptions { CancellationToken = cancellationToken }, row =>
        {
            for (var column = 0; column < columns; column++)
            {
                var index = (row * columns) + column;
                double x = (column * Block) + ((Block - 1) / 2.0), y = (row * Block) + ((Block - 1) / 2.0);
                var slope = field.Slope(x, y);
                across[index] = Sum(signal, column * Block, row * Block, slope.AcrossX, slope.AcrossY);
                down[index] = Sum(signal, column * Block, row * Block, slope.DownX, slope.DownY);
                for (var i = 0; i < Block; i++)
                    foreach (var value in signal.Values.AsSpan((((row * Block) + i) * signal.Width) + (column * Block), Block))
                        power[index] += value * value;
                // Against the field's own phase in the block's middle, so that neighbours can be averaged.
                var (u, v) = field.At(x, y);
                across[index] = Turned(across[index], -u);
                down[index] = Turned(down[index], -v);
            }
        });
        var smoothPower = Averaged([.. power.Select(p => (p, 0.0))], columns, rows);
        return new GridPhase(
            Points(field, columns, rows, Averaged(across, columns, rows), smoothPower, true),
            Points(field, columns, rows, Averaged(down, columns, rows), smoothPower, false));
    }

    private static List<GridPoint> Points(GridField field, int columns, int rows, (double Re, double Im)[] waves, (double Re, double Im)[] power, bool isAcross)
    {
        var points = new List<GridPoint>();
        for (var i = 0; i < waves.Length; i++)
        {
            var (re, im) = waves[i];
            var coherence = Math.Sqrt(((re * re) + (im * im)) / Math.Max(power[i].Re * Block * Block, 1e-9));
            if (coherence < LeastCoherence)
                continue;
            double x = (i % columns * Block) + ((Block - 1) / 2.0), y = (i / columns * Block) + ((Block - 1) / 2.0);
            var (u, v) = field.At(x, y);
            points.Add(new GridPoint(x, y, (isAcross ? u : v) + (Math.Atan2(im, re) / (2 * Math.PI)), coherence * coherence));
        }

        return points;
    }

    /// <summary>Sum over a block of the signal times a wave whose phase is 0 in the block's middle.</summary>
    private static (double Re, double Im) Sum(GridSignal signal, int left, int top, double kx, double ky)
    {
        const double Middle = (Block - 1) / 2.0;
        double stepRe = Math.Cos(2 * Math.PI * kx), stepIm = -Math.Sin(2 * Math.PI * kx), sumRe = 0, sumIm = 0;
        for (var y = 0; y < Block; y++)
        {
            var angle = -2 * Math.PI * ((ky * (y - Middle)) - (kx * Middle));
            double re = Math.Cos(angle), im = Math.Sin(angle);
            foreach (var value in signal.Values.AsSpan(((top + y) * signal.Width) + left, Block))
            {
                sumRe += value * re;
                sumIm += value * im;
                (re, im) = ((re * stepRe) - (im * stepIm), (re * stepIm) + (im * stepRe));
            }
        }

        return (sumRe, sumIm);
    }

    private static (double Re, double Im) Turned((double Re, double Im) value, double periods)
    {
        double cos = Math.Cos(2 * Math.PI * periods), sin = Math.Sin(2 * Math.PI * periods);
        return ((value.Re * cos) - (value.Im * sin), (value.Re * sin) + (value.Im * cos));
    }

    private static (double Re, double Im)[] Averaged((double Re, double Im)[] values, int columns, int rows)
    {
        var result = values;
        foreach (var (dx, dy) in (ReadOnlySpan<(int, int)>)[(1, 0), (0, 1)])
        {
            var from = result;
            result = new (double Re, double Im)[values.Length];
            for (var y = 0; y < rows; y++)
                for (var x = 0; x < columns; x++)
                {
                    double re = 0, im = 0;
                    for (var k = 0; k < Weights.Length; k++)
                    {
                        int fromX = x + ((k - 2) * dx), fromY = y + ((k - 2) * dy);
                        if (fromX < 0 || fromY < 0 || fromX >= columns || fromY >= rows)
                            continue;
                        re += Weights[k] * from[(fromY * columns) + fromX].Re;
                        im += Weights[k] * from[(fromY * columns) + fromX].Im;
                    }

                    result[(y * columns) + x] = (re / 16, im / 16);
                }
        }

        return result;
    }
}

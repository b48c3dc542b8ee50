namespace EcgImageWeb.Vision.Geometry;

/// <summary>ECG paper found in a picture: where every millimetre of it lies.</summary>
/// <param name="Signal">What it was measured on.</param>
/// <param name="Field">Pixels of the signal to counted lines.</param>
/// <param name="LinesPerMmX">Counted lines a millimetre, across.</param>
/// <param name="LinesPerMmY">Counted lines a millimetre, down.</param>
/// <param name="Covered">Blocks of <see cref="GridPhase.Block"/> pixels on which both families of lines were seen: their middles, in pixels of the signal.</param>
/// <param name="ResidualMm">Root mean square of the printed lines' distance from where the field has them, the worse direction; millimetres.</param>
internal sealed record FlatGrid(
    GridSignal Signal, GridField Field, double LinesPerMmX, double LinesPerMmY, IReadOnlyList<(double X, double Y)> Covered, double ResidualMm)
{
    /// <summary>Knots a side of the surfaces: through the tiles' counts, then through the blocks'.</summary>
    private const int CoarseKnots = 14, FineKnots = 36;

    /// <summary>Stiffness of the surfaces; measured on synthetic photographs: bends are followed, noise is not.</summary>
    private const double CoarseStiffness = 0.02, FineStiffness = 0.02;

    /// <summary>Blocks farther than this from a tile whose lines were counted may be a line off, pixels.</summary>
    private const double TileReach = TileSpectrum.Side * 0.45;

    /// <summary>A block whose phase is farther than this from the surface is something else than grid, periods.</summary>
    private const double MostDeviation = 0.25;

    /// <summary>Blocks farther from the surface than this many medians are left out, but not below a deviation in periods.</summary>
    private const double Outlier = 5, LeastOutlier = 0.02;

    private const int LeastBlocks = 20;

    /// <summary>A page is a flat sheet if such a share of its blocks has a phase this near to the sheet's, periods; by chance a quarter has.</summary>
    private const double OnSheetShare = 0.85, OnSheetDeviation = 0.12;

    /// <summary>Printed cells, millimetres; and how far a measured number of lines a cell may be from a whole one, a share of it.</summary>
    private const double CellMm = 5, SameLines = 0.015;

    /// <summary>Fewer periods than this across the page are not measured.</summary>
    private const int LeastPeriods = 7;

    /// <summary>
    /// The grid in a picture, bent or not, or null. Where lines were counted that are no millimetres of a paper, one of both families may be
    /// something else than its lines (the moiré of a screen is stronger than a faint grid): then the paper is looked for without it.
    /// </summary>
    public static FlatGrid? Find(GridSignal signal, CancellationToken cancellationToken)
    {
        if (Find(signal, null, cancellationToken, out var counted) is { } grid)
            return grid;
        return counted is not { } field ? null
            : Find(signal, Usual(field, true), cancellationToken, out _) ?? Find(signal, Usual(field, false), cancellationToken, out _);

        (double Kx, double Ky) Usual(GridField waves, bool isAcross)
        {
            var slopes = Enumerable.Range(1, 7).SelectMany(row => Enumerable.Range(1, 7).Select(column => waves.Slope(column * signal.Width / 8.0, row * signal.Height / 8.0))).ToArray();
            return isAcross ? (Median(slopes.Select(s => s.AcrossX)), Median(slopes.Select(s => s.AcrossY))) : (Median(slopes.Select(s => s.DownX)), Median(slopes.Select(s => s.DownY)));
        }
    }

    /// <summary>The same without a wave that is known to be something else; where its lines are no millimetres, at least the field that they were counted by.</summary>
    private static FlatGrid? Find(GridSignal signal, (double Kx, double Ky)? other, CancellationToken cancellationToken, out GridField? counted)
    {
        counted = null;
        if (GridGrowth.Find(signal, other, cancellationToken)?.Recounted() is not { } growth)
            return null;
        growth = OnSheet(signal, growth, cancellationToken) ?? growth;
        double side = Math.Max(signal.Width, signal.Height);
        var field = GridField.Bent(growth.Across, growth.Down, signal.Width, signal.Height, side / CoarseKnots, CoarseStiffness);
        var phase = Kept(GridPhase.Measure(signal, field, cancellationToken), growth, field);
        if (Math.Min(phase.Across.Count, phase.Down.Count) < LeastBlocks)
            return null;
        field = GridField.Bent(phase.Across, phase.Down, signal.Width, signal.Height, side / FineKnots, FineStiffness);
        phase = WithoutOutliers(Kept(GridPhase.Measure(signal, field, cancellationToken), growth, field), field);
        field = GridField.Bent(phase.Across, phase.Down, signal.Width, signal.Height, side / FineKnots, FineStiffness);
        var both = phase.Across.Select(p => (p.X, p.Y)).Intersect(phase.Down.Select(p => (p.X, p.Y))).ToArray();
        if (both.Length < LeastBlocks)
            return null;
        counted = field;
        if (Scale(signal, field, both, cancellationToken) is not var (linesX, linesY))
            return null;
        var residual = Math.Max(
            Residual(phase.Across, p => field.At(p.X, p.Y).Across) / linesX,
            Residual(phase.Down, p => field.At(p.X, p.Y).Down) / linesY);
        return new FlatGrid(signal, field, linesX, linesY, both, residual);
    }

    /// <summary>The lines of a flat sheet on which only many of the counted ones lie, where the picture shows that they are the right ones everywhere; null where it does not.</summary>
    private static GridGrowth? OnSheet(GridSignal signal, GridGrowth growth, CancellationToken cancellationToken)
    {
        if (growth.SheetOfMany() is not { } sheet)
            return null;
        var field = GridField.Flat(sheet);
        var phase = GridPhase.Measure(signal, field, cancellationToken);
        GridPoint[] across = [.. phase.Across.Where(p => Math.Abs(p.Lines - field.At(p.X, p.Y).Across) <= OnSheetDeviation)], down = [.. phase.Down.Where(p => Math.Abs(p.Lines - field.At(p.X, p.Y).Down) <= OnSheetDeviation)];
        return Math.Min(across.Length, down.Length) >= LeastBlocks && across.Length >= OnSheetShare * phase.Across.Count && down.Length >= OnSheetShare * phase.Down.Count
            ? new GridGrowth(across, down)
            : null;
    }

    /// <summary>The place on the flat page of a place in the signal, millimetres.</summary>
    public (double X, double Y) ToMm(double x, double y) => Field.At(x, y) is var (across, down) ? (across / LinesPerMmX, down / LinesPerMmY) : default;

    /// <summary>The place in the picture of a place on the flat page; continuous pixel position.</summary>
    public (double X, double Y) ToPicture(double xMm, double yMm)
    {
        var (x, y) = Field.Back(xMm * LinesPerMmX, yMm * LinesPerMmY);
        return ((x + 0.5) / Signal.FactorX, (y + 0.5) / Signal.FactorY);
    }

    /// <summary>Pixels of the picture a millimetre: root of the area, in the middle of all blocks.</summary>
    public double PicturePxPerMm() => Median(Covered.Select(block =>
    {
        var slope = Field.Slope(block.X, block.Y);
        var linesAPixel = Math.Abs((slope.AcrossX * slope.DownY) - (slope.AcrossY * slope.DownX));
        return Math.Sqrt(LinesPerMmX * LinesPerMmY / (linesAPixel * Signal.FactorX * Signal.FactorY));
    }));

    /// <summary>Gray level of the paper, or null outside of the picture.</summary>
    public double? PaperAt(double xMm, double yMm)
    {
        var (x, y) = Field.Back(xMm * LinesPerMmX, yMm * LinesPerMmY);
        int column = (int)Math.Round(x), row = (int)Math.Round(y);
        return column >= 0 && row >= 0 && column < Signal.Width && row < Signal.Height ? Signal.Paper[(row * Signal.Width) + column] : null;
    }

    /// <summary>The usual colour of the picture where the grid is.</summary>
    public OpenCvSharp.Scalar PaperColour(Raster picture)
    {
        var levels = Enumerable.Range(0, picture.Channels).Select(channel => Median(Covered.Select(block =>
        {
            int x = Math.Clamp((int)(block.X / Signal.FactorX), 0, picture.Width - 1), y = Math.Clamp((int)(block.Y / Signal.FactorY), 0, picture.Height - 1);
            return (double)picture.Pixels[(((y * picture.Width) + x) * picture.Channels) + channel];
        }))).ToArray();
        return levels.Length == 3 ? new OpenCvSharp.Scalar(levels[0], levels[1], levels[2]) : new OpenCvSharp.Scalar(levels[0]);
    }

    private static double Residual(IReadOnlyList<GridPoint> points, Func<GridPoint, double> expected) =>
        Math.Sqrt(points.Sum(p => p.Weight * Math.Pow(p.Lines - expected(p), 2)) / points.Sum(p => p.Weight));

    /// <summary>Blocks that agree with the surface through their neighbours: what a border, text or a fold disturbs stands out.</summary>
    private static GridPhase WithoutOutliers(GridPhase phase, GridField field)
    {
        return new GridPhase(Kept(phase.Across, p => field.At(p.X, p.Y).Across), Kept(phase.Down, p => field.At(p.X, p.Y).Down));

        static List<GridPoint> Kept(IReadOnlyList<GridPoint> points, Func<GridPoint, double> expected)
        {
            var deviations = points.Select(p => Math.Abs(p.Lines - expected(p))).ToArray();
            var most = Math.Max(Outlier * Median(deviations), LeastOutlier);
            return [.. points.Where((_, i) => deviations[i] <= most)];
        }
    }

    /// <summary>Blocks near counted tiles whose phase is about what the field has.</summary>
    private static GridPhase Kept(GridPhase phase, GridGrowth growth, GridField field)
    {
        return new GridPhase(
            Near(phase.Across, growth.Across, p => field.At(p.X, p.Y).Across),
            Near(phase.Down, growth.Down, p => field.At(p.X, p.Y).Down));

        static List<GridPoint> Near(IReadOnlyList<GridPoint> points, IReadOnlyList<GridPoint> tiles, Func<GridPoint, double> expected)
        {
            var known = new HashSet<(int, int)>();
            foreach (var tile in tiles)
                for (var y = (int)((tile.Y - TileReach) / GridPhase.Block); y <= (tile.Y + TileReach) / GridPhase.Block; y++)
                    for (var x = (int)((tile.X - TileReach) / GridPhase.Block); x <= (tile.X + TileReach) / GridPhase.Block; x++)
                        known.Add((x, y));
            return
            [
                .. points.Where(p => known.Contains(((int)(p.X / GridPhase.Block), (int)(p.Y / GridPhase.Block)))
                    && Math.Abs(p.Lines - expected(p)) <= MostDeviation),
            ];
        }
    }

    /// <summary>Counted lines a millimetre, from the profiles of the flattened grid.</summary>
    private static (double LinesPerMmX, double LinesPerMmY)? Scale(
        GridSignal signal, GridField field, (double X, double Y)[] blocks, CancellationToken cancellationToken)
    {
        var slopes = blocks.Select(b => field.Slope(b.X, b.Y)).ToArray();
        // A step is a pixel: finer ones would show the pixels' own lattice as lines.
        var stepsX = 1 / Median(slopes.Select(s => Math.Sqrt((s.AcrossX * s.AcrossX) + (s.AcrossY * s.AcrossY))));
        var stepsY = 1 / Median(slopes.Select(s => Math.Sqrt((s.DownX * s.DownX) + (s.DownY * s.DownY))));
        var places = blocks.Select(b => field.At(b.X, b.Y)).ToArray();
        double firstX = places.Min(p => p.Across) - 3, firstY = places.Min(p => p.Down) - 3;
        var across = new Profile(firstX, stepsX, places.Max(p => p.Across) + 3);
        var down = new Profile(firstY, stepsY, places.Max(p => p.Down) + 3);
        const double Middle = (GridPhase.Block - 1) / 2.0;
        for (var i = 0; i < blocks.Length; i++)
        {
            int left = (int)(blocks[i].X - Middle), top = (int)(blocks[i].Y - Middle);
            var (u, v) = places[i];
            var s = slopes[i];
            for (var y = 0; y < GridPhase.Block; y++)
                for (var x = 0; x < GridPhase.Block; x++)
                {
                    var value = signal.Values[((top + y) * signal.Width) + left + x];
                    double dx = x - Middle, dy = y - Middle;
                    across.Add(u + (s.AcrossX * dx) + (s.AcrossY * dy), value);
                    down.Add(v + (s.DownX * dx) + (s.DownY * dy), value);
                }
        }

        return GridScale.OfProfiles(across.Means(), down.Means(), LeastPeriods, cancellationToken, isGrid: true) is { } scale
            ? (Whole(scale.PxPerMmX / stepsX), Whole(scale.PxPerMmY / stepsY))
            : null;

        // What was counted is a harmonic of the cells: a whole number of lines in each.
        static double Whole(double linesPerMm) =>
            Math.Round(CellMm * linesPerMm) is var lines && Math.Abs((CellMm * linesPerMm / lines) - 1) < SameLines ? lines / CellMm : linesPerMm;
    }

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToArray();
        return ordered[ordered.Length / 2];
    }

    /// <summary>Means of values by their place along an axis.</summary>
    private sealed class Profile(double first, double stepsPerLine, double last)
    {
        private readonly double[] sums = new double[Math.Max(1, (int)Math.Min((last - first) * stepsPerLine, 100_000))];
        private readonly int[] counts = new int[Math.Max(1, (int)Math.Min((last - first) * stepsPerLine, 100_000))];

        public void Add(double line, double value)
        {
            var step = (int)((line - first) * stepsPerLine);
            if (step < 0 || step >= sums.Length)
                return;
            sums[step] += value;
            counts[step]++;
        }

        public double[] Means()
        {
            var mean = sums.Sum() / Math.Max(1, counts.Sum());
            var usual = counts.Max();
            // Few values at the border would be loud.
            return [.. sums.Select((sum, i) => (sum - (mean * counts[i])) / Math.Max(counts[i], 0.2 * usual))];
        }
    }
}

namespace EcgImageWeb.Vision.Geometry;

/// <summary>
/// Counts grid lines over a picture, in any direction and perspective and over bent paper: from a tile whose spectrum shows
/// two crossing families of lines to its neighbours, where the lines must go on with nearly the same distance, direction and
/// phase (phase unwrapping of fringe analysis, on tiles).
/// </summary>
/// <param name="Across">Places with their count of the lines that stand, growing to the right.</param>
/// <param name="Down">Places with their count of the lines that lie, growing downwards.</param>
internal sealed record GridGrowth(IReadOnlyList<GridPoint> Across, IReadOnlyList<GridPoint> Down)
{
    /// <summary>Distance of tiles: a third of a tile, less in small pictures, pixels.</summary>
    private const int LargestStep = 44, LeastStep = 20, StepsASide = 45;

    /// <summary>Least strength of a wave: the largest of the ten independent values around it reaches 2 in noise, 4 in one of 1,000 tiles.</summary>
    private const double LeastStrength = 4;

    /// <summary>Least strength of the waves that a growth begins with.</summary>
    private const double LeastSeedStrength = 5;

    /// <summary>Stronger waves are no surer; a drawn weave would outdo printed paper.</summary>
    private const double MostStrength = 20;

    /// <summary>How far the phase may be from what the neighbours foretell, periods.</summary>
    private const double MostPhaseError = 0.22;

    /// <summary>Fewer tiles with both families are not a page.</summary>
    private const int LeastTiles = 12;

    /// <summary>Waves that differ by less than this of their frequency may belong to the same lines.</summary>
    private const double SameWave = 0.15;

    /// <summary>A seed that a growth came by with waves this strong, of its own, is part of it or a harmonic.</summary>
    private const double AsStrong = 0.6;

    /// <summary>Paper levels of neighbouring tiles differ less, even at a shadow's edge; what the paper lies on is darker.</summary>
    private const double SameLevel = 0.75;

    /// <summary>
    /// Counts of a flat sheet lie this near to whole lines of it, root mean square, periods: 0.01 to 0.11 on drawn scans; photographs of bent sheets gave 0.2 to 0.29,
    /// which is chance.
    /// </summary>
    private const double FlatDeviation = 0.15;

    /// <summary>Those places of one family that are counted otherwise lie this near, 0.10 to 0.21 where lines were miscounted; where the sheet bends, chance again.</summary>
    private const double RecountDeviation = 0.22;

    /// <summary>A flat sheet is fitted to the tiles this near to a place at first, and to so many times as far each round; pixels.</summary>
    private const double FirstReach = 150, ReachGrowth = 1.3;

    /// <summary>Places this near to a flat sheet's lines lie on it, periods; if so many do, but not nearly all, it may be the sheet and the others miscounted.</summary>
    private const double OnSheetDeviation = 0.2, LeastOnSheet = 0.5, NearlyAll = 0.97;

    private const int MostSeeds = 4, MostTries = 2;

    /// <summary>The largest area whose lines can be counted through, or null.</summary>
    /// <param name="signal">The picture.</param>
    /// <param name="other">Frequency of a wave that is no line of the paper's, per pixel; null for none.</param>
    /// <param name="cancellationToken">Observed between the tiles.</param>
    public static GridGrowth? Find(GridSignal signal, (double Kx, double Ky)? other, CancellationToken cancellationToken)
    {
        if (Math.Min(signal.Width, signal.Height) < TileSpectrum.Side)
            return null;
        var step = Math.Clamp(Math.Max(signal.Width, signal.Height) / StepsASide, LeastStep, LargestStep);
        var tiles = new Tiles(signal, step);
        var seeds = Seeds(tiles, other, cancellationToken);
        Tile?[]? best = null;
        var all = new List<Tile?[]>();
        foreach (var seed in seeds)
        {
            if (all.Any(before => before[seed.Index] is { } tile && tile.Found(0) && tile.Found(1)
                && Math.Min(tile.Waves[0].Strength, tile.Waves[1].Strength) >= AsStrong * seed.Strength))
                continue;
            var grown = Grow(tiles, seed, cancellationToken);
            all.Add(grown);
            if (best is null || Evidence(tiles, grown) > Evidence(tiles, best))
                best = grown;
        }

        return best is not null && Size(best) >= LeastTiles ? new GridGrowth(Points(tiles, best, 0), Points(tiles, best, 1)) : null;
    }

    /// <summary>
    /// The same where a flat sheet explains all counts up to whole lines: faint lines that were counted twice or not at all would bend the page by them.
    /// The sheet grows from a small area, each round from what the one before explains; counts of a bent sheet lie between whole lines, too, and stay.
    /// </summary>
    public GridGrowth Recounted() => Centres().Select(OnSheet).FirstOrDefault(counted => counted is not null) ?? this;

    /// <summary>
    /// The flat sheet on which many, but not nearly all, of the counted places lie; null where nearly all do or few. Dots of dotted lines have a period of their own,
    /// which leads the counting away from the lines bit by bit.
    /// </summary>
    public GridHomography? SheetOfMany()
    {
        var (sheet, share) = Centres().Select(SheetAround).MaxBy(found => found.Share);
        return share is >= LeastOnSheet and < NearlyAll ? sheet : null;
    }

    /// <summary>The flat sheet that fits around a place, grown by the places that lie on it; and the share of all that do.</summary>
    private (GridHomography? Sheet, double Share) SheetAround((double X, double Y) from)
    {
        double Away(GridPoint p) => Math.Max(Math.Abs(p.X - from.X), Math.Abs(p.Y - from.Y));
        var farthest = Math.Max(Across.Max(Away), Down.Max(Away));
        GridHomography? sheet = null;
        for (var reach = FirstReach; reach <= farthest * ReachGrowth; reach *= ReachGrowth)
        {
            GridPoint[] across = [.. Across.Where(p => Away(p) <= reach && IsOn(p, true))], down = [.. Down.Where(p => Away(p) <= reach && IsOn(p, false))];
            if (Math.Min(across.Length, down.Length) >= LeastTiles)
                sheet = GridHomography.Fit(across, down);
        }

        return sheet is null ? (null, 0) : (sheet, Math.Min(Across.Average(p => IsOn(p, true) ? 1.0 : 0), Down.Average(p => IsOn(p, false) ? 1.0 : 0)));

        bool IsOn(GridPoint p, bool isAcross) => sheet is null || Math.Abs(p.Lines - (isAcross ? sheet.At(p.X, p.Y).Across : sheet.At(p.X, p.Y).Down)) <= OnSheetDeviation;
    }

    /// <summary>The middle of the counted area, and those of its quarters.</summary>
    private IEnumerable<(double X, double Y)> Centres()
    {
        double left = Across.Min(p => p.X), right = Across.Max(p => p.X), top = Across.Min(p => p.Y), bottom = Across.Max(p => p.Y);
        double[] shares = [0.5, 0.25, 0.75];
        return shares.SelectMany(x => shares.Where(y => (x == 0.5) == (y == 0.5)).Select(y => (left + (x * (right - left)), top + (y * (bottom - top)))));
    }

    /// <summary>The counts on the flat sheet that fits around a place; null where none explains them.</summary>
    private GridGrowth? OnSheet((double X, double Y) from)
    {
        double Away(GridPoint p) => Math.Max(Math.Abs(p.X - from.X), Math.Abs(p.Y - from.Y));
        var farthest = Math.Max(Across.Max(Away), Down.Max(Away));
        var counted = this;
        var reach = FirstReach;
        while (true)
        {
            GridPoint[] acrossHere = [.. counted.Across.Where(IsNear)], downHere = [.. counted.Down.Where(IsNear)];
            if (Math.Min(acrossHere.Length, downHere.Length) >= LeastTiles)
            {
                var sheet = GridHomography.Fit(acrossHere, downHere);
                counted = new GridGrowth(Whole(Across, (x, y) => sheet.At(x, y).Across), Whole(Down, (x, y) => sheet.At(x, y).Down));
                if (!(Deviation(counted.Across, (x, y) => sheet.At(x, y).Across) <= FlatDeviation && Deviation(counted.Down, (x, y) => sheet.At(x, y).Down) <= FlatDeviation))
                    return null;
                // A corner that curls is few places of all, but counts there lie between lines.
                if (reach > farthest)
                    return new GridGrowth(
                        Others(Across, counted.Across, (x, y) => sheet.At(x, y).Across) <= RecountDeviation ? counted.Across : Across,
                        Others(Down, counted.Down, (x, y) => sheet.At(x, y).Down) <= RecountDeviation ? counted.Down : Down);
            }

            if (reach > farthest)
                return null;
            reach *= ReachGrowth;
        }

        static List<GridPoint> Whole(IReadOnlyList<GridPoint> points, Func<double, double, double> lines) =>
            [.. points.Select(p => p with { Lines = p.Lines + Math.Round(lines(p.X, p.Y) - p.Lines) })];

        bool IsNear(GridPoint p) => Away(p) <= reach;

        double Deviation(IReadOnlyList<GridPoint> points, Func<double, double, double> lines) =>
            Math.Sqrt(points.Where(IsNear).Average(p => Math.Pow(p.Lines - lines(p.X, p.Y), 2)));

        // Of the places that are counted otherwise than before.
        static double Others(IReadOnlyList<GridPoint> before, IReadOnlyList<GridPoint> now, Func<double, double, double> lines) =>
            Math.Sqrt(now.Where((p, i) => p.Lines != before[i].Lines).Select(p => Math.Pow(p.Lines - lines(p.X, p.Y), 2)).DefaultIfEmpty(0).Average());
    }

    private static int Size(Tile?[] tiles) => tiles.Count(tile => tile is { } t && t.Found(0) && t.Found(1));

    /// <summary>Strength of all tiles that show both families; paper is brighter than what it lies on, which may be woven.</summary>
    private static double Evidence(Tiles tiles, Tile?[] grown) => grown
        .Select((tile, i) => tile is { } t && t.Found(0) && t.Found(1) ? Math.Min(MostStrength, Math.Min(t.Waves[0].Strength, t.Waves[1].Strength)) * tiles.Paper(i) : 0).Sum();

    private static List<GridPoint> Points(Tiles tiles, Tile?[] grown, int family) =>
    [
        .. grown.Select((tile, i) => (tile, i)).Where(t => t.tile is { } found && found.Found(family))
            .Select(t => new GridPoint(tiles.MiddleX(t.i), tiles.MiddleY(t.i), t.tile!.Lines[family], Math.Min(t.tile.Waves[family].Strength, MostStrength))),
    ];

    /// <summary>Places of the tiles.</summary>
    private sealed record Tiles(GridSignal Signal, int Step)
    {
        public int Columns { get; } = ((Signal.Width - TileSpectrum.Side) / Step) + 1;

        public int Rows { get; } = ((Signal.Height - TileSpectrum.Side) / Step) + 1;

        public TileSpectrum Spectrum(int index) => TileSpectrum.At(Signal, index % Columns * Step, index / Columns * Step);

        // The phase belongs to the window's middle, which is sample Side / 2.
        public double MiddleX(int index) => (index % Columns * Step) + (TileSpectrum.Side / 2);

        public double MiddleY(int index) => (index / Columns * Step) + (TileSpectrum.Side / 2);

        public double Paper(int index) => Signal.Paper[((int)MiddleY(index) * Signal.Width) + (int)MiddleX(index)];

        public IEnumerable<int> Neighbours(int index)
        {
            int column = index % Columns, row = index / Columns;
            for (var y = Math.Max(0, row - 1); y <= Math.Min(Rows - 1, row + 1); y++)
                for (var x = Math.Max(0, column - 1); x <= Math.Min(Columns - 1, column + 1); x++)
                    if (x != column || y != row)
                        yield return (y * Columns) + x;
        }
    }

    /// <summary>Waves of both families in a tile, with their count of lines where they were found.</summary>
    private sealed record Tile(GridWave[] Waves, double[] Lines)
    {
        public bool Found(int family) => !double.IsNaN(Lines[family]);
    }

    private readonly record struct Seed(int Index, GridWave Across, GridWave Down)
    {
        public double Strength => Math.Min(Across.Strength, Down.Strength);
    }

    /// <summary>Every other tile with two strong families; the strongest first, then those far from it.</summary>
    private static List<Seed> Seeds(Tiles tiles, (double Kx, double Ky)? other, CancellationToken cancellationToken)
    {
        var places = Enumerable.Range(0, tiles.Columns * tiles.Rows)
            .Where(i => i % tiles.Columns % 2 == 0 && i / tiles.Columns % 2 == 0).ToArray();
        var crossings = new Seed?[places.Length];
        Parallel.For(0, places.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
            crossings[i] = tiles.Spectrum(places[i]).Crossing(other) is var (across, down) ? new Seed(places[i], across, down) : null);
        var found = crossings.OfType<Seed>().Where(seed => seed.Strength >= LeastSeedStrength).ToArray();

        // Neighbours agree where there is a grid; a chance peak stands alone.
        var agreed = found
            .Select(seed => (Seed: seed, Votes: found.Count(other => Alike(seed.Across, other.Across) && Alike(seed.Down, other.Down))))
            .Where(seed => seed.Votes >= 4)
            .OrderByDescending(seed => seed.Votes * Math.Min(seed.Seed.Strength, MostStrength) * tiles.Paper(seed.Seed.Index))
            .Select(seed => seed.Seed).ToList();
        var kept = new List<Seed>();
        foreach (var seed in agreed)
            if (kept.Count < MostSeeds && !kept.Any(other => Alike(seed.Across, other.Across) && Alike(seed.Down, other.Down)))
                kept.Add(seed);
        return kept;
    }

    private static bool Alike(GridWave a, GridWave b) =>
        Math.Sqrt(Math.Pow(a.Kx - b.Kx, 2) + Math.Pow(a.Ky - b.Ky, 2)) < SameWave * Math.Sqrt((a.Kx * a.Kx) + (a.Ky * a.Ky));

    /// <summary>Generation after generation, each from what the one before has counted.</summary>
    private static Tile?[] Grow(Tiles tiles, Seed seed, CancellationToken cancellationToken)
    {
        var grown = new Tile?[tiles.Columns * tiles.Rows];
        grown[seed.Index] = new Tile([seed.Across, seed.Down], [seed.Across.Phase, seed.Down.Phase]);
        var tries = new byte[grown.Length];
        int[] front = [seed.Index];
        while (front.Length > 0)
        {
            // A tile is tried again once more of its neighbours are known.
            var open = front.SelectMany(tiles.Neighbours).Distinct()
                .Where(index => tries[index] < MostTries && !(grown[index] is { } tile && tile.Found(0) && tile.Found(1))).ToArray();
            var next = new Tile?[open.Length];
            Parallel.For(0, open.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => next[i] = Continued(tiles, grown, open[i]));
            var changed = new List<int>();
            for (var i = 0; i < open.Length; i++)
            {
                tries[open[i]]++;
                if (next[i] is not { } tile)
                    continue;
                grown[open[i]] = tile;
                changed.Add(open[i]);
            }

            front = [.. changed];
        }

        return grown;
    }

    private static bool SamePaper(double a, double b) => Math.Min(a, b) > SameLevel * Math.Max(a, b);

    /// <summary>A tile with what its neighbours tell of it, or null where they tell nothing new.</summary>
    private static Tile? Continued(Tiles tiles, Tile?[] grown, int index)
    {
        double x = tiles.MiddleX(index), y = tiles.MiddleY(index);
        TileSpectrum? spectrum = null;
        var waves = new GridWave[2];
        double[] lines = [double.NaN, double.NaN];
        var any = false;
        for (var family = 0; family < 2; family++)
        {
            if (grown[index] is { } known && known.Found(family))
            {
                (waves[family], lines[family]) = (known.Waves[family], known.Lines[family]);
                continue;
            }

            var around = tiles.Neighbours(index).Where(i => grown[i] is { } tile && tile.Found(family) && SamePaper(tiles.Paper(i), tiles.Paper(index))).ToArray();
            if (around.Length == 0)
                continue;
            spectrum ??= tiles.Spectrum(index);
            var wave = spectrum.Near(around.Average(i => grown[i]!.Waves[family].Kx), around.Average(i => grown[i]!.Waves[family].Ky));
            if (wave.Strength < LeastStrength)
                continue;

            // Between two tiles the count grows by the mean of their frequencies times the way (exact for a quadratic phase).
            var foretold = around.Select(i =>
            {
                var from = grown[i]!;
                var (k, dx, dy) = (from.Waves[family], x - tiles.MiddleX(i), y - tiles.MiddleY(i));
                return from.Lines[family] + ((k.Kx + wave.Kx) / 2 * dx) + ((k.Ky + wave.Ky) / 2 * dy);
            }).ToArray();
            var found = wave.Phase + Math.Round(foretold.Average() - wave.Phase);
            if (foretold.Any(f => Math.Abs(f - found) > MostPhaseError))
                continue;
            (waves[family], lines[family]) = (wave, found);
            any = true;
        }

        return any ? new Tile(waves, lines) : null;
    }
}

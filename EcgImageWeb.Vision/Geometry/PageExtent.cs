namespace EcgImageWeb.Vision.Geometry;

/// <summary>How far the paper reaches around the grid that was seen, millimetres of the flat page.</summary>
internal sealed record PageExtent(double Left, double Top, double Right, double Bottom)
{
    /// <summary>Text around a grid is looked for this far, millimetres: the header of an A4 or letter page.</summary>
    private const double FarthestMm = 75;

    private const double StepMm = 2, SampleMm = 4;

    /// <summary>Paper is this bright at least and at most, relative to the paper at the grid's edge; measured on photographs on wood, cloth and tables.</summary>
    private const double Darkest = 0.78, Brightest = 1.4;

    /// <summary>A side goes on while this share of it is paper in the picture.</summary>
    private const double LeastShare = 0.6;

    /// <summary>
    /// The paper's level is blurred over some 7 mm, so that a dark table ends a page before its edge, where a line of text may stand:
    /// the edge is where the level is half way to what lies beyond, looked for from the last step on, in fine steps; millimetres.
    /// </summary>
    private const double BlurMm = 8, EdgeWithinMm = 3.5, FineStepMm = 0.5;

    public double WidthMm => Right - Left;

    public double HeightMm => Bottom - Top;

    /// <summary>From the blocks that show a grid outwards while there is paper.</summary>
    public static PageExtent Of(FlatGrid grid)
    {
        var places = grid.Covered.Select(block => grid.ToMm(block.X, block.Y)).ToArray();
        double left = places.Min(p => p.X), right = places.Max(p => p.X), top = places.Min(p => p.Y), bottom = places.Max(p => p.Y);
        var l = left - Reach(grid, out_ => (left - out_, 0), top, bottom, vertical: true);
        var r = right + Reach(grid, out_ => (right + out_, 0), top, bottom, vertical: true);
        var t = top - Reach(grid, out_ => (0, top - out_), left, right, vertical: false);
        var b = bottom + Reach(grid, out_ => (0, bottom + out_), left, right, vertical: false);
        return new PageExtent(l, t, r, b);
    }

    private static double Reach(FlatGrid grid, Func<double, (double X, double Y)> line, double from, double to, bool vertical)
    {
        var count = Math.Max(2, (int)((to - from) / SampleMm));
        var positions = Enumerable.Range(0, count).Select(i => from + ((i + 0.5) * (to - from) / count)).ToArray();
        var edge = positions.Select(p => Paper(0, p)).ToArray();
        var reached = 0.0;
        for (var distance = StepMm; distance <= FarthestMm; distance += StepMm)
        {
            var seen = 0;
            for (var i = 0; i < count; i++)
                if (Paper(distance, positions[i]) is { } level && edge[i] is { } inside && level > Darkest * inside && level < Brightest * inside)
                    seen++;
            if (seen < LeastShare * count)
                break;
            reached = distance;
        }

        // Text stands as near to the edge as a millimetre, and is cut where the page ends early.
        var beyond = Level(reached + BlurMm) ?? 0;
        var half = (1 + Math.Min(beyond, Darkest)) / 2;
        var end = reached + EdgeWithinMm;
        while (reached + FineStepMm <= end && Level(reached + FineStepMm) is { } next && next > half && next < Brightest)
            reached += FineStepMm;
        return reached;

        // The usual level at a distance, as a share of the edge's; null where most of it is beyond the picture.
        double? Level(double distance)
        {
            var levels = Enumerable.Range(0, count).Select(i => Paper(distance, positions[i]) / edge[i]).OfType<double>().Order().ToArray();
            return levels.Length >= LeastShare * count ? levels[levels.Length / 2] : null;
        }

        double? Paper(double distance, double along)
        {
            var (x, y) = line(distance);
            return grid.PaperAt(vertical ? x : along, vertical ? along : y);
        }
    }
}

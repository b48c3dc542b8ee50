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

        return reached;

        double? Paper(double distance, double along)
        {
            var (x, y) = line(distance);
            return grid.PaperAt(vertical ? x : along, vertical ? along : y);
        }
    }
}

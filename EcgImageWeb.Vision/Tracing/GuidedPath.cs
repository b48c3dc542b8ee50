using EcgImageWeb.Vision.Geometry;

namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// The ink between points that a person clicked: the cheapest way from point to point that never goes back to the left, where
/// paper costs and ink is nearly free ("live wire": Mortensen and Barrett, Intelligent Scissors, SIGGRAPH 1995), by dynamic
/// programming in time proportional to the pixels.
/// </summary>
public static class GuidedPath
{
    /// <summary>Cost of a pixel of full ink, a pixel of paper being 1: a spike of 20 mm must be cheaper than the gap at its foot.</summary>
    private const float OnInk = 0.005f;

    /// <summary>A click means the ink this near to it, mm.</summary>
    private const double SnapMm = 0.4;

    /// <summary>Between two clicks a trace swings at most this far beyond them, mm: 3 mV.</summary>
    private const double ReachMm = 30;

    /// <summary>Ink, as a share of the darkness that was clicked on.</summary>
    private const float Inked = 0.5f;

    /// <summary>Taller runs of ink in a column are strokes, not the pen's own width, mm.</summary>
    private const double PenMm = 1.2;

    /// <summary>Follows the ink.</summary>
    /// <param name="page">The upright page.</param>
    /// <param name="lead">Index of the lead in its layout; it is only repeated.</param>
    /// <param name="points">Two or more places on the page, continuous pixels, at least one column apart; in any order.</param>
    /// <param name="cancellationToken">Observed between columns.</param>
    /// <returns>A row for every column from the leftmost to the rightmost point.</returns>
    /// <exception cref="ArgumentException">Fewer than two columns, or a point outside the page.</exception>
    public static RedrawnTrace Follow(UprightPage page, int lead, IReadOnlyList<PixelPoint> points, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(points);
        // Of two clicks into one column the later counts.
        var clicked = points.GroupBy(point => (int)point.X).OrderBy(column => column.Key).ToDictionary(column => column.Key, column => (int)column.Last().Y);
        if (clicked.Count < 2 || points.Any(point => !(point.X >= 0 && point.Y >= 0 && point.X < page.Pixels.Width && point.Y < page.Pixels.Height)))
            throw new ArgumentException("Two points or more in different columns of the page are needed.", nameof(points));

        int first = clicked.Keys.Min(), last = clicked.Keys.Max(), reach = (int)(ReachMm * page.PxPerMmY);
        int top = Math.Max(0, clicked.Values.Min() - reach), bottom = Math.Min(page.Pixels.Height, clicked.Values.Max() + reach + 1);
        var area = page with { Pixels = Cut(page.Pixels, new PixelBox(first, top, last - first + 1, bottom - top)) };
        var ink = InkImage.Of(area, []);
        var snap = Math.Max(1, (int)Math.Round(SnapMm * page.PxPerMmY));
        var clicks = clicked.ToDictionary(click => click.Key - first, click => click.Value - top);
        var darkness = Darkness(ink, clicks, snap);
        var (from, to) = Way(ink, darkness, clicks, snap, cancellationToken);
        return new RedrawnTrace(lead, first, [.. Rows(ink, darkness, from, to, (int)(PenMm * page.PxPerMmY)).Select(row => row + top)]);
    }

    private static Raster Cut(Raster page, PixelBox box)
    {
        var pixels = new byte[box.Width * box.Height * page.Channels];
        for (var y = 0; y < box.Height; y++)
            Array.Copy(page.Pixels, (((box.Y + y) * page.Width) + box.X) * page.Channels, pixels, y * box.Width * page.Channels, box.Width * page.Channels);
        return new Raster(box.Width, box.Height, page.Channels, pixels);
    }

    /// <summary>Median of the darkest pixel near each click: what the person holds for ink.</summary>
    private static float Darkness(InkImage ink, Dictionary<int, int> clicks, int snap)
    {
        var darkest = clicks.Select(click => Enumerable.Range(Math.Max(0, click.Value - snap), (2 * snap) + 1)
            .Where(y => y < ink.Height).Max(y => ink.Amount[(y * ink.Width) + click.Key])).Order().ToArray();
        return Math.Max(0.05f, darkest[darkest.Length / 2]);
    }

    /// <summary>Where the way enters each column and where it leaves it.</summary>
    private static (int[] From, int[] To) Way(InkImage ink, float darkness, Dictionary<int, int> clicks, int snap, CancellationToken cancellationToken)
    {
        int width = ink.Width, height = ink.Height;
        var entry = new short[width * height];
        float[] best = new float[height], next = new float[height], cost = new float[height];
        var came = new short[height];
        for (var x = 0; x < width; x++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var y = 0; y < height; y++)
            {
                var paper = 1 - Math.Min(1, ink.Amount[(y * width) + x] / darkness);
                cost[y] = OnInk + (paper * paper);
                (next[y], came[y]) = (best[y] + cost[y], (short)y);
            }

            for (var y = 1; y < height; y++)
                if (next[y - 1] + cost[y] < next[y])
                    (next[y], came[y]) = (next[y - 1] + cost[y], came[y - 1]);
            for (var y = height - 2; y >= 0; y--)
                if (next[y + 1] + cost[y] < next[y])
                    (next[y], came[y]) = (next[y + 1] + cost[y], came[y + 1]);
            if (clicks.TryGetValue(x, out var clicked))
                for (var y = 0; y < height; y++)
                    if (Math.Abs(y - clicked) > snap)
                        next[y] = float.PositiveInfinity;
            came.CopyTo(entry, x * height);
            (best, next) = (next, best);
        }

        int[] from = new int[width], to = new int[width];
        to[^1] = Array.IndexOf(best, best.Min());
        for (var x = width - 1; x >= 0; x--)
        {
            from[x] = entry[(x * height) + to[x]];
            if (x > 0)
                to[x - 1] = from[x];
        }

        return (from, to);
    }

    /// <summary>Row a column: the middle of the pen's own width; of a steep stroke the middle of the way, or its tip where it turns.</summary>
    private static IEnumerable<double> Rows(InkImage ink, float darkness, int[] from, int[] to, int pen)
    {
        for (var x = 0; x < to.Length; x++)
        {
            int top = Math.Min(from[x], to[x]), bottom = Math.Max(from[x], to[x]);
            while (top > 0 && bottom - top <= pen && Amount(x, top - 1) > Inked)
                top--;
            while (bottom + 1 < ink.Height && bottom - top <= pen && Amount(x, bottom + 1) > Inked)
                bottom++;
            if (bottom - top <= pen)
            {
                double sum = 0, weight = 1e-9;
                for (var y = Math.Max(0, top - 1); y <= Math.Min(ink.Height - 1, bottom + 1); y++)
                    (sum, weight) = (sum + (Amount(x, y) * (y + 0.5)), weight + Amount(x, y));
                yield return weight > Inked ? sum / weight : ((from[x] + to[x]) / 2.0) + 0.5;
                continue;
            }

            var turns = x + 1 < to.Length && Math.Sign(to[x] - from[x]) * Math.Sign(to[x + 1] - from[x + 1]) < 0;
            yield return (turns ? to[x] : (from[x] + to[x]) / 2.0) + 0.5;
        }

        float Amount(int x, int y) => Math.Min(1, ink.Amount[(y * ink.Width) + x] / darkness);
    }
}

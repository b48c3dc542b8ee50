using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>Finds calibration pulses: two upright strokes of one height, joined at the top and open below.</summary>
internal static class PulseFinder
{
    /// <summary>Printed heights of 1 mV, millimetres: 5, 10 or 20 mm/mV; and how far off a measured one may be.</summary>
    public static readonly double[] Heights = [5, 10, 20];

    private const double HeightTolerance = 0.12;

    /// <summary>Widths: 0.2 s at 25 mm/s is 5 mm, at 50 mm/s 10; some devices draw 0.1 s and less; millimetres.</summary>
    private const double LeastWidthMm = 1.7, MostWidthMm = 12.5;

    /// <summary>The strokes' ends agree to this; the page's own tilt and blur; millimetres.</summary>
    private const double SameEndMm = 1;

    /// <summary>Shares of columns between the strokes that have ink at the top, and at half height.</summary>
    private const double LeastTop = 0.9, MostInside = 0.15;

    /// <summary>How far the strokes of faint pulses are interrupted, where whole ones are not found; millimetres.</summary>
    public const double BreakMm = 2;

    /// <summary>Cells of the printed grid, millimetres.</summary>
    public const double CellMm = 5;

    /// <summary>An upright stroke is the faintest of all ink: what part of it must be seen where it may be interrupted.</summary>
    private const double LeastStroke = 0.6;

    /// <summary>Rows that are laid over one another, and what share of them has ink where all of them have a pulse.</summary>
    private const int LeastOverlaid = 3;

    private const double OverlaidShare = 0.2;

    /// <summary>A pulse's foot lies on its row's zero line to this; millimetres.</summary>
    private const double FootMm = 1.5;

    /// <summary>A pulse of the canvas: columns of its strokes' middles, rows of its top and foot.</summary>
    internal readonly record struct Pulse(int First, int Last, double Top, double Foot)
    {
        /// <summary>Zero line to top, canvas pixels.</summary>
        public double Height => Foot - Top;
    }

    private readonly record struct Stroke(int X, int Top, int Bottom);

    /// <summary>Pulses whose first stroke lies between two columns.</summary>
    /// <param name="mask">Ink.</param>
    /// <param name="first">First column.</param>
    /// <param name="last">Last column.</param>
    /// <param name="scale">Pixels a millimetre.</param>
    /// <param name="anyHeight">Where the scale is a guess: pulses of other heights than the usual ones, too.</param>
    /// <param name="gapMm">How far strokes may be interrupted, millimetres; then pulses as high as a cell of the grid are none: lines of a faint grid look like them.</param>
    public static IReadOnlyList<Pulse> Between(InkMask mask, double first, double last, CanvasScale scale, bool anyHeight = false, double gapMm = 0)
    {
        var strokes = Strokes(mask, Math.Max(1, (int)first), Math.Min(mask.Width - 2, (int)last), scale, (int)(gapMm * scale.Y));
        var pulses = new List<Pulse>();
        foreach (var a in strokes)
            foreach (var b in strokes)
                if (b.X - a.X >= LeastWidthMm * scale.X && b.X - a.X <= MostWidthMm * scale.X
                    && Math.Abs(a.Top - b.Top) <= SameEndMm * scale.Y && Math.Abs(a.Bottom - b.Bottom) <= SameEndMm * scale.Y
                    && Joined(mask, a, b, scale) is { } pulse
                    && (anyHeight || Heights.Any(height => (gapMm == 0 || height > CellMm) && Math.Abs((pulse.Height / scale.Y / height) - 1) <= HeightTolerance))
                    && !pulses.Any(other => Math.Abs(other.Foot - pulse.Foot) < scale.Y * 4 && Math.Abs(other.First - pulse.First) < scale.X * MostWidthMm))
                    pulses.Add(pulse);
        return pulses;
    }

    /// <summary>
    /// The pulses that all rows have at one place, where faint ones are interrupted in one row here and in another there: the rows are laid over one another, and
    /// ink is where a fifth of them, and more than one, have it. Names and beats are not alike in so many.
    /// </summary>
    /// <param name="mask">Ink.</param>
    /// <param name="baselines">The rows' zero lines.</param>
    /// <param name="first">First column.</param>
    /// <param name="last">Last column.</param>
    /// <param name="scale">Pixels a millimetre.</param>
    /// <returns>One pulse a row, none where the rows have none in common.</returns>
    public static IReadOnlyList<Pulse> Overlaid(InkMask mask, IReadOnlyList<double> baselines, double first, double last, CanvasScale scale)
    {
        int left = Math.Max(1, (int)first), width = Math.Min(mask.Width - 2, (int)(last + (MostWidthMm * scale.X))) - left;
        if (baselines.Count < LeastOverlaid || width <= 0)
            return [];
        int above = (int)(((Heights[^1] * (1 + HeightTolerance)) + 2) * scale.Y), height = above + (int)(2 * FootMm * scale.Y);
        var rows = new float[width * height];
        foreach (var baseline in baselines)
            for (var y = 0; y < height; y++)
                if ((int)baseline - above + y is var row && row > 0 && row < mask.Height - 1)
                    for (var x = 0; x < width; x++)
                        rows[(y * width) + x] += Inked(mask, left + x, row - 1) || Inked(mask, left + x, row) || Inked(mask, left + x, row + 1) ? 1 : 0;
        var shared = InkMask.Of(Array.ConvertAll(rows, count => count > Math.Max(1, OverlaidShare * baselines.Count) ? 1f : 0), width, height);
        var pulses = Between(shared, 0, last - left, scale).Where(pulse => Math.Abs(pulse.Foot - above) <= FootMm * scale.Y).ToArray();
        return pulses.Length != 1 ? [] : [.. baselines.Select(baseline => new Pulse(left + pulses[0].First, left + pulses[0].Last, (int)baseline - above + pulses[0].Top, (int)baseline - above + pulses[0].Foot))];
    }

    /// <summary>Upright runs of ink of a pulse's height, one for each stroke: the middle of neighbouring columns.</summary>
    private static List<Stroke> Strokes(InkMask mask, int first, int last, CanvasScale scale, int gap)
    {
        double shortest = Heights[0] * (1 - HeightTolerance) * scale.Y, tallest = ((Heights[^1] * (1 + HeightTolerance)) + 2) * scale.Y;
        var open = new List<(Stroke First, Stroke Last)>();
        var strokes = new List<Stroke>();
        for (var x = first; x <= last; x++)
        {
            for (var y = 0; y < mask.Height; y++)
            {
                if (!Inked(mask, x, y))
                    continue;
                int top = y, ink = 1;
                for (var next = y + 1; next < mask.Height && next <= y + 1 + gap; next++)
                    if (Inked(mask, x, next))
                        (y, ink) = (next, ink + 1);
                if (y - top + 1 < shortest || y - top + 1 > tallest || ink < LeastStroke * (y - top + 1))
                    continue;
                var run = new Stroke(x, top, y);
                var i = open.FindIndex(pair => pair.Last.X == x - 1 && Math.Min(pair.Last.Bottom, y) - Math.Max(pair.Last.Top, top) > shortest / 2);
                if (i < 0)
                    open.Add((run, run));
                else
                    open[i] = (open[i].First, run with { Top = Math.Min(top, open[i].Last.Top), Bottom = Math.Max(y, open[i].Last.Bottom) });
            }
        }

        foreach (var (from, to) in open)
            if (to.X - from.X <= 2 * scale.X)
                strokes.Add(to with { X = (from.X + to.X) / 2 });
        return strokes;
    }

    private static bool Inked(InkMask mask, int x, int y) => mask[x - 1, y] || mask[x, y] || mask[x + 1, y];

    private static Pulse? Joined(InkMask mask, Stroke a, Stroke b, CanvasScale scale)
    {
        int top = (a.Top + b.Top) / 2, bottom = (a.Bottom + b.Bottom) / 2, middle = (top + bottom) / 2, edge = (int)(0.6 * scale.X);
        int near = (int)(1.3 * scale.Y), joined = 0, inside = 0, columns = 0;
        var thickness = new List<int>();
        for (var x = a.X + edge; x <= b.X - edge; x++)
        {
            columns++;
            var ink = 0;
            for (var y = Math.Max(0, top - (near / 2)); y <= Math.Min(mask.Height - 1, top + near); y++)
                ink += mask[x, y] ? 1 : 0;
            joined += ink > 0 ? 1 : 0;
            if (ink > 0)
                thickness.Add(ink);
            inside += mask[x, middle] ? 1 : 0;
        }

        if (columns == 0 || joined < LeastTop * columns || inside > MostInside * columns)
            return null;
        thickness.Sort();
        var pen = thickness[thickness.Count / 2] / 2.0;
        return new Pulse(a.X, b.X, top + pen, bottom + 1 - pen);
    }
}

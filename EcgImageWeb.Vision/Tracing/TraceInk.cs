using EcgImageWeb.Vision.Layout;

namespace EcgImageWeb.Vision.Tracing;

/// <summary>The followed runs of every strip of a page, and whose ink each pixel of the canvas is.</summary>
/// <param name="Canvas">What was followed.</param>
/// <param name="Strips">Where, in the order of the layout's leads.</param>
/// <param name="Tops">First row of the chosen run per strip and column, -1 where none.</param>
/// <param name="Bottoms">Last row of it.</param>
/// <param name="Owner">Per canvas pixel: 1 + index of the strip whose trace it belongs to, 0 for everything else.</param>
internal sealed record TraceInk(TraceCanvas Canvas, IReadOnlyList<Strip> Strips, int[][] Tops, int[][] Bottoms, byte[] Owner)
{
    /// <summary>Columns beside a strip whose ink may still be its own: half a separator.</summary>
    private const int Beside = 6;

    /// <summary>Follows all strips and shares out the ink that is connected to them.</summary>
    public static TraceInk Of(TraceCanvas canvas, ReportTemplate? template, IReadOnlyList<Strip> strips, CancellationToken cancellationToken) =>
        On(canvas, InkMask.Of(canvas, template), strips, cancellationToken);

    /// <summary>The same on a mask that was made before.</summary>
    public static TraceInk On(TraceCanvas canvas, InkMask mask, IReadOnlyList<Strip> strips, CancellationToken cancellationToken)
    {
        int[][] tops = new int[strips.Count][], bottoms = new int[strips.Count][];
        for (var i = 0; i < strips.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (tops[i], bottoms[i]) = StripFollower.Follow(mask, strips[i]);
        }

        return new TraceInk(canvas, strips, tops, bottoms, Owners(mask, strips, tops, bottoms));
    }

    /// <summary>First and last canvas row of a strip's ink between its own columns, or null where it has none.</summary>
    public (int Top, int Bottom)? Extent(int strip)
    {
        var code = (byte)(strip + 1);
        var (first, count) = (Strips[strip].First, Strips[strip].Last - Strips[strip].First);
        int top = -1, bottom = -1;
        for (var y = 0; y < Canvas.Gray.Height; y++)
        {
            if (!Owner.AsSpan((y * Canvas.Gray.Width) + first, count).Contains(code))
                continue;
            top = top < 0 ? y : top;
            bottom = y;
        }

        return top < 0 ? null : (top, bottom);
    }

    /// <summary>The same with the strips in another order.</summary>
    public TraceInk Ordered(IReadOnlyList<int> order)
    {
        var code = new byte[Strips.Count + 1];
        for (var i = 0; i < order.Count; i++)
            code[order[i] + 1] = (byte)(i + 1);
        return this with
        {
            Strips = [.. order.Select(i => Strips[i])],
            Tops = [.. order.Select(i => Tops[i])],
            Bottoms = [.. order.Select(i => Bottoms[i])],
            Owner = Array.ConvertAll(Owner, owner => code[owner]),
        };
    }

    private static byte[] Owners(InkMask mask, IReadOnlyList<Strip> strips, int[][] tops, int[][] bottoms)
    {
        var followed = new bool[mask.Components];
        for (var i = 0; i < strips.Count; i++)
            for (var c = 0; c < tops[i].Length; c++)
                if (tops[i][c] >= 0)
                    followed[mask.Component[(tops[i][c] * mask.Width) + strips[i].First + c]] = true;

        var owner = new byte[mask.Component.Length];
        var here = new List<int>();
        for (var x = strips.Min(s => s.First); x < strips.Max(s => s.Last); x++)
        {
            here.Clear();
            for (var i = 0; i < strips.Count; i++)
                if (x >= strips[i].First - Beside && x < strips[i].Last + Beside)
                    here.Add(i);
            if (here.Count == 0)
                continue;
            for (var y = 0; y < mask.Height; y++)
            {
                var component = mask.Component[(y * mask.Width) + x];
                if (component != 0 && followed[component])
                    owner[(y * mask.Width) + x] = (byte)(1 + Nearest(here, strips, tops, bottoms, x, y));
            }
        }

        return owner;
    }

    private static int Nearest(List<int> candidates, IReadOnlyList<Strip> strips, int[][] tops, int[][] bottoms, int x, int y)
    {
        var best = candidates[0];
        var least = double.PositiveInfinity;
        foreach (var i in candidates)
        {
            var column = Math.Clamp(x - strips[i].First, 0, tops[i].Length - 1);
            var distance = tops[i][column] < 0
                ? Math.Abs(y - strips[i].ZeroRow)
                : Math.Max(0, Math.Max(tops[i][column] - y, y - bottoms[i][column]));
            if (distance < least)
                (least, best) = (distance, i);
        }

        return best;
    }
}

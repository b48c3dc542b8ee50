using System.Numerics;
using System.Runtime.InteropServices;

namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// The grid's own ink: what a pixel has in common with those that lie whole squares of 5 mm away from it. Grid lines, fine, coarse and dotted,
/// repeat there; traces and letters do not. No step goes straight across or down, where a level trace or a steep flank would meet itself.
/// </summary>
internal static class GridInk
{
    private const double SquareMm = 5;

    /// <summary>Steps in squares: as near as can be, since the scale's error grows with the distance.</summary>
    private static readonly (int Across, int Down)[] Steps =
        [(1, 1), (1, -1), (-1, 1), (-1, -1), (1, 2), (1, -2), (-1, 2), (-1, -2), (2, 1), (2, -1), (-2, 1), (-2, -1)];

    /// <summary>Rank of the value that is taken, from the darkest: a few less than half may fall beside their line or off the grid.</summary>
    private const int Rank = 5;

    /// <summary>Ink of the grid alone, one value a pixel.</summary>
    /// <param name="dark">Darkness of every pixel, 0 to 255.</param>
    /// <param name="width">Columns.</param>
    /// <param name="pxPerMmX">Pixels a millimetre, across.</param>
    /// <param name="pxPerMmY">Pixels a millimetre, down.</param>
    public static byte[] Of(byte[] dark, int width, double pxPerMmX, double pxPerMmY)
    {
        var height = dark.Length / width;
        var grid = new byte[dark.Length];
        var shifts = Array.ConvertAll(Steps, step => (X: (int)Math.Round(step.Across * SquareMm * pxPerMmX), Y: (int)Math.Round(step.Down * SquareMm * pxPerMmY)));
        // Beside the page the grid goes on as it is a few whole squares inside.
        int margin = shifts.Max(shift => Math.Abs(shift.X)), inside = (int)Math.Round(3 * SquareMm * pxPerMmX), stride = width + (2 * margin) + Vector<byte>.Count;
        if (width <= inside)
            return grid;
        var padded = new byte[stride * height];
        for (var y = 0; y < height; y++)
        {
            var from = dark.AsSpan(y * width, width);
            var to = padded.AsSpan(y * stride, stride);
            from.CopyTo(to[margin..]);
            from[(inside - margin)..inside].CopyTo(to);
            from[(width - inside)..Math.Min(width, width - inside + margin)].CopyTo(to[(margin + width)..]);
        }

        Parallel.For(0, height, y =>
        {
            Span<Vector<byte>> sorted = stackalloc Vector<byte>[Rank];
            Span<byte> row = stackalloc byte[Vector<byte>.Count];
            for (var x = 0; x < width; x += Vector<byte>.Count)
            {
                sorted.Clear();
                foreach (var (shiftX, shiftY) in shifts)
                {
                    var from = (uint)(y + shiftY) < (uint)height ? y + shiftY : y - shiftY;
                    if ((uint)from >= (uint)height)
                        continue;
                    var value = new Vector<byte>(padded.AsSpan((from * stride) + margin + x + shiftX));
                    // Insertion into the darkest so far, darkest first.
                    for (var i = 0; i < Rank; i++)
                        (sorted[i], value) = (Vector.Max(sorted[i], value), Vector.Min(sorted[i], value));
                }

                MemoryMarshal.Write(row, sorted[Rank - 1]);
                row[..Math.Min(row.Length, width - x)].CopyTo(grid.AsSpan((y * width) + x));
            }
        });
        return grid;
    }
}

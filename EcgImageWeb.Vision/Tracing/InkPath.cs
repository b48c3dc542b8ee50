namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// The way through a strip of page that covers the most ink: one row a column, where the pen also draws all rows between one
/// column's row and the next one's. Covering ink gains and crossing paper costs, so that the way climbs every QRS that hangs
/// on the trace and leaves letters and neighbours alone; best way by dynamic programming in time proportional to the pixels.
/// </summary>
internal static class InkPath
{
    /// <summary>Cost of drawing over a pixel of paper, gain for a pixel of ink, and the ink between which the one becomes the other.</summary>
    private const float Paper = -3, Ink = 0.7f, NoInk = 0.2f, FullInk = 0.6f;

    /// <summary>Cost of drawing over ink beside a stroke's crest.</summary>
    private const float Beside = -0.02f;

    /// <summary>Gain for standing on ink, and on something printed that may hide it; against a row drawn over.</summary>
    private const float Standing = 2, Hidden = 1;

    /// <summary>Cost of drawing over print.</summary>
    private const float OverPrint = -0.3f;

    /// <summary>Cost of any movement: more than the rows of a pen's own thickness gain, else a level trace would be drawn as a zigzag.</summary>
    private const float Movement = 1;

    /// <summary>Cost of a row away from where the trace was placed: decides between equals.</summary>
    private const float Away = 0.02f;

    /// <summary>Follows the ink.</summary>
    /// <param name="ink">The page.</param>
    /// <param name="owner">0 for free ink, 255 for print, else the number of the trace that has the pixel.</param>
    /// <param name="own">This trace's number.</param>
    /// <param name="firstX">First column, inside the page.</param>
    /// <param name="expected">Row a column where the trace was placed.</param>
    /// <param name="reach">Rows above and below these that are looked at.</param>
    /// <param name="penPx">Width of the pen, pixels.</param>
    /// <returns>Row a column, continuous pixels.</returns>
    public static double[] Follow(InkImage ink, byte[] owner, byte own, int firstX, double[] expected, int reach, double penPx)
    {
        int top = Math.Max(0, (int)(expected.Min() - reach)), bottom = Math.Min(ink.Height, (int)(expected.Max() + reach) + 1), height = bottom - top;
        var from = new short[expected.Length * height];
        float[] best = new float[height], next = new float[height], over = new float[height], here = new float[height];
        var crest = Crest(penPx);
        for (var column = 0; column < expected.Length; column++)
        {
            var x = firstX + column;
            var sum = 0f;
            // A trace that was placed on print may have been taken for it.
            var away = owner[(Math.Clamp((int)expected[column], 0, ink.Height - 1) * ink.Width) + x] == byte.MaxValue ? 0 : Away;
            for (var y = 0; y < height; y++)
            {
                var at = ((top + y) * ink.Width) + x;
                var print = owner[at] == byte.MaxValue;
                var amount = print || owner[at] == 0 || owner[at] == own ? ink.Amount[at] : 0;
                here[y] = (print ? Math.Min(Hidden, Standing * amount) : Standing * amount) - (away * (float)Math.Abs(top + y + 0.5 - expected[column]));
                sum += print ? OverPrint : Value(amount, amount >= NoInk && IsCrest(ink, owner, at, x, crest));
                over[y] = sum;
            }

            if (column == 0)
            {
                here.CopyTo(best, 0);
                continue;
            }

            var back = from.AsSpan(column * height, height);
            // From above: rows y1 + 1 to y are drawn in this column; from below: rows y to y1 - 1.
            var (gain, row) = (float.NegativeInfinity, 0);
            for (var y = 0; y < height; y++)
            {
                next[y] = best[y];
                back[y] = (short)y;
                if (gain + over[y] - Movement > next[y])
                    (next[y], back[y]) = (gain + over[y] - Movement, (short)row);
                if (best[y] - over[y] > gain)
                    (gain, row) = (best[y] - over[y], y);
            }

            (gain, row) = (float.NegativeInfinity, 0);
            for (var y = height - 1; y >= 0; y--)
            {
                var above = y > 0 ? over[y - 1] : 0;
                if (gain - above - Movement > next[y])
                    (next[y], back[y]) = (gain - above - Movement, (short)row);
                if (best[y] + above > gain)
                    (gain, row) = (best[y] + above, y);
            }

            for (var y = 0; y < height; y++)
                best[y] = next[y] + here[y];
        }

        var rows = new double[expected.Length];
        var end = Array.IndexOf(best, best.Max());
        for (var column = expected.Length - 1; column >= 0; column--)
        {
            rows[column] = top + end + 0.5;
            end = column > 0 ? from[(column * height) + end] : end;
        }

        return rows;
    }

    /// <summary>Only the crest of a stroke gains, so that a flank of several columns' width is drawn once, not up and down.</summary>
    private static float Value(float amount, bool isCrest) =>
        amount < NoInk ? Paper * (1 - (amount / NoInk)) : isCrest ? Ink * Math.Min(1, (amount - NoInk) / (FullInk - NoInk)) : Beside;

    /// <summary>
    /// Weights by distance from a column: a triangle as wide as the pen, less the pixel's own width. Strokes that run into one another
    /// are saturated over more than the pen's width; smoothed across they still have one crest, in the middle.
    /// </summary>
    private static float[] Crest(double penPx)
    {
        var reach = Math.Max(1, penPx - 1);
        return [.. Enumerable.Range(0, (int)Math.Ceiling(reach)).Select(distance => (float)(1 - (distance / reach)))];
    }

    /// <summary>Whether a column has more ink around it than its neighbours have; of equals the last.</summary>
    private static bool IsCrest(InkImage ink, byte[] owner, int at, int x, float[] weights)
    {
        float Free(int across) => x + across >= 0 && x + across < ink.Width && owner[at + across] != byte.MaxValue ? ink.Amount[at + across] : 0;
        float here = ink.Amount[at] * weights[0], left = Free(-1) * weights[0], right = Free(1) * weights[0];
        for (var k = 1; k < weights.Length; k++)
        {
            here += weights[k] * (Free(-k) + Free(k));
            left += weights[k] * (Free(-1 - k) + Free(k - 1));
            right += weights[k] * (Free(1 - k) + Free(1 + k));
        }

        return here >= left && here > right;
    }
}

namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// Lines of a coarse grid that its repetition did not take out, creases, and the edges of tables: straight, upright, and longer than any stroke of a
/// heart. A trace would climb them; taken out, what crosses them is joined again.
/// </summary>
internal static class UprightLines
{
    /// <summary>A line is looked for in pieces of this height, mm; from one to the next it moves by a pixel at most, as one that is turned by half a degree does.</summary>
    private const double PieceMm = 20;

    /// <summary>Fewer pieces may be the strokes of leads that run into each other: 6 cm of them do on one of the scans.</summary>
    private const int LeastPieces = 5;

    /// <summary>
    /// Beats of many leads that stand one below the other may be longer. They come two a second at most; so a line has another beside it at the distance
    /// of a printed cell, or goes from edge to edge of the picture but for so many pieces.
    /// </summary>
    private const double LeastCellMm = 4.5, MostCellMm = 5.5;

    private const int MostMissing = 1;

    /// <summary>The picture's edge is no line on it, mm.</summary>
    private const double EdgeMm = 1;

    /// <summary>A piece is inked over this share of its height; beats that stand one below the other are so over half of it.</summary>
    private const double InkedShare = 0.8;

    /// <summary>Soft edges beside the columns that are inked, pixels.</summary>
    private const int SoftPx = 2;

    private const float Inked = 0.25f;

    /// <summary>The same ink without the lines: from one side of a line to the other it changes evenly.</summary>
    public static InkImage Without(InkImage ink, double pxPerMmX, double pxPerMmY)
    {
        int edge = (int)Math.Ceiling(EdgeMm * pxPerMmX), height = (int)(PieceMm * pxPerMmY), count = ink.Height / Math.Max(1, height);
        if (count < LeastPieces || ink.Width <= 2 * edge)
            return ink;
        var inked = new int[count][];
        Parallel.For(0, count, piece => inked[piece] = Inks(piece));
        // Pieces of the line that ends here, counted from above and from below.
        int[][] above = Chains(Enumerable.Range(0, count)), below = Chains(Enumerable.Range(0, count).Reverse());
        var lines = above.Select((piece, i) => piece.Select((pieces, x) => pieces > 0 && pieces + below[i][x] - 1 >= LeastPieces && x >= edge && x < ink.Width - edge).ToArray()).ToArray();
        lines = [.. lines.Select((piece, i) => piece.Select((isLine, x) => isLine && (above[i][x] + below[i][x] - 1 >= count - MostMissing || IsBeside(piece, x))).ToArray())];
        if (!lines.Any(piece => piece.Any(isLine => isLine)))
            return ink;
        var amount = (float[])ink.Amount.Clone();
        for (var y = 0; y < ink.Height; y++)
        {
            // Beyond its first and last whole piece a line goes on for less than another.
            bool[][] near = [.. new[] { (y / height) - 1, y / height, (y / height) + 1 }.Where(piece => piece >= 0 && piece < count).Select(piece => lines[piece])];
            for (var x = edge; x < ink.Width - edge; x++)
            {
                if (!near.Any(piece => piece[x]))
                    continue;
                var first = x;
                while (x + 1 < ink.Width - edge && near.Any(piece => piece[x + 1]))
                    x++;
                Join(amount.AsSpan(y * ink.Width, ink.Width), Math.Max(0, first - 1 - SoftPx), Math.Min(ink.Width - 1, x + 1 + SoftPx));
            }
        }

        return new InkImage(ink.Width, ink.Height, amount) { Hidden = ink.Hidden };

        bool IsBeside(bool[] piece, int x)
        {
            for (var cell = (int)(LeastCellMm * pxPerMmX); cell <= MostCellMm * pxPerMmX; cell++)
                if ((x >= cell && piece[x - cell]) || (x + cell < piece.Length && piece[x + cell]))
                    return true;
            return false;
        }

        int[][] Chains(IEnumerable<int> pieces)
        {
            var chains = new int[count][];
            var before = new int[ink.Width];
            foreach (var piece in pieces)
            {
                chains[piece] = new int[ink.Width];
                for (var x = 1; x + 1 < ink.Width; x++)
                    chains[piece][x] = inked[piece][x] >= InkedShare * height ? 1 + Math.Max(before[x], Math.Max(before[x - 1], before[x + 1])) : 0;
                before = chains[piece];
            }

            return chains;
        }

        // Rows of a piece in which a column or a neighbour of it is inked.
        int[] Inks(int piece)
        {
            var rows = new int[ink.Width];
            for (var y = piece * height; y < (piece + 1) * height; y++)
            {
                var amount = ink.Amount.AsSpan(y * ink.Width, ink.Width);
                for (var x = 1; x + 1 < amount.Length; x++)
                    rows[x] += amount[x] > Inked || amount[x - 1] > Inked || amount[x + 1] > Inked ? 1 : 0;
            }

            return rows;
        }
    }

    private static void Join(Span<float> row, int left, int right)
    {
        for (var x = left + 1; x < right; x++)
            row[x] = Math.Min(row[x], row[left] + ((row[right] - row[left]) * (x - left) / (right - left)));
    }
}

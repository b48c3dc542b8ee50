namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// Follows one trace through the vertical ink runs of its columns: the cheapest path (Viterbi), where a jump between runs
/// costs the empty rows between them, a column without ink costs <see cref="Skip"/>, and a weak pull keeps to the strip's
/// own zero line where neighbouring rows' traces cross it.
/// </summary>
internal static class StripFollower
{
    /// <summary>Cost of a column that is passed without ink, in rows of jump.</summary>
    private const double Skip = 4;

    /// <summary>Cost of each row away from the zero line.</summary>
    private const double Pull = 0.005;

    /// <summary>Cost of each row by which the middle of the run moves.</summary>
    private const double Move = 0.02;

    /// <summary>
    /// Paths that wait for ink, kept from column to column beside those to every run, and of those so near to each other only the cheapest, rows: the one
    /// on the trace's own row is dear at first where a beat led away from it.
    /// </summary>
    private const int Survivors = 12, SamePlace = 8;

    /// <summary>The run chosen in each column of the strip, rows Top to Bottom both included; -1 where none was.</summary>
    public static (int[] Top, int[] Bottom) Follow(InkMask mask, Strip strip)
    {
        var columns = strip.Last - strip.First;
        var history = new Node[columns][];
        Node[] nodes = [new Node(strip.ZeroRow, strip.ZeroRow, 0, -1, false)];
        var runs = new List<(int Top, int Bottom)>();
        var (next, blank) = (new List<Node>(), new List<Node>());
        for (var i = 0; i < columns; i++)
        {
            FindRuns(mask, strip, strip.First + i, runs);
            next.Clear();
            foreach (var (top, bottom) in runs)
                next.Add(Reach(nodes, top, bottom, strip.ZeroRow));
            blank.Clear();
            for (var parent = 0; parent < nodes.Length; parent++)
                blank.Add(nodes[parent] with { Cost = nodes[parent].Cost + Skip, Parent = parent, Real = false });
            // A stable order, so that equal costs are decided the same way everywhere.
            nodes = [.. next.Concat(blank.OrderBy(node => node.Cost).DistinctBy(node => (int)(node.Top + node.Bottom) / (2 * SamePlace)).Take(Survivors)).OrderBy(node => node.Cost)];
            history[i] = nodes;
        }

        return BackTrack(history);
    }

    private static void FindRuns(InkMask mask, Strip strip, int x, List<(int Top, int Bottom)> runs)
    {
        runs.Clear();
        for (var y = strip.Top; y < strip.Bottom; y++)
        {
            if (!mask[x, y])
                continue;
            var top = y;
            while (y + 1 < strip.Bottom && mask[x, y + 1])
                y++;
            // A stroke that a printed letter covers in part is one run.
            if (runs.Count > 0 && IsPrinted(mask, x, runs[^1].Bottom + 1, top))
                runs[^1] = (runs[^1].Top, y);
            else
                runs.Add((top, y));
        }
    }

    private static bool IsPrinted(InkMask mask, int x, int first, int end)
    {
        for (var y = first; y < end; y++)
            if (!mask.Printed[(y * mask.Width) + x])
                return false;
        return true;
    }

    private static Node Reach(Node[] from, int top, int bottom, double zeroRow)
    {
        var best = double.PositiveInfinity;
        var parent = 0;
        for (var j = 0; j < from.Length; j++)
        {
            var gap = Math.Max(0, Math.Max(top - from[j].Bottom - 1, from[j].Top - bottom - 1));
            var cost = from[j].Cost + gap + (Move * Math.Abs(top + bottom - from[j].Top - from[j].Bottom) / 2);
            if (cost < best)
                (best, parent) = (cost, j);
        }

        return new Node(top, bottom, best + (Pull * Math.Abs(((top + bottom) / 2.0) - zeroRow)), parent, true);
    }

    private static (int[] Top, int[] Bottom) BackTrack(Node[][] history)
    {
        int[] top = new int[history.Length], bottom = new int[history.Length];
        var at = 0;
        for (var i = history.Length - 1; i >= 0; i--)
        {
            var node = history[i][at];
            (top[i], bottom[i]) = node.Real ? ((int)node.Top, (int)node.Bottom) : (-1, -1);
            at = node.Parent;
        }

        return (top, bottom);
    }

    private readonly record struct Node(double Top, double Bottom, double Cost, int Parent, bool Real);
}

using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>The ink that remains when the traces are taken out: names that a trace touches come loose.</summary>
internal static class LooseInk
{
    /// <summary>A run of ink that is taller than this many pens is a trace's steep stroke, or a trace and a letter.</summary>
    private const double TallRun = 1.7;

    /// <summary>Rows beside the pen that its soft edge inks.</summary>
    private const int SoftEdge = 1;

    /// <summary>Names may stand this far before the traces; millimetres.</summary>
    private const double BeforeMm = 3;

    /// <summary>Follows every row of traces from end to end and erases it.</summary>
    public static InkMask Of(InkMask mask, TraceRows rows, CanvasScale scale, CancellationToken cancellationToken)
    {
        var ink = new byte[mask.Component.Length];
        for (var i = 0; i < ink.Length; i++)
            ink[i] = mask.Component[i] == 0 ? (byte)0 : (byte)1;
        for (var row = 0; row < rows.Baselines.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (above, below) = rows.Reach(row);
            var strip = new Strip(
                (int)Math.Max(0, rows.Left - (BeforeMm * scale.X)), (int)Math.Min(mask.Width, rows.Right),
                (int)Math.Max(0, rows.Baselines[row] - (1.6 * above)), (int)Math.Min(mask.Height, rows.Baselines[row] + (1.6 * below)), rows.Baselines[row]);
            Erase(ink, mask, strip);
        }

        return InkMask.Label(ink, new bool[ink.Length], mask.Width, mask.Height);
    }

    private static void Erase(byte[] ink, InkMask mask, Strip strip)
    {
        var (top, bottom) = StripFollower.Follow(mask, strip);
        int[] heights = [.. top.Zip(bottom).Where(run => run.First >= 0).Select(run => run.Second - run.First + 1).Order()];
        if (heights.Length == 0)
            return;
        var pen = heights[heights.Length / 3];
        var thin = new int[top.Length];
        for (var i = 0; i < top.Length; i++)
            thin[i] = top[i] >= 0 && bottom[i] - top[i] + 1 <= TallRun * pen ? (top[i] + bottom[i]) / 2 : -1;
        var middle = TraceCurve.Bridge(thin);
        for (var i = 0; i < top.Length; i++)
        {
            if (top[i] < 0)
                continue;
            // Where a letter makes the run tall, the trace goes on between its thin neighbours.
            var (first, last) = thin[i] >= 0
                ? (top[i] - SoftEdge, bottom[i] + SoftEdge)
                : ((int)(middle[i] - (pen / 2.0)) - SoftEdge, (int)(middle[i] + (pen / 2.0)) + SoftEdge);
            for (var y = Math.Max(0, first); y <= Math.Min(mask.Height - 1, last); y++)
                ink[(y * mask.Width) + strip.First + i] = 0;
        }
    }
}

using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>The ink that remains when the traces and the calibration pulses are taken out: names that one of them touches come loose.</summary>
internal static class LooseInk
{
    /// <summary>A run of ink that is taller than this many pens is a trace's steep stroke, or a trace and a letter.</summary>
    private const double TallRun = 1.7;

    /// <summary>Rows beside the pen that its soft edge inks.</summary>
    private const int SoftEdge = 1;

    /// <summary>Names may stand this far before the traces; millimetres.</summary>
    private const double BeforeMm = 3;

    /// <summary>A pulse's foot is at most so long; millimetres.</summary>
    private const double FootMm = 3;

    /// <summary>Follows every row of traces from end to end and erases it; pulses are erased with their feet.</summary>
    public static InkMask Of(InkMask mask, TraceRows rows, IReadOnlyList<PulseFinder.Pulse> pulses, CanvasScale scale, CancellationToken cancellationToken)
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

        foreach (var pulse in pulses)
            Erase(ink, mask, pulse, (int)(FootMm * scale.X));
        return InkMask.Label(ink, new bool[ink.Length], mask.Width, mask.Height);
    }

    /// <summary>Erases a pulse, and its feet as far as they are no taller than a pen.</summary>
    private static void Erase(byte[] ink, InkMask mask, PulseFinder.Pulse pulse, int foot)
    {
        var pen = 1 + Enumerable.Range(0, pulse.First).Reverse().TakeWhile(x => mask[x, (int)((pulse.Top + pulse.Foot) / 2)]).Count()
            + Enumerable.Range(pulse.First + 1, mask.Width - pulse.First - 1).TakeWhile(x => mask[x, (int)((pulse.Top + pulse.Foot) / 2)]).Count();
        int first = pulse.First - pen, last = pulse.Last + pen;
        for (var x = Math.Max(0, first); x <= Math.Min(mask.Width - 1, last); x++)
            Clear(x, (int)pulse.Top - pen, (int)pulse.Foot + pen);
        Walk(first - 1, -1);
        Walk(last + 1, 1);

        void Walk(int x, int direction)
        {
            var y = (int)pulse.Foot;
            for (var steps = 0; steps < foot && x >= 0 && x < mask.Width; steps++, x += direction)
            {
                var inked = Enumerable.Range(y - pen, (2 * pen) + 1).Where(row => row >= 0 && row < mask.Height && mask[x, row]).ToArray();
                if (inked.Length == 0)
                    return;
                int top = inked[0], bottom = inked[^1];
                while (top > 0 && mask[x, top - 1])
                    top--;
                while (bottom < mask.Height - 1 && mask[x, bottom + 1])
                    bottom++;
                if (bottom - top + 1 > TallRun * pen)
                    return;
                Clear(x, top, bottom);
                y = (top + bottom) / 2;
            }
        }

        void Clear(int x, int top, int bottom)
        {
            for (var y = Math.Max(0, top); y <= Math.Min(mask.Height - 1, bottom); y++)
                ink[(y * mask.Width) + x] = 0;
        }
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

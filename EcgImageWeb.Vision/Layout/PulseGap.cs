using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>Blank paper between the calibration pulses and the traces: where it is, the traces begin behind it and not at the pulses.</summary>
internal static class PulseGap
{
    /// <summary>Traces begin at most this far from the pulses' last stroke; millimetres.</summary>
    private const double FarthestMm = 10;

    /// <summary>
    /// However narrow a gap is, traces of one page begin at the same column, to this, in at least this share of the rows with a pulse, and in two; lines that break by themselves
    /// do not; millimetres.
    /// </summary>
    private const double SameMm = 1, LeastRows = 0.6;

    /// <summary>Pieces of one trace are this near to each other; millimetres.</summary>
    private const double BreakMm = 0.7;

    /// <summary>Ink begins half a pen before the signal; the usual pen, millimetres.</summary>
    private const double PenMm = 0.35;

    /// <summary>Where the traces begin; null where they touch the pulses or do not begin together.</summary>
    /// <param name="mask">Ink.</param>
    /// <param name="blobs">Its components.</param>
    /// <param name="rows">Rows of traces.</param>
    /// <param name="pulses">Pulses to the left of the traces, or to the right.</param>
    /// <param name="toTheRight">Whether the pulses stand to the right: then where the traces end.</param>
    /// <param name="scale">Pixels a millimetre.</param>
    /// <param name="inPieces">Whether small pieces beside each other count, too, before the traces: a first beat that fell into them, or a name.</param>
    public static double? Edge(InkMask mask, InkBlobs blobs, TraceRows rows, IReadOnlyList<PulseFinder.Pulse> pulses, bool toTheRight, CanvasScale scale, bool inPieces = false)
    {
        var edges = pulses.Select(pulse => Edge(mask, blobs, rows, pulse, toTheRight, scale, inPieces)).OfType<double>().Order().ToArray();
        if (edges.Length == 0)
            return null;
        var middle = edges[edges.Length / 2];
        var agree = edges.Count(edge => Math.Abs(edge - middle) <= SameMm * scale.X);
        return agree >= Math.Max(2, LeastRows * pulses.Count) ? middle + ((toTheRight ? -1 : 1) * PenMm / 2 * scale.X) : null;
    }

    private static double? Edge(InkMask mask, InkBlobs blobs, TraceRows rows, PulseFinder.Pulse pulse, bool toTheRight, CanvasScale scale, bool inPieces)
    {
        int stroke = toTheRight ? pulse.First : pulse.Last, own = ComponentOf(mask, stroke, pulse);
        if (own == 0)
            return null;
        var row = Enumerable.Range(0, rows.Baselines.Count).MinBy(i => Math.Abs(rows.Baselines[i] - pulse.Foot));
        var (above, below) = rows.Reach(row);
        double top = rows.Baselines[row] - above, bottom = rows.Baselines[row] + below, farthest = FarthestMm * scale.X;
        int left = Math.Min(blobs.Left[own], pulse.First), right = Math.Max(blobs.Right[own], pulse.Last);
        int? nearest = null;
        for (var c = 1; c < mask.Components; c++)
        {
            if (c == own || blobs.Area[c] == 0 || blobs.Width(c) < TraceRows.LeastPieceMm * scale.X || blobs.Bottom[c] < top || blobs.Top[c] > bottom)
                continue;
            if (toTheRight && blobs.Right[c] < left && blobs.Right[c] >= stroke - farthest)
                nearest = nearest is { } other && blobs.Right[other] >= blobs.Right[c] ? other : c;
            else if (!toTheRight && blobs.Left[c] > right && blobs.Left[c] <= stroke + farthest)
                nearest = nearest is { } other && blobs.Left[other] <= blobs.Left[c] ? other : c;
        }

        if (nearest is not { } trace)
            return null;
        if (toTheRight)
            return blobs.Right[trace] + 1;
        return inPieces
            ? Continued(blobs, [.. Enumerable.Range(1, mask.Components - 1).Where(c => blobs.Area[c] > 0 && blobs.Left[c] > right && blobs.Left[c] < blobs.Left[trace] && blobs.Bottom[c] >= top && blobs.Top[c] <= bottom)], trace, scale)
            : blobs.Left[trace];
    }

    /// <summary>Where a trace begins whose first beat fell into pieces: at the farthest of those of which each lies beside the next.</summary>
    private static double Continued(InkBlobs blobs, int[] beforeTrace, int trace, CanvasScale scale)
    {
        double from = blobs.Left[trace];
        foreach (var piece in beforeTrace.OrderByDescending(c => blobs.Right[c]))
            from = blobs.Right[piece] + 1 >= from - (BreakMm * scale.X) ? Math.Min(from, blobs.Left[piece]) : from;
        return from;
    }

    /// <summary>The component of a stroke, which may be interrupted, and lies a column beside its middle now and then; 0 for none.</summary>
    private static int ComponentOf(InkMask mask, int x, PulseFinder.Pulse pulse)
    {
        for (var y = (int)((pulse.Top + pulse.Foot) / 2); y < pulse.Foot; y++)
            for (var column = Math.Max(0, x - 1); column <= Math.Min(mask.Width - 1, x + 1); column++)
                if (mask.Component[(y * mask.Width) + column] is var component and > 0)
                    return component;
        return 0;
    }
}

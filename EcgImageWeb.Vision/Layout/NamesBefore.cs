namespace EcgImageWeb.Vision.Layout;

/// <summary>Names that stand before the traces on their zero lines: where they touch, they are taken for the beginning of the traces.</summary>
internal static class NamesBefore
{
    /// <summary>Letters are as tall, and their middle is as near to the zero line; millimetres.</summary>
    private const double LeastLetterMm = 1.2, MostLetterMm = 6.5, OnLineMm = 1.6;

    /// <summary>Names are at most so wide; traces are in one piece for at least so long; millimetres.</summary>
    private const double MostNameMm = 14, LeastTraceMm = 15;

    /// <summary>Traces behind their names begin together to this, millimetres, in two rows at least and this share of all.</summary>
    private const double SameStartMm = 0.7, LeastShare = 0.3;

    /// <summary>Ink begins half a pen before the signal; the usual pen, millimetres.</summary>
    private const double PenMm = 0.35;

    /// <summary>Where the traces begin, by the rows whose names do not touch them; null where no names stand before traces, or nearly all touch.</summary>
    /// <param name="blobs">Components of the ink.</param>
    /// <param name="rows">Rows of traces, names that touch included.</param>
    /// <param name="scale">Pixels a millimetre.</param>
    public static double? Start(InkBlobs blobs, TraceRows rows, CanvasScale scale)
    {
        int[] starts = [.. rows.Baselines.Select(line => StartOf(blobs, rows.Left, line, scale)).OfType<int>().Order()];
        return starts.Select(start => starts.Where(other => Math.Abs(other - start) <= SameStartMm * scale.X).ToArray())
            .Where(group => group.Length >= Math.Max(2, LeastShare * rows.Baselines.Count))
            .Select(group => (double?)group[group.Length / 2] + (PenMm / 2 * scale.X))
            .FirstOrDefault();
    }

    /// <summary>First column of the only piece of trace at a row's beginning, where a letter stands before it.</summary>
    private static int? StartOf(InkBlobs blobs, double left, double line, CanvasScale scale)
    {
        bool IsNear(int c) => blobs.Area[c] > 0 && blobs.Top[c] <= line && blobs.Bottom[c] >= line && blobs.Left[c] > left - (OnLineMm * scale.X) && blobs.Left[c] < left + (MostNameMm * scale.X);
        bool IsLetter(int c) => blobs.Height(c) >= LeastLetterMm * scale.Y && blobs.Height(c) <= MostLetterMm * scale.Y && Math.Abs(((blobs.Top[c] + blobs.Bottom[c]) / 2.0) - line) < OnLineMm * scale.Y;
        int[] near = [.. Enumerable.Range(1, Math.Max(0, blobs.Area.Length - 1)).Where(IsNear)], traces = [.. near.Where(c => blobs.Width(c) >= LeastTraceMm * scale.X)];
        return traces.Length == 1 && near.Any(c => IsLetter(c) && blobs.Right[c] < blobs.Left[traces[0]]) ? blobs.Left[traces[0]] : null;
    }
}

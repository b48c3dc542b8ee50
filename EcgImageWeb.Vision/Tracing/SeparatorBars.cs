namespace EcgImageWeb.Vision.Tracing;

/// <summary>Bars and ticks that are printed between the columns of leads: upright strokes at the same place in every row.</summary>
internal static class SeparatorBars
{
    /// <summary>An upright run of ink from this height on may be a bar, mm.</summary>
    private const double LeastHeightMm = 1.8;

    /// <summary>How far from the border bars are looked for, and how far above and below a row's traces, mm.</summary>
    private const double BesideMm = 0.8, AroundMm = 8;

    /// <summary>A bar's soft edge, pixels.</summary>
    private const int Edge = 1;

    private const float Inked = 0.4f;

    /// <summary>Marks the pixels of a border's columns that are bar in every row.</summary>
    /// <param name="ink">The page.</param>
    /// <param name="border">Column of the border.</param>
    /// <param name="rows">Rows of the traces beside it, pixels.</param>
    /// <param name="pxPerMmX">Pixels a millimetre, across.</param>
    /// <param name="pxPerMmY">Pixels a millimetre, down.</param>
    /// <param name="printed">Set on the pixels of bars.</param>
    public static void Mark(InkImage ink, double border, IReadOnlyList<double> rows, double pxPerMmX, double pxPerMmY, bool[] printed)
    {
        int first = Math.Max(0, (int)(border - (BesideMm * pxPerMmX))), last = Math.Min(ink.Width - 1, (int)Math.Ceiling(border + (BesideMm * pxPerMmX)));
        var bars = Enumerable.Range(first, Math.Max(0, last - first + 1)).Where(x => rows.All(row => Runs(ink, x, row, pxPerMmY).Any())).ToArray();
        if (rows.Count < 2 || bars.Length == 0)
            return;
        foreach (var x in bars)
            foreach (var row in rows)
                foreach (var (top, bottom) in Runs(ink, x, row, pxPerMmY))
                    for (var y = Math.Max(0, top - Edge); y <= Math.Min(ink.Height - 1, bottom + Edge); y++)
                        for (var beside = Math.Max(0, x - Edge); beside <= Math.Min(ink.Width - 1, x + Edge); beside++)
                            printed[(y * ink.Width) + beside] = true;
    }

    private static IEnumerable<(int Top, int Bottom)> Runs(InkImage ink, int x, double row, double pxPerMmY)
    {
        int from = Math.Max(0, (int)(row - (AroundMm * pxPerMmY))), to = Math.Min(ink.Height, (int)(row + (AroundMm * pxPerMmY)));
        for (var y = from; y < to; y++)
        {
            var top = y;
            while (y < to && ink.Amount[(y * ink.Width) + x] > Inked)
                y++;
            if (y - top >= LeastHeightMm * pxPerMmY)
                yield return (top, y - 1);
        }
    }
}

namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// Fits curves to a page by drawing them: from the way through the most ink, with a pen that is measured on the page itself. While the
/// curves are still beside the ink the measured pen is wide and soft and sees far; it sharpens as they settle.
/// </summary>
internal static class DrawingFit
{
    /// <summary>Steps with each measured pen, and how stiff the curve is: a fold inside a wide stroke costs no ink, and is pulled straight first; in the last rounds other ways are tried.</summary>
    private static readonly (int Steps, double Stiffness, bool Searches)[] Rounds = [(3, 10, false), (3, 2, false), (4, 1, true), (4, 1, true)];

    /// <summary>Ink is followed this far above and below where a trace was placed, mm: a QRS of 1.5 mV that was missed.</summary>
    private const double FollowMm = 15;

    /// <summary>Bars between columns are at most this tall in one row, mm.</summary>
    private const double TallestBarMm = 8;

    /// <summary>Nothing moves any more, pixels.</summary>
    private const double SettledPx = 0.02;

    /// <summary>A pen before anything is measured, mm: as wide as most devices', and soft enough to see two pixels around.</summary>
    private const double FirstHalfWidthMm = 0.15, FirstSoftnessMm = 0.12;

    /// <summary>A curve along which there is less of the ink it should have is a gap.</summary>
    private const double LeastSupport = 0.35;

    /// <summary>Shorter gaps are the raster's, mm.</summary>
    private const double ShortestGapMm = 0.3;

    /// <summary>Others' ink lies this near to their curves beyond the pen's half width, pixels.</summary>
    private const double OthersMarginPx = 1;

    /// <summary>The curves as the ink has them; a curve of which nothing was traced stays as it is.</summary>
    /// <param name="likely">What is followed: the page's ink, or what of it is thought to be the traces'.</param>
    /// <param name="ink">What is fitted to, one or the other.</param>
    /// <param name="page">All of the page's ink, which decides on gaps and confidence.</param>
    /// <param name="printed">Pixels that something else may hide.</param>
    /// <param name="pxPerMmX">Pixels a millimetre, across.</param>
    /// <param name="pxPerMmY">Pixels a millimetre, down.</param>
    /// <param name="starts">Where the traces were placed.</param>
    /// <param name="penPx">About how wide the pen is, pixels.</param>
    /// <param name="barsOnly">Whether nothing but bars and pulses is printed at the curves' ends: behind a bar a stroke may go on, a letter ends by itself.</param>
    /// <param name="cancellationToken">Observed between curves.</param>
    public static IReadOnlyList<PenCurve> Fit(InkImage likely, InkImage ink, InkImage page, bool[] printed, double pxPerMmX, double pxPerMmY, IReadOnlyList<PenCurve> starts, double penPx, bool barsOnly, CancellationToken cancellationToken)
    {
        var pxPerMm = (pxPerMmX + pxPerMmY) / 2;
        var curves = starts.Select(start => start with { Row = [.. start.Row] }).ToArray();
        var traced = Enumerable.Range(0, curves.Length).Where(i => curves[i].Row.Length > 2 && !curves[i].Row.Any(double.IsNaN)).ToArray();
        var pen = new Pen(Math.Max(FirstHalfWidthMm * pxPerMm, penPx / 2), FirstSoftnessMm * pxPerMm, 1);
        var placed = Owners(ink, printed, curves, traced, pen.HalfWidth + OthersMarginPx);
        foreach (var i in traced)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (first, expected) = curves[i].Columns(ink.Width);
            var rows = InkPath.Follow(likely, placed, (byte)(i + 1), first, expected, (int)(FollowMm * pxPerMmY), penPx);
            curves[i] = PenCurve.Through(first, rows, curves[i].FirstX, curves[i].StepPx, curves[i].Row.Length);
        }

        foreach (var (steps, stiffness, searches) in Rounds)
        {
            var owner = Owners(ink, printed, curves, traced, pen.HalfWidth + OthersMarginPx);
            var gauge = new PenGauge();
            var drawn = pen;
            Parallel.ForEach(traced, new ParallelOptions { CancellationToken = cancellationToken }, i =>
            {
                var fit = new CurveFit(ink, owner, (byte)(i + 1), curves[i]);
                for (var step = 0; step < steps && fit.Step(drawn, stiffness) > SettledPx; step++)
                {
                }

                if (!searches)
                    return;
                FoldSearch.Improve(ink, owner, (byte)(i + 1), curves[i], drawn, barsOnly ? (int)(TallestBarMm * pxPerMmY) : 0);
                for (var step = 0; step < steps && fit.Step(drawn, stiffness) > SettledPx; step++)
                {
                }
            });
            foreach (var i in traced)
                new CurveFit(ink, owner, (byte)(i + 1), curves[i]).Measure(gauge);
            pen = gauge.Best() ?? pen;
        }

        foreach (var i in traced)
            curves[i] = new CurveFit(page, new byte[page.Amount.Length], 0, curves[i]).Judged(pen, printed, LeastSupport, Math.Max(2, (int)(ShortestGapMm * pxPerMmX / curves[i].StepPx)));
        return curves;
    }

    /// <summary>1 + index of the one curve that runs over a pixel, 255 where more than one does or something else is printed.</summary>
    private static byte[] Owners(InkImage ink, bool[] printed, PenCurve[] curves, int[] traced, double reach)
    {
        var owner = Array.ConvertAll(printed, pixel => pixel ? byte.MaxValue : (byte)0);
        foreach (var i in traced)
        {
            var curve = curves[i];
            for (var x = Math.Max(0, (int)curve.FirstX); x < Math.Min(ink.Width, curve.FirstX + (curve.Row.Length * curve.StepPx)); x++)
            {
                double top = double.PositiveInfinity, bottom = double.NegativeInfinity;
                for (var k = Math.Max(0, (int)((x - 1 - curve.FirstX) / curve.StepPx)); k < curve.Row.Length && curve.FirstX + (k * curve.StepPx) <= x + 2; k++)
                    (top, bottom) = (Math.Min(top, curve.Row[k]), Math.Max(bottom, curve.Row[k]));
                for (var y = Math.Max(0, (int)(top - reach)); y < Math.Min(ink.Height, bottom + reach); y++)
                {
                    ref var pixel = ref owner[(y * ink.Width) + x];
                    pixel = pixel == 0 || pixel == i + 1 ? (byte)(i + 1) : byte.MaxValue;
                }
            }
        }

        return owner;
    }
}

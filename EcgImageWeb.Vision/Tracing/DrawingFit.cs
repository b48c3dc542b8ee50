namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// Fits curves to a page by drawing them: from the way through the most ink, with a pen that is measured on the page itself. While the
/// curves are still beside the ink the measured pen is wide and soft and sees far; it sharpens as they settle.
/// </summary>
internal sealed class DrawingFit
{
    /// <summary>Steps with each measured pen, and how stiff the curve is: a fold inside a wide stroke costs no ink, and is pulled straight first.</summary>
    private static readonly (int Steps, double Stiffness)[] Rounds = [(3, 10), (3, 2)];

    /// <summary>Steps with each measured pen once the curve is fitted closely; in the last round other ways are tried in between.</summary>
    private const int CloseSteps = 4;

    /// <summary>Steps with the round pen.</summary>
    private const int SharpSteps = 8;

    /// <summary>Bends are penalized by how noisy the page is, within bounds: a clean print shows every sample, a photograph's noise must not become
    /// signal. Of fixed values 0.001 read renders-ludb best, 0.005 photos-synth and scans; their noise is about 0.001 and 0.003 to 0.007.</summary>
    private const double SmoothnessOfNoise = 1, LeastSmoothness = 0.001, MostSmoothness = 0.008;

    /// <summary>Ink is followed this far above and below where a trace was placed, mm: a QRS of 1.5 mV that was missed.</summary>
    private const double FollowMm = 15;

    /// <summary>Bars between columns are at most this tall in one row, mm.</summary>
    private const double TallestBarMm = 8;

    /// <summary>Ink that goes on this far above or below a curve's own extremes is a line that crosses it, mm: half a millivolt more than was seen.</summary>
    private const double FarthestFoldMm = 5;

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

    private readonly InkImage ink, page;
    private readonly bool[] printed;
    private readonly double pxPerMmX, pxPerMmY;
    private readonly PenCurve[] curves;
    private readonly int[] traced;
    private Pen pen;

    private DrawingFit(InkImage ink, InkImage page, bool[] printed, double pxPerMmX, double pxPerMmY, IReadOnlyList<PenCurve> starts, double penPx)
    {
        (this.ink, this.page, this.printed, this.pxPerMmX, this.pxPerMmY) = (ink, page, printed, pxPerMmX, pxPerMmY);
        var pxPerMm = (pxPerMmX + pxPerMmY) / 2;
        curves = [.. starts.Select(start => start with { Row = [.. start.Row] })];
        traced = [.. Enumerable.Range(0, curves.Length).Where(i => curves[i].Row.Length > 2 && !curves[i].Row.Any(double.IsNaN))];
        pen = new Pen(Math.Max(FirstHalfWidthMm * pxPerMm, penPx / 2), FirstSoftnessMm * pxPerMm, 1);
    }

    /// <summary>Follows the ink and settles; a curve of which nothing was traced stays as it is.</summary>
    /// <param name="likely">What is followed: the page's ink, or what of it is thought to be the traces'.</param>
    /// <param name="ink">What is fitted to, one or the other.</param>
    /// <param name="page">All of the page's ink, which decides on gaps and confidence.</param>
    /// <param name="printed">Pixels that something else may hide.</param>
    /// <param name="pxPerMmX">Pixels a millimetre, across.</param>
    /// <param name="pxPerMmY">Pixels a millimetre, down.</param>
    /// <param name="starts">Where the traces were placed.</param>
    /// <param name="penPx">About how wide the pen is, pixels.</param>
    /// <param name="cancellationToken">Observed between curves.</param>
    public static DrawingFit Of(InkImage likely, InkImage ink, InkImage page, bool[] printed, double pxPerMmX, double pxPerMmY, IReadOnlyList<PenCurve> starts, double penPx, CancellationToken cancellationToken)
    {
        var fit = new DrawingFit(ink, page, printed, pxPerMmX, pxPerMmY, starts, penPx);
        fit.Follow(likely, penPx, cancellationToken);
        foreach (var (steps, stiffness) in Rounds)
            fit.Round(curve => Settle(curve, steps, fit.pen, stiffness), cancellationToken);
        return fit;
    }

    /// <summary>Tries other ways through strokes that run into one blob: takes several times as long as all before it.</summary>
    /// <param name="barsOnly">Whether nothing but bars and pulses is printed at the curves' ends: behind a bar a stroke may go on, a letter ends by itself.</param>
    /// <param name="cancellationToken">Observed between curves.</param>
    public void Search(bool barsOnly, CancellationToken cancellationToken)
    {
        var tallestBar = barsOnly ? (int)(TallestBarMm * pxPerMmY) : 0;
        Round(curve => Settle(curve, CloseSteps, pen, 1), cancellationToken);
        Round(
            curve =>
            {
                Settle(curve, CloseSteps, pen, 1);
                FoldSearch.Improve(ink, curve.Owner, curve.Number, curves[curve.Number - 1], pen, tallestBar, FarthestFoldMm * pxPerMmY);
                Settle(curve, CloseSteps, pen, 1);
            },
            cancellationToken);
        Sharpen(cancellationToken);
    }

    /// <summary>The curves once more, drawn as a round pen does.</summary>
    private void Sharpen(CancellationToken cancellationToken)
    {
        var owner = Owners();
        StrokeFit Fit(int i, double smoothness, Range columns) => new(ink, owner, (byte)(i + 1), curves[i], smoothness, columns);
        var start = new Stroke(pen.HalfWidth, pen.Softness, Math.Min(pen.Darkness, 1));
        StrokeFit[] samples = [.. traced.SelectMany(i => Samples(curves[i]).Select(columns => Fit(i, 0, columns)))];
        var (stroke, noise) = StrokeGauge.Best(samples, start, cancellationToken);
        var smoothness = Math.Clamp(SmoothnessOfNoise * noise, LeastSmoothness, MostSmoothness);
        Parallel.ForEach(traced, new ParallelOptions { CancellationToken = cancellationToken }, i => Fit(i, smoothness, Range.All).Settle(stroke, SharpSteps));
    }

    /// <summary>Some columns of a curve, a tenth of all, spread over it.</summary>
    private static IEnumerable<Range> Samples(PenCurve curve)
    {
        const int Width = 16, Every = 160;
        for (var from = 0; from < curve.Row.Length * curve.StepPx; from += Every)
            yield return from..(from + Width);
    }

    /// <summary>The curves as they are now, with gaps and confidence.</summary>
    public IReadOnlyList<PenCurve> Judged()
    {
        PenCurve[] judged = [.. curves];
        var nobodys = new byte[page.Amount.Length];
        foreach (var i in traced)
            judged[i] = new CurveFit(page, nobodys, 0, curves[i]).Judged(pen, printed, LeastSupport, Math.Max(2, (int)(ShortestGapMm * pxPerMmX / curves[i].StepPx)));
        return judged;
    }

    private void Follow(InkImage likely, double penPx, CancellationToken cancellationToken)
    {
        var placed = Owners();
        foreach (var i in traced)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (first, expected) = curves[i].Columns(ink.Width);
            var rows = InkPath.Follow(likely, placed, (byte)(i + 1), first, expected, (int)(FollowMm * pxPerMmY), penPx);
            curves[i] = PenCurve.Through(first, rows, curves[i].FirstX, curves[i].StepPx, curves[i].Row.Length);
        }
    }

    // Every curve by itself, then the pen by all of them.
    private void Round(Action<Fitted> work, CancellationToken cancellationToken)
    {
        var owner = Owners();
        Parallel.ForEach(traced, new ParallelOptions { CancellationToken = cancellationToken }, i => work(new Fitted(new CurveFit(ink, owner, (byte)(i + 1), curves[i]), owner, (byte)(i + 1))));
        var gauge = new PenGauge();
        foreach (var i in traced)
            new CurveFit(ink, owner, (byte)(i + 1), curves[i]).Measure(gauge);
        pen = gauge.Best() ?? pen;
    }

    private static void Settle(Fitted curve, int steps, Pen pen, double stiffness)
    {
        for (var step = 0; step < steps && curve.Fit.Step(pen, stiffness) > SettledPx; step++)
        {
        }
    }

    /// <summary>1 + index of the one curve that runs over a pixel, 255 where more than one does or something else is printed.</summary>
    private byte[] Owners()
    {
        var reach = pen.HalfWidth + OthersMarginPx;
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

    /// <summary>A curve at work: its number is 1 + its index.</summary>
    private readonly record struct Fitted(CurveFit Fit, byte[] Owner, byte Number);
}

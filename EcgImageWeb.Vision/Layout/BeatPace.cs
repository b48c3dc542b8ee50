using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>
/// How far apart the beats stand on the paper, and how wide their steep strokes are: hearts beat once or twice a second, so that
/// traces themselves tell something of the paper's speed.
/// </summary>
/// <param name="BeatMm">Median distance of beats, millimetres.</param>
/// <param name="StrokeMm">Median width of a beat's steep strokes, millimetres.</param>
internal sealed record BeatPace(double BeatMm, double StrokeMm)
{
    /// <summary>Smoothing of the strokes: 12 ms at 25 mm/s; millimetres.</summary>
    private const double SmoothMm = 0.3;

    /// <summary>Steps of a row a column that count no more: the tallest QRS would outweigh all others; millimetres.</summary>
    private const double MostStepMm = 1;

    /// <summary>A beat reaches this part of the way from the usual to the steepest hundredths of the columns; strokes less than so far apart are one beat's; millimetres.</summary>
    private const double BeatShare = 0.4, Steepest = 0.97, SameBeatMm = 6;

    /// <summary>Fewer beats tell nothing, and neither do strokes wider than any QRS (0.16 s at 50 mm/s): then it was not beats that stood out.</summary>
    private const int FewestBeats = 3;

    private const double WidestStrokeMm = 8;

    /// <summary>
    /// Usual distance of beats (73 a minute), seconds, and of strokes of a QRS on paper of 25 and 50 mm/s as they are measured here, millimetres; the
    /// spread of their logarithms among 1,269 hospital recordings (PTB-XL) and pages drawn from them.
    /// </summary>
    private const double UsualBeatS = 0.82, BeatSpread = 0.24, SlowStrokeMm = 1.9, FastStrokeMm = 3.1, StrokeSpread = 0.25;

    /// <summary>Share of the hearts that are unlike the others, and how many times as far theirs spread.</summary>
    private const double Unusual = 0.05, UnusualSpread = 3;

    /// <summary>
    /// Log odds of 50 mm/s against 25, before how often they are met; 0.2 s of a calibration pulse are counted elsewhere. Of the recordings drawn at
    /// 25 mm/s 0.24 % have more than 3, of those at 50 mm/s 79 %.
    /// </summary>
    public double ForFifty =>
        LogDensity(BeatMm, 50 * UsualBeatS, BeatSpread) - LogDensity(BeatMm, 25 * UsualBeatS, BeatSpread)
        + LogDensity(StrokeMm, FastStrokeMm, StrokeSpread) - LogDensity(StrokeMm, SlowStrokeMm, StrokeSpread);

    /// <summary>The pace of a page's strips, columns one after the other unless they begin together; null where too few beats stand out.</summary>
    public static BeatPace? Of(PageFormat format, TraceInk ink, bool simultaneous, CanvasScale scale)
    {
        var rows = Enumerable.Range(0, ink.Strips.Count).Select(i => Strokes(TraceCurve.Rows(ink.Tops[i], ink.Bottoms[i]), scale)).ToArray();
        var sum = new double[rows.Max(row => row.Length) * (format.RhythmStrips > 0 || simultaneous ? 1 : format.Columns)];
        for (var i = 0; i < rows.Length; i++)
        {
            var from = simultaneous || i >= format.Leads.Count ? 0 : i / format.Rows * rows[i].Length;
            for (var x = 0; x < rows[i].Length && from + x < sum.Length; x++)
                sum[from + x] += rows[i][x];
        }

        var sorted = sum.Order().ToArray();
        double usual = sorted[sorted.Length / 2], least = usual + (BeatShare * (sorted[(int)(Steepest * sorted.Length)] - usual));
        var beats = new List<(int First, int Last)>();
        for (var x = 0; x < sum.Length; x++)
        {
            if (sum[x] <= least)
                continue;
            if (beats.Count > 0 && x - beats[^1].Last < SameBeatMm * scale.X)
                beats[^1] = (beats[^1].First, x);
            else
                beats.Add((x, x));
        }

        if (beats.Count < FewestBeats)
            return null;
        var strokeMm = Median(beats.Select(beat => beat.Last - beat.First + 1.0)) / scale.X;
        return strokeMm > WidestStrokeMm
            ? null
            : new BeatPace(Median(beats.Zip(beats.Skip(1), (one, next) => (next.First + next.Last - one.First - one.Last) / 2.0)) / scale.X, strokeMm);
    }

    /// <summary>How likely a length is whose logarithm spreads so, but for hearts that are unlike the others.</summary>
    public static double LogDensity(double mm, double usualMm, double spread)
    {
        var squared = Math.Pow(Math.Log(mm / usualMm) / spread, 2) / 2;
        return Math.Log(((1 - Unusual) * Math.Exp(-squared)) + (Unusual / UnusualSpread * Math.Exp(-squared / (UnusualSpread * UnusualSpread))));
    }

    private static double[] Strokes(double[] rows, CanvasScale scale)
    {
        var steps = new double[rows.Length];
        for (var i = 1; i < rows.Length; i++)
            steps[i] = double.IsNaN(rows[i] - rows[i - 1]) ? 0 : Math.Min(Math.Abs(rows[i] - rows[i - 1]), MostStepMm * scale.Y);
        return Filtering.Gaussian(steps, SmoothMm * scale.X);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}

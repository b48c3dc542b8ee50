using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>
/// Whether the columns of a page go on in time or all begin at the same moment: the heart beats at the same moments in all
/// leads, so that steep strokes of columns that were recorded together stand at the same places.
/// </summary>
internal static class ColumnTimes
{
    /// <summary>A stroke of the QRS; seconds.</summary>
    private const double StrokeS = 0.012;

    /// <summary>Steps of a row a column that count no more: the tallest QRS would outweigh all others; millimetres.</summary>
    private const double MostStepMm = 1;

    /// <summary>Columns at the ends, where ticks and names are drawn; seconds.</summary>
    private const double EndS = 0.08;

    /// <summary>Beats coincide where the strokes correlate at least so; a regular rhythm may do so for once, two of three columns may not.</summary>
    private const double Coincide = 0.55;

    /// <summary>
    /// Lags that are compared, seconds: beats that coincide do so at none; the steepest stroke of leads that point elsewhere comes
    /// up to so much later. A single other column must coincide closer.
    /// </summary>
    private const double MostLagS = 0.3, SameMomentS = 0.04, SameMomentOfTwoS = 0.016;

    /// <summary>Strokes that correlate so well at the same moment may do so by this much better up to so many times as much later.</summary>
    private const double CoincideWell = 0.8, HardlyBetter = 0.03, BesideMoments = 2;

    /// <summary>Long strips tell by this much; they may begin earlier or later than the columns by so many seconds, where names stand on their beginnings.</summary>
    private const double ClearlyBetter = 0.15, BesideStripS = 0.1;

    /// <summary>Whether every column begins at second 0.</summary>
    /// <param name="format">The page's format.</param>
    /// <param name="ink">Its followed strips, columns first as in the format, then the long strips.</param>
    /// <param name="pxPerMm">Canvas pixels a millimetre.</param>
    /// <param name="pxPerS">Canvas pixels a second.</param>
    public static bool AreSimultaneous(PageFormat format, TraceInk ink, double pxPerMm, double pxPerS)
    {
        if (format.Columns == 1)
            return false;
        var strokes = Enumerable.Range(0, ink.Strips.Count).Select(i => Strokes(TraceCurve.Rows(ink.Tops[i], ink.Bottoms[i]), pxPerMm, pxPerS)).ToArray();
        var columns = Enumerable.Range(0, format.Columns).Select(column => Sum(strokes[(column * format.Rows)..((column + 1) * format.Rows)])).ToArray();
        var end = (int)(EndS * pxPerS);
        if (format.RhythmStrips > 0)
        {
            var strip = Sum(strokes[format.Leads.Count..]);
            double At(int apart, int lag) => Enumerable.Range(1, columns.Length - 1).Average(k => Match(columns[k], strip, (k * apart) + lag, end));
            if (At(0, 0) > At(columns[0].Length, 0) + ClearlyBetter)
                return true;
            var most = (int)(BesideStripS * pxPerS);
            double Best(int apart) => Enumerable.Range(-most, (2 * most) + 1).Max(lag => At(apart, lag));
            var together = Best(0);
            return together >= Coincide && together > Best(columns[0].Length) + ClearlyBetter;
        }

        return Enumerable.Range(1, columns.Length - 1).All(k => CoincideAtOnce(columns[0], columns[k], end, columns.Length > 2 ? SameMomentS : SameMomentOfTwoS, pxPerS));
    }

    private static bool CoincideAtOnce(double[] first, double[] other, int end, double sameMomentS, double pxPerS)
    {
        double here = Match(other, first, 0, end), elsewhere = 0;
        int most = (int)(MostLagS * pxPerS), same = Math.Max(1, (int)(sameMomentS * pxPerS));
        for (var lag = 1; lag <= most; lag++)
        {
            var match = Math.Max(Match(other, first, lag, end), Match(first, other, lag, end));
            // The steepest strokes of two leads are not one: just beside the same moment they may match a little better.
            if (lag > same && lag <= BesideMoments * same && here >= CoincideWell)
                match -= HardlyBetter;
            (here, elsewhere) = lag <= same ? (Math.Max(here, match), elsewhere) : (here, Math.Max(elsewhere, match));
        }

        return here >= Coincide && here > elsewhere;
    }

    private static double[] Strokes(double[] rows, double pxPerMm, double pxPerS)
    {
        var steps = new double[rows.Length];
        for (var i = 1; i < rows.Length; i++)
            steps[i] = double.IsNaN(rows[i] - rows[i - 1]) ? 0 : Math.Min(Math.Abs(rows[i] - rows[i - 1]), MostStepMm * pxPerMm);
        return Filtering.Gaussian(steps, StrokeS * pxPerS);
    }

    private static double[] Sum(double[][] strokes)
    {
        var sum = new double[strokes.Min(one => one.Length)];
        foreach (var one in strokes)
            for (var i = 0; i < sum.Length; i++)
                sum[i] += one[i];
        return sum;
    }

    /// <summary>Correlation of a column with what begins at an offset of a longer one, or before it.</summary>
    private static double Match(double[] column, double[] strip, int offset, int end)
    {
        int first = end + Math.Max(0, -offset), count = Math.Min(column.Length, strip.Length - offset) - end - first;
        return count <= 2 * end ? 0 : TraceCurve.Correlation(column.AsSpan(first, count), strip.AsSpan(first + offset, count));
    }
}

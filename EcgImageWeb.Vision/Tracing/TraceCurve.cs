namespace EcgImageWeb.Vision.Tracing;

/// <summary>From the chosen runs of ink to one row a column.</summary>
internal static class TraceCurve
{
    /// <summary>Half the pen's width: where a stroke turns, its tip is drawn this much further than the signal goes.</summary>
    private const double HalfPen = 1.5;

    /// <summary>Runs longer than this are strokes, not the pen's own width.</summary>
    private const int StrokeRows = 6;

    /// <summary>Fewer columns than this are no trace.</summary>
    private const int LeastColumns = 20;

    /// <summary>Steps up to this many rows are stairs of the raster (0.03 mV at 10 mm/mV and 200 dpi).</summary>
    private const double StairRows = 0.03 * 10 * TraceCanvas.PxPerMm;

    /// <summary>
    /// Row of the trace, pixel index, for every column: the middle of the run, but the tip where a steep stroke turns.
    /// Columns without ink are bridged; all NaN when there is next to nothing.
    /// </summary>
    public static double[] Rows(int[] top, int[] bottom)
    {
        var count = top.Length;
        if (top.Count(row => row >= 0) < LeastColumns)
            return [.. Enumerable.Repeat(double.NaN, count)];
        double[] t = Bridge(top), b = Bridge(bottom), centre = new double[count];
        for (var i = 0; i < count; i++)
            centre[i] = (t[i] + b[i]) / 2;

        var row = (double[])centre.Clone();
        for (var k = 0; k < count; k++)
        {
            if (top[k] < 0 || b[k] - t[k] <= StrokeRows)
                continue;
            double left = centre[Math.Max(k - 4, 0)], right = centre[Math.Min(k + 4, count - 1)];
            int first = Math.Max(k - 2, 0), last = Math.Min(k + 2, count - 1);
            var up = t[k] <= Least(t, first, last) && left > t[k] + StrokeRows && right > t[k] + StrokeRows;
            var down = b[k] >= Most(b, first, last) && left < b[k] - StrokeRows && right < b[k] - StrokeRows;
            if (up && !down)
                row[k] = t[k] + HalfPen;
            else if (down && !up)
                row[k] = b[k] - HalfPen;
        }

        return SmoothStairs(row);
    }

    /// <summary>Pearson's correlation of two traces of the same moment, over the shorter one's length; 0 where one is flat or missing.</summary>
    public static double Correlation(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var count = Math.Min(a.Length, b.Length);
        double meanA = 0, meanB = 0, ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < count; i++)
            (meanA, meanB) = (meanA + (a[i] / count), meanB + (b[i] / count));
        for (var i = 0; i < count; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }

        return aa > 0 && bb > 0 ? ab / Math.Sqrt(aa * bb) : 0;
    }

    private static double Least(double[] values, int first, int last)
    {
        var least = values[first];
        for (var i = first + 1; i <= last; i++)
            least = Math.Min(least, values[i]);
        return least;
    }

    private static double Most(double[] values, int first, int last)
    {
        var most = values[first];
        for (var i = first + 1; i <= last; i++)
            most = Math.Max(most, values[i]);
        return most;
    }

    /// <summary>Linear over columns without ink, constant before the first and after the last; rows of -1 are columns without ink.</summary>
    public static double[] Bridge(int[] rows)
    {
        var filled = new double[rows.Length];
        var before = -1;
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] < 0)
                continue;
            for (var j = before + 1; j <= i; j++)
                filled[j] = before < 0 ? rows[i] : rows[before] + ((rows[i] - rows[before]) * (double)(j - before) / (i - before));
            before = i;
        }

        for (var j = before + 1; j < rows.Length; j++)
            filled[j] = before < 0 ? 0 : rows[before];
        return filled;
    }

    private static double[] SmoothStairs(double[] row)
    {
        var smooth = new double[row.Length];
        for (var i = 0; i < row.Length; i++)
        {
            var average = (row[Math.Max(i - 1, 0)] + (2 * row[i]) + row[Math.Min(i + 1, row.Length - 1)]) / 4;
            smooth[i] = Math.Abs(average - row[i]) < StairRows ? average : row[i];
        }

        return smooth;
    }
}

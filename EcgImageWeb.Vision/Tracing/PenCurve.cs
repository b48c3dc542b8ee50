namespace EcgImageWeb.Vision.Tracing;

/// <summary>The way of the pen: rows at evenly spaced columns, straight in between; what is not known is NaN.</summary>
/// <param name="FirstX">Column of the first knot, continuous pixels.</param>
/// <param name="StepPx">Columns between two knots.</param>
/// <param name="Row">Rows of the knots, continuous pixels.</param>
/// <param name="Confidence">0 to 1 a knot.</param>
internal sealed record PenCurve(double FirstX, double StepPx, double[] Row, double[] Confidence)
{
    // Knots finer than this are not told apart by the page, coarser ones cut the tips of a QRS.
    private const double FinestPx = 0.3, CoarsestPx = 0.8, OtherwisePx = 0.5;

    /// <summary>Knots a second of the usual record, which is also what pages are mostly drawn from.</summary>
    private const double KnotsPerS = 500;

    /// <summary>Columns between two knots on a page of this many pixels a second.</summary>
    public static double StepFor(double pxPerS) => pxPerS / KnotsPerS is var step and >= FinestPx and <= CoarsestPx ? step : OtherwisePx;

    /// <summary>A curve of which nothing is known yet.</summary>
    public static PenCurve Unknown(double firstX, double stepPx, int knots)
    {
        var rows = new double[Math.Max(0, knots)];
        Array.Fill(rows, double.NaN);
        return new PenCurve(firstX, stepPx, rows, new double[rows.Length]);
    }

    /// <summary>A curve through rows that stand in the middle of columns.</summary>
    public static PenCurve Through(int firstColumn, double[] columnRows, double firstX, double stepPx, int knots)
    {
        var rows = new double[knots];
        for (var i = 0; i < knots; i++)
        {
            var x = Math.Clamp(firstX + (i * stepPx) - firstColumn - 0.5, 0, columnRows.Length - 1);
            var before = Math.Min((int)x, Math.Max(0, columnRows.Length - 2));
            var after = Math.Min(before + 1, columnRows.Length - 1);
            rows[i] = columnRows[before] + ((columnRows[after] - columnRows[before]) * (x - before));
        }

        return new PenCurve(firstX, stepPx, rows, [.. rows.Select(row => double.IsNaN(row) ? 0.0 : 1)]);
    }

    /// <summary>Rows in the middle of whole columns, from the first to the last that the curve reaches; level beyond its ends.</summary>
    public (int FirstColumn, double[] Rows) Columns(int width)
    {
        int first = Math.Clamp((int)Math.Floor(FirstX), 0, width - 1), last = Math.Clamp((int)Math.Floor(FirstX + ((Row.Length - 1) * StepPx)), first, width - 1);
        return (first, [.. Enumerable.Range(first, last - first + 1).Select(x => At(Math.Clamp(x + 0.5, FirstX, FirstX + ((Row.Length - 1) * StepPx))).Row)]);
    }

    /// <summary>Row and confidence at a column; NaN and 0 outside and where a neighbouring knot is not known.</summary>
    public (double Row, double Confidence) At(double x)
    {
        // A rounding error must not lose the last knot.
        var position = Math.Round((x - FirstX) / StepPx, 6);
        var left = (int)Math.Floor(position);
        var share = position - left;
        if (left < 0 || left >= Row.Length || (share > 0 && left + 1 >= Row.Length))
            return (double.NaN, 0);
        var right = share > 0 ? left + 1 : left;
        var row = Row[left] + ((Row[right] - Row[left]) * share);
        return double.IsNaN(row) ? (row, 0) : (row, Confidence[left] + ((Confidence[right] - Confidence[left]) * share));
    }

    /// <summary>Whether one of the curve's ends is this near to a column.</summary>
    public bool IsNear(double x, double distance) =>
        Math.Min(Math.Abs(FirstX - x), Math.Abs(FirstX + ((Row.Length - 1) * StepPx) - x)) <= distance;

    /// <summary>Median row of the flatter half of the curve; null where there is no curve.</summary>
    public double? IsoelectricRow()
    {
        var steps = new List<(double Slope, double Row)>();
        for (var i = 1; i < Row.Length; i++)
            if (!double.IsNaN(Row[i] + Row[i - 1]))
                steps.Add((Math.Abs(Row[i] - Row[i - 1]), Row[i]));
        if (steps.Count == 0)
            return null;
        var flat = steps.OrderBy(step => step.Slope).Take((steps.Count + 1) / 2).Select(step => step.Row).Order().ToArray();
        return flat[flat.Length / 2];
    }
}

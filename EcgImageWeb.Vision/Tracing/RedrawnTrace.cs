namespace EcgImageWeb.Vision.Tracing;

/// <summary>A piece of a lead's trace that a person drew anew.</summary>
/// <param name="Lead">Index of the lead in its layout.</param>
/// <param name="FirstX">First column of the upright page.</param>
/// <param name="Row">One continuous row a column; every one is known.</param>
public sealed record RedrawnTrace(int Lead, int FirstX, double[] Row)
{
    /// <summary>The trace with this piece in it; columns outside the lead's box are left out.</summary>
    /// <param name="trace">The lead's trace.</param>
    public LeadTrace Into(LeadTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        var rows = (float[])trace.Row.Clone();
        for (var i = 0; i < Row.Length; i++)
            if (FirstX + i - trace.Place.Box.X is var column && column >= 0 && column < rows.Length)
                rows[column] = (float)Row[i];
        return trace with { Row = rows, Coverage = rows.Count(row => !float.IsNaN(row)) / (double)Math.Max(1, rows.Length) };
    }

    /// <summary>The pen's way with this piece in it: a person's word is sure.</summary>
    internal PenCurve Into(PenCurve curve)
    {
        var (rows, sure) = ((double[])curve.Row.Clone(), (double[])curve.Confidence.Clone());
        for (var i = 0; i < rows.Length; i++)
        {
            // Rows stand in the middle of columns.
            var at = curve.FirstX + (i * curve.StepPx) - FirstX - 0.5;
            if (at < -0.5 || at > Row.Length - 0.5)
                continue;
            var before = Math.Clamp((int)Math.Floor(at), 0, Math.Max(0, Row.Length - 2));
            var after = Math.Min(before + 1, Row.Length - 1);
            rows[i] = Row[before] + ((Row[after] - Row[before]) * Math.Clamp(at - before, 0, 1));
            sure[i] = 1;
        }

        return curve with { Row = rows, Confidence = sure };
    }
}

using EcgImageWeb.Vision.Decoding.Pdf;

namespace EcgImageWeb.Vision.Tracing;

/// <summary>Traces that a PDF draws as lines: they need not be found in pixels, only told apart.</summary>
internal static class VectorTraces
{
    /// <summary>A line of fewer corners is a frame, a pulse or a separator; 0.5 s of trace at 100 Hz has 50.</summary>
    private const int LeastPoints = 40;

    /// <summary>Shorter lines belong to letters and signs.</summary>
    private const double LeastLengthMm = 5;

    /// <summary>The pen goes on to the right, but for the rounding of the file's numbers.</summary>
    private const double BackwardPx = 0.5;

    /// <summary>A line is a lead's if this is the median distance from where the lead was found in the picture, at most.</summary>
    private const double SameTraceMm = 0.6;

    /// <summary>A line that begins or ends this near to a lead's end is all of the lead, and knows its end better than the picture.</summary>
    private const double SameEndMm = 4;

    /// <summary>So much of a lead's length has the line of a lead that the picture lost.</summary>
    private const double LeastShareOfLost = 0.8;

    /// <summary>The lines of a page that can be traces.</summary>
    public static IReadOnlyList<PdfStroke> Of(PageVectors? vectors) => vectors is null ? [] :
    [
        .. vectors.Strokes.Where(stroke =>
            stroke.Points.Count >= LeastPoints
            && stroke.Points[^1].X - stroke.Points[0].X >= LeastLengthMm * vectors.PxPerMm
            && stroke.Points.Zip(stroke.Points.Skip(1)).All(step => step.Second.X >= step.First.X - BackwardPx)),
    ];

    /// <summary>All leads read from the lines. A lead that the picture lost (to a frame's line above its trace) has the only line in its box that is no other lead's.</summary>
    /// <param name="curves">The leads as they were traced in the picture.</param>
    /// <param name="boxes">Their boxes.</param>
    /// <param name="strokes">Lines that can be traces.</param>
    /// <param name="pxPerMm">Pixels per millimetre.</param>
    public static PenCurve[] ReplaceAll(IReadOnlyList<PenCurve> curves, IReadOnlyList<PixelBox> boxes, IReadOnlyList<PdfStroke> strokes, double pxPerMm)
    {
        var own = curves.Select(curve => Own(curve, strokes, pxPerMm)).ToArray();
        var taken = own.SelectMany(lines => lines).ToHashSet();
        return [.. curves.Select((curve, i) => Along(curve, own[i].Length == 0 && Left(curve, boxes[i]) is [var only] ? [only] : own[i], pxPerMm))];

        PdfStroke[] Left(PenCurve curve, PixelBox box) => [.. strokes.Where(stroke => !taken.Contains(stroke)
            && stroke.Points[^1].X - stroke.Points[0].X >= LeastShareOfLost * curve.Row.Length * curve.StepPx
            && At(stroke, curve).Where(row => !double.IsNaN(row)).Order().ToArray() is { Length: > 0 } rows
            && rows[rows.Length / 2] >= box.Y && rows[rows.Length / 2] < box.Y + box.Height)];
    }

    /// <summary>
    /// The same curve read from the lines instead of the pixels; the curve itself where no line is near it. A line that begins where the lead does is
    /// the whole lead: it says where it begins and ends. Lines that run through several leads are cut where the layout does.
    /// </summary>
    /// <param name="curve">The lead as it was traced in the picture.</param>
    /// <param name="strokes">Lines that can be traces.</param>
    /// <param name="pxPerMm">Pixels per millimetre.</param>
    public static PenCurve Replace(PenCurve curve, IReadOnlyList<PdfStroke> strokes, double pxPerMm) => Along(curve, Own(curve, strokes, pxPerMm), pxPerMm);

    private static PdfStroke[] Own(PenCurve curve, IReadOnlyList<PdfStroke> strokes, double pxPerMm) =>
        [.. strokes.Where(stroke => IsSame(At(stroke, curve), curve.Row, (stroke.Points[^1].X - stroke.Points[0].X) / curve.StepPx, pxPerMm))];

    private static PenCurve Along(PenCurve curve, PdfStroke[] own, double pxPerMm)
    {
        if (own.Length == 0)
            return curve;
        double left = own.Min(stroke => stroke.Points[0].X), right = own.Max(stroke => stroke.Points[^1].X);
        var last = curve.FirstX + ((curve.Row.Length - 1) * curve.StepPx);
        var begins = Math.Abs(left - curve.FirstX) <= SameEndMm * pxPerMm;
        var first = begins ? left : curve.FirstX;
        var end = begins && right < last + (SameEndMm * pxPerMm) ? right : Math.Min(right, last);
        var whole = PenCurve.Unknown(first, curve.StepPx, (int)Math.Floor(((end - first) / curve.StepPx) + 1e-6) + 1);
        foreach (var read in own.Select(stroke => At(stroke, whole)))
            for (var i = 0; i < read.Length; i++)
                if (double.IsNaN(whole.Row[i]))
                    whole.Row[i] = read[i];
        return whole with { Confidence = [.. whole.Row.Select(row => double.IsNaN(row) ? 0.0 : 1)] };
    }

    /// <summary>Column where the lines of leads begin that all begin at second 0; null where they do not say.</summary>
    /// <param name="curves">These leads as they were traced in the picture.</param>
    /// <param name="strokes">Lines that can be traces.</param>
    /// <param name="pxPerMm">Pixels per millimetre.</param>
    public static double? BeginningOf(IReadOnlyList<PenCurve> curves, IReadOnlyList<PdfStroke> strokes, double pxPerMm)
    {
        var begun = curves.Select(curve => (Was: curve, Now: Replace(curve, strokes, pxPerMm))).Where(pair => pair.Now.FirstX != pair.Was.FirstX).Select(pair => pair.Now.FirstX).Order().ToArray();
        return begun.Length == 0 ? null : begun[begun.Length / 2];
    }

    /// <summary>Whether a line follows the trace over most of itself or of the lead; a neighbour's reaches over by a millimetre at most.</summary>
    private static bool IsSame(double[] read, double[] traced, double knotsOfLine, double pxPerMm)
    {
        var distances = read.Zip(traced, (a, b) => Math.Abs(a - b)).Where(distance => !double.IsNaN(distance)).Order().ToArray();
        return distances.Length > 0.5 * Math.Min(read.Length, knotsOfLine) && distances[distances.Length / 2] <= SameTraceMm * pxPerMm;
    }

    /// <summary>Row of a line at every knot, NaN outside it; where it goes straight up or down, the first row there.</summary>
    private static double[] At(PdfStroke stroke, PenCurve curve)
    {
        var rows = new double[curve.Row.Length];
        var (points, right) = (stroke.Points, 0);
        for (var i = 0; i < rows.Length; i++)
        {
            var x = curve.FirstX + (i * curve.StepPx);
            while (right < points.Count && points[right].X < x)
                right++;
            rows[i] = right == points.Count ? double.NaN
                : points[right].X == x ? points[right].Y
                : right == 0 ? double.NaN
                : points[right - 1].Y + ((points[right].Y - points[right - 1].Y) * (x - points[right - 1].X) / (points[right].X - points[right - 1].X));
        }

        return rows;
    }
}

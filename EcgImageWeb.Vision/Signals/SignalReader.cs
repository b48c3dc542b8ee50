using EcgImageWeb.Signal;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Signals;

/// <summary>The last stage of digitization: from traces to millivolts over seconds.</summary>
public static class SignalReader
{
    /// <summary>Samples a second unless asked otherwise.</summary>
    public const double DefaultRateHz = 500;

    /// <summary>No heart gives more, mV: the row of something else on the page.</summary>
    private const double LargestMv = 20;

    // Read from the page once the layout says them.
    private const double AssumedMmPerS = 25, AssumedMmPerMv = 10;

    /// <summary>Fits a pen to the ink around each trace and reads the fitted curve at even times.</summary>
    /// <param name="page">The upright page.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="traces">A trace a lead, in the layout's order: where the fit begins.</param>
    /// <param name="sampleRateHz">Samples a second, above 0.</param>
    /// <param name="cancellationToken">Observed between leads.</param>
    /// <returns>One signal a lead; sample n stands at second StartS + n / rate of the page's time axis.</returns>
    public static DigitizedPage Read(
        UprightPage page, PageLayout layout, IReadOnlyList<LeadTrace> traces, double sampleRateHz = DefaultRateHz, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(traces);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRateHz);
        var pxPerS = AssumedMmPerS * page.PxPerMmX;
        PenCurve[] begun = [.. traces.Select(trace => Start(trace, layout, pxPerS))];
        double[] leftEnds = [.. traces.Select(trace => LeftEnd(trace.Place, layout, pxPerS))];
        IReadOnlyList<PenCurve> drawn;
        if (VectorTraces.Of(page.Vectors) is { Count: > 0 } strokes)
        {
            drawn = [.. begun.Select(curve => VectorTraces.Replace(curve, strokes, page.PxPerMmY))];
            // A lead's own line begins with the lead.
            leftEnds = [.. leftEnds.Select((left, i) => left + (drawn[i].FirstX - begun[i].FirstX))];
        }
        else
        {
            drawn = DrawingFit.Fit(page, begun, cancellationToken);
        }
        var names = Names(layout);
        return new DigitizedPage(
            [.. traces.Select((trace, i) => Lead(trace, drawn[i], names[i], leftEnds[i], pxPerS, AssumedMmPerMv * page.PxPerMmY, sampleRateHz))],
            sampleRateHz, AssumedMmPerS, AssumedMmPerMv);
    }

    /// <summary>Column of the lead's first moment.</summary>
    private static double LeftEnd(LeadPlace place, PageLayout layout, double pxPerS) =>
        layout.ColumnsSimultaneous ? place.Box.X : layout.TimeZeroX + (place.StartS * pxPerS);

    /// <summary>The traced rows as a curve with a knot a sample, over the lead's own time as far as its box reaches.</summary>
    private static PenCurve Start(LeadTrace trace, PageLayout layout, double pxPerS)
    {
        var step = PenCurve.StepFor(pxPerS);
        var left = LeftEnd(trace.Place, layout, pxPerS);
        // Knots stand where samples of the default rate do, so that nothing is interpolated twice.
        var first = left + (Math.Max(0, Math.Ceiling((trace.Place.Box.X - left) / step)) * step);
        var last = Math.Min(left + ((trace.Place.EndS - trace.Place.StartS) * pxPerS), trace.Place.Box.X + trace.Place.Box.Width);
        return PenCurve.Through(trace, first, step, Math.Max(0, (int)Math.Floor((last - first) / step) + 1));
    }

    private static DigitizedLead Lead(LeadTrace trace, PenCurve curve, string name, double leftEnd, double pxPerS, double pxPerMv, double rateHz)
    {
        var place = trace.Place;
        var baseline = curve.IsoelectricRow() ?? trace.BaselineRow;
        var sign = name.StartsWith('-') ? -1 : 1;
        float[] mv = new float[(int)Math.Round((place.EndS - place.StartS) * rateHz)], confidence = new float[mv.Length];
        for (var n = 0; n < mv.Length; n++)
        {
            var (row, sure) = curve.At(leftEnd + (n / rateHz * pxPerS));
            var value = sign * (baseline - row) / pxPerMv;
            (mv[n], confidence[n]) = Math.Abs(value) <= LargestMv ? ((float)value, (float)sure) : (float.NaN, 0);
        }

        var rows = new float[place.Box.Width];
        for (var x = 0; x < rows.Length; x++)
            rows[x] = (float)curve.At(place.Box.X + x + 0.5).Row;
        var signal = new LeadSignal(name.TrimStart('-'), rateHz, mv, place.StartS);
        return new DigitizedLead(new LeadTrace(place, rows, baseline, signal.Coverage), signal, confidence);
    }

    /// <summary>A lead that is printed twice: the strip has the name, the column's is marked.</summary>
    private static string[] Names(PageLayout layout)
    {
        var taken = new HashSet<string>();
        var names = new string[layout.Leads.Count];
        foreach (var (place, i) in layout.Leads.Select((place, i) => (place, i)).OrderBy(pair => !pair.place.IsRhythm))
        {
            names[i] = place.Name;
            for (var suffix = place.IsRhythm ? "@strip" : "@column"; !taken.Add(names[i].TrimStart('-')); suffix += "'")
                names[i] = place.Name + suffix;
        }

        return names;
    }
}

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

    /// <summary>How far beyond its box a trace is followed, mm: boxes may end a little beside the ink.</summary>
    private const double BeyondBoxMm = 1.5;

    /// <summary>A pen that looks wider is mostly a blurred one, and the trace's ends are where the sharp one drew them, mm. Of photos-synth the ends were 3 ms late without it.</summary>
    private const double WidestPenMm = 0.35;

    /// <summary>Fits a pen to the ink around each trace and reads the fitted curve at even times.</summary>
    /// <param name="page">The upright page.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="traces">A trace a lead, in the layout's order: where the fit begins.</param>
    /// <param name="sampleRateHz">Samples a second, above 0.</param>
    /// <param name="cancellationToken">Observed between leads.</param>
    /// <returns>One signal a lead; sample n stands at second StartS + n / rate of the page's time axis.</returns>
    public static DigitizedPage Read(
        UprightPage page, PageLayout layout, IReadOnlyList<LeadTrace> traces, double sampleRateHz = DefaultRateHz, CancellationToken cancellationToken = default) =>
        Read(page, layout, traces, sampleRateHz, [], null, cancellationToken);

    /// <summary>The same where a person drew pieces of the traces: nothing is fitted there; and where a network tells ink apart.</summary>
    /// <param name="page">The upright page.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="traces">A trace a lead, in the layout's order: where the fit begins.</param>
    /// <param name="sampleRateHz">Samples a second, above 0.</param>
    /// <param name="redrawn">The drawn pieces.</param>
    /// <param name="network">Tells trace ink from other ink; null to tell it by its darkness alone.</param>
    /// <param name="cancellationToken">Observed between leads.</param>
    /// <returns>One signal a lead; sample n stands at second StartS + n / rate of the page's time axis.</returns>
    public static DigitizedPage Read(
        UprightPage page, PageLayout layout, IReadOnlyList<LeadTrace> traces, double sampleRateHz, IReadOnlyList<RedrawnTrace> redrawn, InkNetwork? network, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(traces);
        ArgumentNullException.ThrowIfNull(redrawn);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRateHz);
        var (withLines, foreign) = ForeignInk.Without(InkImage.Of(page, traces), page, traces);
        var ink = LooseWords.Without(UprightLines.Without(withLines, page.PxPerMmX, page.PxPerMmY), layout.Names, page.PxPerMmY);
        cancellationToken.ThrowIfCancellationRequested();
        var penPx = ink.PenWidth(traces);
        var sharpPx = Math.Min(penPx, WidestPenMm * page.PxPerMmX);
        var ends = traces.Select(trace => TraceEnds.Of(ink, trace, (int)(BeyondBoxMm * page.PxPerMmX), sharpPx)).ToArray();
        var axis = TimeAxis.Of(layout, ends, sharpPx, page.PxPerMmX)
            .AtBars(LooseWords.Without(withLines, layout.Names, page.PxPerMmY), layout, [.. ends.Select(trace => PenCurve.Through(trace.FirstX, trace.Row, trace.FirstX + 0.5, 1, trace.Row.Length).IsoelectricRow())], page.PxPerMmX, page.PxPerMmY);
        PenCurve[] Starts() => [.. ends.Select((trace, i) => Start(trace, layout.Leads[i], axis, ink.Width))];
        var starts = Starts();
        var lines = VectorTraces.Of(page.Vectors);
        if (lines.Count > 0 && VectorTraces.BeginningOf([.. starts.Where((_, i) => layout.Leads[i].StartS == 0)], lines, page.PxPerMmX) is { } beginning)
        {
            axis = axis with { ZeroX = beginning, PxPerS = layout.MmPerS * page.PxPerMmX };
            starts = Starts();
        }

        if (lines.Count > 0)
            return Read(VectorTraces.ReplaceAll(starts, [.. layout.Leads.Select(lead => lead.Box)], lines, page.PxPerMmY)) with { Ink = InkSource.Vectors };
        var printed = PrintedMarks.Of(ink, page, layout, axis, starts, penPx);
        if (foreign is not null)
            printed = [.. printed.Zip(foreign, (mark, pen) => mark || pen)];
        if (network is null)
            return Searched(Fitted(ink, ink));
        var likely = ink.Of(network.Of(page.Pixels, page.PxPerMmX, page.PxPerMmY, cancellationToken));
        DrawingFit[] fits = InParallel(() => Fitted(ink, ink), () => Fitted(likely, ink));
        DigitizedPage[] readings = [.. fits.Select(fit => Read(fit.Judged()))];
        if (!InkSource.AreAlike(readings[0], readings[1]))
        {
            fits = [.. fits, Fitted(likely, likely)];
            readings = [.. readings, Read(fits[2].Judged())];
        }

        // The search takes longest: it is for the way that was chosen.
        var (best, source) = InkSource.Best(readings);
        return Searched(fits[best]) with { Ink = source };

        DrawingFit[] InParallel(params Func<DrawingFit>[] works)
        {
            var made = new DrawingFit[works.Length];
            Parallel.For(0, works.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => made[i] = works[i]());
            return made;
        }

        DrawingFit Fitted(InkImage path, InkImage to) => DrawingFit.Of(path, to, ink, printed, page.PxPerMmX, page.PxPerMmY, starts, penPx, cancellationToken);

        DigitizedPage Searched(DrawingFit fit)
        {
            fit.Search(layout.Frame is null, cancellationToken);
            return Read(fit.Judged());
        }

        DigitizedPage Read(IReadOnlyList<PenCurve> fitted)
        {
            PenCurve[] curves = [.. fitted.Select((curve, i) => redrawn.Where(piece => piece.Lead == i).Aggregate(curve, (whole, piece) => piece.Into(whole)))];
            var names = Names(layout);
            // A lead's own line in a PDF begins with the lead; everything else begins where the time axis says.
            return new DigitizedPage(
                [.. traces.Select((trace, i) => Lead(
                    trace, curves[i], names[i], axis.LeftOf(trace.Place) + curves[i].FirstX - starts[i].FirstX, axis.PxPerS, layout.MmPerMv * page.PxPerMmY, sampleRateHz))],
                sampleRateHz, layout.MmPerS, layout.MmPerMv);
        }
    }

    /// <summary>The traced rows as a curve over the lead's own time, level where the trace began late or ended early.</summary>
    private static PenCurve Start(TraceEnds trace, LeadPlace place, TimeAxis axis, int pageWidth)
    {
        var step = PenCurve.StepFor(axis.PxPerS);
        var left = axis.LeftOf(place);
        // Knots stand where samples of the default rate do, so that nothing is interpolated twice.
        var first = left + (Math.Max(0, Math.Ceiling(-left / step)) * step);
        var last = Math.Min(left + ((place.EndS - place.StartS) * axis.PxPerS), pageWidth);
        return PenCurve.Through(trace.FirstX, trace.Row, first, step, Math.Max(0, (int)Math.Floor((last - first) / step) + 1));
    }

    private static DigitizedLead Lead(LeadTrace trace, PenCurve curve, string name, double left, double pxPerS, double pxPerMv, double rateHz)
    {
        var place = trace.Place;
        var baseline = curve.IsoelectricRow() ?? trace.BaselineRow;
        var sign = name.StartsWith('-') ? -1 : 1;
        float[] mv = new float[(int)Math.Round((place.EndS - place.StartS) * rateHz)], confidence = new float[mv.Length];
        for (var n = 0; n < mv.Length; n++)
        {
            var (row, sure) = curve.At(left + (n / rateHz * pxPerS));
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

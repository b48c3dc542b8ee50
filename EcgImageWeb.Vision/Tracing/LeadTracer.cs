using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;

namespace EcgImageWeb.Vision.Tracing;

/// <summary>From ink to one row a column, for every lead.</summary>
public static class LeadTracer
{
    /// <summary>Traces every lead of the layout on clean pages.</summary>
    /// <param name="page">The upright page.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="cancellationToken">Observed between leads.</param>
    /// <returns>One trace a lead, in the layout's order, with a row for every column of the lead's box.</returns>
    public static IReadOnlyList<LeadTrace> Trace(UprightPage page, PageLayout layout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(layout);
        var ink = layout.Ink ?? FromBoxes(page, layout, cancellationToken);
        return [.. layout.Leads.Select((place, index) => One(ink, index, place, layout))];
    }

    /// <summary>Follows each trace inside its box, from the middle of the ink there.</summary>
    internal static TraceInk FromBoxes(UprightPage page, PageLayout layout, CancellationToken cancellationToken)
    {
        if (layout.Frame is { } frame)
        {
            var fit = ReportFit.FromFrame(ReportTemplate.All[0], frame);
            var report = TraceCanvas.Of(Gray.Of(page.Pixels), fit);
            return TraceInk.Of(report, fit.Template, [.. layout.Leads.Select(lead => StripOf(report, lead.Box))], cancellationToken);
        }

        var canvas = TraceCanvas.Of(Gray.Brightest(page.Pixels), page.PxPerMmX, page.PxPerMmY);
        return TraceInk.Of(canvas, null, [.. layout.Leads.Select(lead => StripOf(canvas, lead.Box))], cancellationToken);
    }

    private static Strip StripOf(TraceCanvas canvas, PixelBox box)
    {
        int Column(double pageX) => Math.Clamp((int)Math.Round(canvas.CanvasX(pageX)), 0, canvas.Gray.Width);
        int Row(double pageY) => Math.Clamp((int)Math.Round(canvas.CanvasY(pageY)), 0, canvas.Gray.Height);
        var (top, bottom) = (Row(box.Y), Row(box.Y + box.Height));
        return new Strip(Column(box.X), Column(box.X + box.Width), top, bottom, (top + bottom) / 2.0);
    }

    private static LeadTrace One(TraceInk ink, int index, LeadPlace place, PageLayout layout)
    {
        var strip = ink.Strips[index];
        var rows = TraceCurve.Rows(ink.Tops[index], ink.Bottoms[index]);
        var traced = new float[place.Box.Width];
        for (var x = 0; x < traced.Length; x++)
        {
            var column = Math.Clamp(ink.Canvas.CanvasX(place.Box.X + x + 0.5) - 0.5 - strip.First, 0, rows.Length - 1);
            var before = Math.Min((int)column, Math.Max(rows.Length - 2, 0));
            var after = Math.Min(before + 1, rows.Length - 1);
            var row = rows[before] + ((rows[after] - rows[before]) * (column - before));
            traced[x] = (float)ink.Canvas.PageY(row + 0.5);
        }

        var seen = traced.Where(row => !float.IsNaN(row)).Order().ToArray();
        var baseline = layout.Frame is not null ? ink.Canvas.PageY(strip.ZeroRow + 0.5) : seen.Length > 0 ? seen[seen.Length / 2] : place.Box.Y + (place.Box.Height / 2.0);
        var coverage = ink.Tops[index].Count(row => row >= 0) / (double)Math.Max(1, ink.Tops[index].Length);
        return new LeadTrace(place, traced, baseline, coverage);
    }
}

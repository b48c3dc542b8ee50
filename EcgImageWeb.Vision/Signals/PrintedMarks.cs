using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Signals;

/// <summary>Pixels that show something else than a trace, and may hide one: pulses, bars between columns, and a known report's names, pulses and separators.</summary>
internal static class PrintedMarks
{
    /// <summary>One value a pixel of the page.</summary>
    public static bool[] Of(InkImage ink, UprightPage page, PageLayout layout, TimeAxis axis, PenCurve[] starts, double penPx)
    {
        bool[] printed = [.. ink.Hidden];
        if (layout.Frame is { } frame)
            OfReport(ink, ReportFit.FromFrame(ReportTemplate.All[0], frame), printed);
        else
            Bars(ink, page, layout, axis, starts, printed);
        LevelLines.Mark(ink, page.PxPerMmX, printed);
        foreach (var pulse in layout.Pulses)
            Fill(ink, pulse.Box, (int)Math.Ceiling(penPx), printed);
        return printed;
    }

    private static void Bars(InkImage ink, UprightPage page, PageLayout layout, TimeAxis axis, PenCurve[] starts, bool[] printed)
    {
        var columns = layout.Leads.Select((place, i) => (place, i)).Where(lead => !lead.place.IsRhythm && starts[lead.i].Row.Any(double.IsFinite)).ToArray();
        var borders = columns.SelectMany(lead => new[] { axis.LeftOf(lead.place), axis.LeftOf(lead.place) + ((lead.place.EndS - lead.place.StartS) * axis.PxPerS) });
        var marked = new List<(double Border, IReadOnlyList<SeparatorBars.Bar> Bars)>();
        foreach (var border in borders.Select(x => Math.Round(x, 1)).Distinct())
        {
            var beside = columns.Where(lead => starts[lead.i].IsNear(border, page.PxPerMmX));
            double[] rows = [.. beside.Select(lead => starts[lead.i].IsoelectricRow()).OfType<double>()];
            marked.Add((border, SeparatorBars.Mark(ink, border, rows, SeparatorBars.Separator, page.PxPerMmX, page.PxPerMmY, printed)));
        }

        SeparatorBars.MarkHidden(ink, marked, page.PxPerMmX, printed);

        // A pulse at the beginning of every row is a bar that ends where the trace happens to be.
        var begins = layout.Leads.Select(place => place.StartS).DefaultIfEmpty().Min();
        double[] all = [.. layout.Leads.Select((place, i) => (place, i)).Where(lead => lead.place.StartS == begins).Select(lead => starts[lead.i].IsoelectricRow()).OfType<double>()];
        if (!axis.Simultaneous && all.Length > 2)
            SeparatorBars.Mark(ink, axis.ZeroX + (begins * axis.PxPerS), all, SeparatorBars.PulseEdge, page.PxPerMmX, page.PxPerMmY, printed);
    }

    private static void OfReport(InkImage ink, ReportFit fit, bool[] printed)
    {
        foreach (var mark in fit.Template.PrintedMarks)
            Fill(ink, fit, mark.X, mark.Y, mark.X + 1, mark.Y + 1, printed);
        foreach (var separator in fit.Template.Separators)
            Fill(ink, fit, separator - fit.Template.SeparatorHalfWidth, fit.Template.SeparatorTop, separator + fit.Template.SeparatorHalfWidth, fit.Template.SeparatorBottom, printed);
    }

    /// <summary>Marks a box with soft edges.</summary>
    private static void Fill(InkImage ink, PixelBox box, int edge, bool[] printed)
    {
        int first = Math.Max(0, box.X - edge), last = Math.Min(ink.Width, box.X + box.Width + edge);
        for (var y = Math.Max(0, box.Y - edge); y < Math.Min(ink.Height, box.Y + box.Height + edge); y++)
            printed.AsSpan(y * ink.Width)[first..Math.Max(first, last)].Fill(true);
    }

    /// <summary>Marks the pixels that a rectangle of the template touches.</summary>
    private static void Fill(InkImage ink, ReportFit fit, double left, double top, double right, double bottom, bool[] printed)
    {
        int first = Math.Max(0, (int)Math.Floor(fit.X(left))), last = Math.Min(ink.Width, (int)Math.Ceiling(fit.X(right)));
        for (var y = Math.Max(0, (int)Math.Floor(fit.Y(top))); y < Math.Min(ink.Height, Math.Ceiling(fit.Y(bottom))); y++)
            printed.AsSpan(y * ink.Width)[first..Math.Max(first, last)].Fill(true);
    }
}

using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>The third stage: where each lead stands on an upright page.</summary>
public static class LayoutFinder
{
    /// <summary>Rows added above and below a trace that leaves its box, canvas pixels: the pen's blurred edge.</summary>
    private const int BoxMargin = 4;

    /// <summary>The frame's own line stays outside a box unless the trace crosses it, canvas pixels.</summary>
    private const int InsideFrame = 3;

    /// <summary>Finds the leads' boxes: by the frame and printed marks of a known report, else by the rows of traces on the grid.</summary>
    /// <param name="page">An upright page.</param>
    /// <param name="cancellationToken">Observed between the steps.</param>
    /// <returns>The layout; boxes reach as far as their traces do.</returns>
    /// <exception cref="RefusalException"><c>not-an-ecg</c> where nothing looks like an ECG, <c>no-layout</c> where its leads cannot be located.</exception>
    public static PageLayout Find(UprightPage page, CancellationToken cancellationToken = default) => Find(page, null, cancellationToken);

    /// <summary>The same where a network tells traces that darkness does not.</summary>
    /// <param name="page">An upright page.</param>
    /// <param name="network">Tells trace ink from other ink; null for none.</param>
    /// <param name="cancellationToken">Observed between the steps.</param>
    /// <returns>The layout; boxes reach as far as their traces do.</returns>
    /// <exception cref="RefusalException"><c>not-an-ecg</c> where nothing looks like an ECG, <c>no-layout</c> where its leads cannot be located.</exception>
    public static PageLayout Find(UprightPage page, InkNetwork? network, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        var gray = Gray.Of(page.Pixels);
        return ReportFinder.Find(gray, cancellationToken) is { } fit
            ? OfReport(gray, fit, cancellationToken)
            : PdfWords.Confirm(SheetFinder.Find(page, network, cancellationToken), page);
    }

    /// <summary>Finds the leads' boxes on a page whose format a person has told; what is printed beside the traces only confirms it.</summary>
    /// <param name="page">An upright page.</param>
    /// <param name="format">Its format.</param>
    /// <param name="cancellationToken">Observed between the steps.</param>
    /// <exception cref="RefusalException"><c>no-layout</c> where the page has fewer rows of traces than the format.</exception>
    public static PageLayout As(UprightPage page, PageFormat format, CancellationToken cancellationToken = default) => As(page, format, null, cancellationToken);

    /// <summary>The same where a network tells traces that darkness does not.</summary>
    /// <param name="page">An upright page.</param>
    /// <param name="format">Its format.</param>
    /// <param name="network">Tells trace ink from other ink; null for none.</param>
    /// <param name="cancellationToken">Observed between the steps.</param>
    /// <exception cref="RefusalException"><c>no-layout</c> where the page has fewer rows of traces than the format.</exception>
    public static PageLayout As(UprightPage page, PageFormat format, InkNetwork? network, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(format);
        return PdfWords.Confirm(SheetFinder.As(page, format, network, cancellationToken), page);
    }

    private static PageLayout OfReport(Raster gray, ReportFit fit, CancellationToken cancellationToken)
    {
        var canvas = TraceCanvas.Of(gray, fit);
        var strips = ReportStrips.Of(fit.Template, canvas.Gray);
        var ink = TraceInk.Of(canvas, fit.Template, strips, cancellationToken);
        var notes = new List<Note>();
        var rhythm = RhythmName.Of(ReportFinder.ThirdStrokeContrast(gray, fit) / fit.MarkContrast, ink, fit.Template, notes);

        var leads = new List<LeadPlace>();
        foreach (var index in ReportStrips.ReadingOrder(fit.Template))
        {
            var isRhythm = index == strips.Count - 1;
            var column = isRhythm ? 0 : index % fit.Template.Columns;
            var name = isRhythm ? rhythm.Name : fit.Template.Leads[index];
            var start = column * fit.Template.ColumnSeconds;
            leads.Add(new LeadPlace(
                isRhythm ? "rhythm" : name, name, isRhythm ? rhythm.From : "layout", isRhythm, Box(ink, index, fit.Template, gray),
                start, isRhythm ? fit.Template.Columns * fit.Template.ColumnSeconds : start + fit.Template.ColumnSeconds));
        }

        return new PageLayout(fit.Template.Name, fit.FrameSeen ? "frame" : "template", Confidence(fit), false, leads, notes)
        {
            Frame = fit.Frame,
            TimeZeroX = fit.X(fit.Template.TraceLeft),
            Ink = ink.Ordered(ReportStrips.ReadingOrder(fit.Template)),
        };
    }

    /// <summary>The template's box, grown to hold all of the lead's own ink, within the page.</summary>
    private static PixelBox Box(TraceInk ink, int index, ReportTemplate template, Raster gray)
    {
        var strip = ink.Strips[index];
        var top = Math.Max(strip.ZeroRow + 0.5 - template.RowHalfHeight, template.Frame.Top + InsideFrame);
        var bottom = Math.Min(strip.ZeroRow + 0.5 + template.RowHalfHeight, template.Frame.Bottom - InsideFrame);
        if (ink.Extent(index) is var (first, last))
            (top, bottom) = (Math.Min(top, first - BoxMargin), Math.Max(bottom, last + 1 + BoxMargin));
        return PixelBoxes.Between(ink.Canvas.PageX(strip.First), ink.Canvas.PageY(top), ink.Canvas.PageX(strip.Last), ink.Canvas.PageY(bottom), gray);
    }

    /// <summary>Marks at full contrast inside a frame are certain; measured contrast of the 391 pages is 0.8 and more.</summary>
    private static double Confidence(ReportFit fit) => Math.Clamp(fit.MarkContrast / 0.8, 0, 1) * (fit.FrameSeen ? 1 : 0.8);
}

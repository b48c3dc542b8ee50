using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;

namespace EcgImageWeb.Vision.Tracing;

/// <summary>Takes everything off a page that is not ECG, to show what an answer does not hang on.</summary>
public static class PageBlanker
{
    /// <summary>A trace is kept with its blurred edge, pixels at 200 dpi.</summary>
    private const int Edge = 2;

    /// <summary>
    /// The page with nothing but its traces on white: no header, footer, frame, grid, lead names, pulses, separators, "Lead
    /// Off". Where a printed letter hid the trace, it is bridged in black.
    /// </summary>
    /// <param name="page">The upright page.</param>
    /// <param name="layout">Its layout; valid for the result as well.</param>
    /// <param name="cancellationToken">Observed between the steps.</param>
    /// <returns>A page of the same size and scale.</returns>
    public static UprightPage KeepTraces(UprightPage page, PageLayout layout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(layout);
        var ink = layout.Ink ?? LeadTracer.FromBoxes(page, layout, cancellationToken);
        var keep = Kept(ink, layout);
        cancellationToken.ThrowIfCancellationRequested();

        var (from, channels) = (page.Pixels.Pixels, page.Pixels.Channels);
        var to = new byte[from.Length];
        Array.Fill(to, (byte)255);
        int canvasWidth = ink.Canvas.Gray.Width, canvasHeight = ink.Canvas.Gray.Height;
        for (var y = 0; y < page.Pixels.Height; y++)
        {
            var canvasY = (int)Math.Floor(ink.Canvas.CanvasY(y + 0.5));
            if (canvasY < 0 || canvasY >= canvasHeight)
                continue;
            for (var x = 0; x < page.Pixels.Width; x++)
            {
                var canvasX = (int)Math.Floor(ink.Canvas.CanvasX(x + 0.5));
                if (canvasX < 0 || canvasX >= canvasWidth)
                    continue;
                var at = ((y * page.Pixels.Width) + x) * channels;
                switch (keep[(canvasY * canvasWidth) + canvasX])
                {
                    case Keep.AsItIs: Array.Copy(from, at, to, at, channels); break;
                    case Keep.AsInk: to.AsSpan(at, channels).Clear(); break;
                    default: break;
                }
            }
        }

        return page with { Pixels = new Raster(page.Pixels.Width, page.Pixels.Height, channels, to) };
    }

    private enum Keep : byte
    {
        No,
        AsItIs,
        AsInk,
    }

    private static Keep[] Kept(TraceInk ink, PageLayout layout)
    {
        int width = ink.Canvas.Gray.Width, height = ink.Canvas.Gray.Height;
        var keep = new Keep[width * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                if (ink.Owner[(y * width) + x] != 0)
                    Fill(x - Edge, y - Edge, x + Edge, y + Edge, Keep.AsItIs);
        if (layout.Frame is not null)
            foreach (var mark in ReportTemplate.All[0].PrintedMarks)
                Fill(mark.X - Edge, mark.Y - Edge, mark.X + Edge, mark.Y + Edge, Keep.No);
        for (var i = 0; i < keep.Length; i++)
            if (ink.Owner[i] != 0)
                keep[i] = Keep.AsItIs;

        for (var i = 0; i < ink.Strips.Count; i++)
        {
            double[] top = TraceCurve.Bridge(ink.Tops[i]), bottom = TraceCurve.Bridge(ink.Bottoms[i]);
            for (var c = 0; c < top.Length; c++)
                for (var y = (int)Math.Round(top[c]); y <= bottom[c]; y++)
                    if (keep[(y * width) + ink.Strips[i].First + c] == Keep.No)
                        keep[(y * width) + ink.Strips[i].First + c] = Keep.AsInk;
        }

        return keep;

        void Fill(int x0, int y0, int x1, int y1, Keep value)
        {
            for (var y = Math.Max(0, y0); y <= Math.Min(height - 1, y1); y++)
                for (var x = Math.Max(0, x0); x <= Math.Min(width - 1, x1); x++)
                    keep[(y * width) + x] = value;
        }
    }
}

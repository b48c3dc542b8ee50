using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Tracing;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Leads;

/// <summary>The paper's division and preprocessing: gray strip, Gaussian, Otsu, 0/255.</summary>
public static class LeadCutter
{
    /// <summary>Standard deviation of the smoothing, pixels (the paper, IV.A).</summary>
    private const double Sigma = 1;

    /// <summary>A neighbour's ink is painted over with its blurred edge, pixels at 200 dpi.</summary>
    private const int Edge = 2;

    /// <summary>
    /// Cuts every lead's box from the page, smooths it and separates ink from paper. Boxes of rows that swing far overlap;
    /// ink that belongs to another lead's trace is painted as paper.
    /// </summary>
    /// <param name="page">The upright page.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="cancellationToken">Observed between leads.</param>
    /// <returns>One image a lead, in the layout's order; ink is 255 in <see cref="LeadImage.Binary"/>, as in the paper's figure.</returns>
    public static IReadOnlyList<LeadImage> Cut(UprightPage page, PageLayout layout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(layout);
        var gray = Gray.Of(page.Pixels);
        var paper = (byte)ReportFinder.PaperLevel(gray);
        var images = new List<LeadImage>(layout.Leads.Count);
        for (var i = 0; i < layout.Leads.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            images.Add(Image(layout.Leads[i], Strip(gray, paper, layout, i)));
        }

        return images;
    }

    private static LeadImage Image(LeadPlace place, Raster raw)
    {
        using var strip = raw.ToMat();
        using Mat smooth = new(), binary = new();
        Cv2.GaussianBlur(strip, smooth, new Size(0, 0), Sigma);
        var threshold = Cv2.Threshold(smooth, binary, 0, 255, ThresholdTypes.BinaryInv | ThresholdTypes.Otsu);
        return new LeadImage(place, raw, smooth.ToRaster(), binary.ToRaster(), threshold);
    }

    private static Raster Strip(Raster gray, byte paper, PageLayout layout, int index)
    {
        var box = layout.Leads[index].Box;
        var pixels = new byte[box.Width * box.Height];
        for (var y = 0; y < box.Height; y++)
            Array.Copy(gray.Pixels, ((box.Y + y) * gray.Width) + box.X, pixels, y * box.Width, box.Width);
        if (layout.Ink is { } ink)
            PaintNeighbours(pixels, box, paper, ink, (byte)(index + 1));
        return new Raster(box.Width, box.Height, 1, pixels);
    }

    private static void PaintNeighbours(byte[] pixels, PixelBox box, byte paper, TraceInk ink, byte own)
    {
        int width = ink.Canvas.Gray.Width, height = ink.Canvas.Gray.Height;
        int left = Math.Clamp((int)ink.Canvas.CanvasX(box.X) - Edge, 0, width), right = Math.Clamp((int)ink.Canvas.CanvasX(box.X + box.Width) + Edge + 1, left, width);
        int top = Math.Clamp((int)ink.Canvas.CanvasY(box.Y) - Edge, 0, height), bottom = Math.Clamp((int)ink.Canvas.CanvasY(box.Y + box.Height) + Edge + 1, top, height);
        for (var y = top; y < bottom; y++)
        {
            var row = ink.Owner.AsSpan((y * width) + left, right - left);
            if (row.IndexOfAnyExcept((byte)0, own) < 0)
                continue;
            for (var x = 0; x < row.Length; x++)
                if (row[x] != 0 && row[x] != own)
                    PaintAround(left + x, y);
        }

        // Every page pixel within Edge canvas pixels of a neighbour's ink, but none that near to the lead's own.
        void PaintAround(int canvasX, int canvasY)
        {
            int x0 = (int)Math.Floor(ink.Canvas.PageX(canvasX - Edge)), x1 = (int)Math.Ceiling(ink.Canvas.PageX(canvasX + Edge + 1));
            int y0 = (int)Math.Floor(ink.Canvas.PageY(canvasY - Edge)), y1 = (int)Math.Ceiling(ink.Canvas.PageY(canvasY + Edge + 1));
            for (var y = Math.Max(y0, box.Y); y < Math.Min(y1, box.Y + box.Height); y++)
                for (var x = Math.Max(x0, box.X); x < Math.Min(x1, box.X + box.Width); x++)
                    if (!IsOwn(x, y))
                        pixels[((y - box.Y) * box.Width) + x - box.X] = paper;
        }

        bool IsOwn(int pageX, int pageY)
        {
            int atX = (int)Math.Floor(ink.Canvas.CanvasX(pageX + 0.5)), atY = (int)Math.Floor(ink.Canvas.CanvasY(pageY + 0.5));
            int first = Math.Max(0, atX - Edge), last = Math.Min(width - 1, atX + Edge);
            for (var y = Math.Max(0, atY - Edge); y <= Math.Min(height - 1, atY + Edge) && first <= last; y++)
                if (ink.Owner.AsSpan((y * width) + first, last - first + 1).Contains(own))
                    return true;
            return false;
        }
    }
}

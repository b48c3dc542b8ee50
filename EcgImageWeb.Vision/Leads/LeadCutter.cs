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
        for (var y = 0; y < box.Height; y++)
        {
            var canvasY = (int)Math.Floor(ink.Canvas.CanvasY(box.Y + y + 0.5));
            for (var x = 0; x < box.Width; x++)
            {
                var canvasX = (int)Math.Floor(ink.Canvas.CanvasX(box.X + x + 0.5));
                if (IsNeighbours(canvasX, canvasY))
                    pixels[(y * box.Width) + x] = paper;
            }
        }

        bool IsNeighbours(int atX, int atY)
        {
            var found = false;
            for (var y = Math.Max(0, atY - Edge); y <= Math.Min(height - 1, atY + Edge); y++)
                foreach (var owner in ink.Owner.AsSpan((y * width) + Math.Max(0, atX - Edge), Math.Min(width - 1, atX + Edge) - Math.Max(0, atX - Edge) + 1))
                {
                    if (owner == own)
                        return false;
                    found |= owner != 0;
                }

            return found;
        }
    }
}

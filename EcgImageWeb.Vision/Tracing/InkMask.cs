using System.Runtime.InteropServices;
using EcgImageWeb.Vision.Layout;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Tracing;

/// <summary>The dark pixels of a canvas without grid dots and printed marks, and the connected component of each.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Component">Component number of each pixel, 0 for paper.</param>
/// <param name="Components">Number of components including paper.</param>
/// <param name="Printed">Pixels of printed marks, which may hide ink.</param>
internal sealed record InkMask(int Width, int Height, int[] Component, int Components, bool[] Printed)
{
    /// <summary>Traces are black to 60, the darkest grid dots 120 (measured on the three batches of report pages).</summary>
    private const byte ReportInk = 90;

    /// <summary>Printed marks of an unchanged report page average 30 to 50; of a faded or blurred copy more.</summary>
    private const double FadedMarks = 70;

    /// <summary>Where ink ends between the marks' level and the paper's, on a faded copy.</summary>
    private const double FadedInk = 0.35;

    /// <summary>Share of the paper's level for pages that were resampled or are not of the known look.</summary>
    public const double OtherInk = 0.5;

    /// <summary>What a network finds likelier than this is a trace.</summary>
    private const float LikelyTrace = 0.5f;

    /// <summary>Ink this near to the edge of a page of unknown look is its border, not a trace; pixels at 200 dpi.</summary>
    private const int Border = 4;

    /// <summary>Grid dots and specks have fewer pixels than this, pieces of a trace more.</summary>
    private const int LeastPixels = 12;

    public bool this[int x, int y] => Component[(y * Width) + x] != 0;

    /// <summary>The mask of a canvas; with a template, its names, pulses and separators are taken out; ink that is interrupted by fewer pixels than <paramref name="joinPx"/> is joined.</summary>
    public static InkMask Of(TraceCanvas canvas, ReportTemplate? template, double otherInk = OtherInk, int joinPx = 0)
    {
        var gray = canvas.Gray;
        var threshold = template is null ? ReportFinder.PaperLevel(gray) * otherInk : ReportThreshold(canvas, template);
        var ink = new byte[gray.Pixels.Length];
        for (var i = 0; i < ink.Length; i++)
            ink[i] = gray.Pixels[i] < threshold ? (byte)1 : (byte)0;
        var printed = new bool[ink.Length];
        if (template is not null)
            Erase(ink, printed, gray, template);
        else
            EraseBorder(ink, gray);
        if (joinPx > 1)
            Join(ink, gray, joinPx);
        return Label(ink, printed, gray.Width, gray.Height);
    }

    /// <summary>The mask of what a network takes for traces.</summary>
    public static InkMask Of(float[] probability, int width, int height) =>
        Label([.. probability.Select(likely => likely >= LikelyTrace ? (byte)1 : (byte)0)], new bool[width * height], width, height);

    /// <summary>This ink without that of another mask of its size.</summary>
    public InkMask Without(InkMask other) =>
        Label([.. Component.Zip(other.Component, (own, others) => own != 0 && others == 0 ? (byte)1 : (byte)0)], Printed, Width, Height);

    /// <summary>What counts as ink is told by the marks, which are printed in the traces' own black.</summary>
    private static double ReportThreshold(TraceCanvas canvas, ReportTemplate template)
    {
        var gray = canvas.Gray;
        double sum = 0;
        var count = 0;
        foreach (var mark in template.PrintedMarks)
            if (mark.Kind is MarkKind.Pulse or MarkKind.Label && mark.X < gray.Width && mark.Y < gray.Height)
            {
                sum += gray.Pixels[(mark.Y * gray.Width) + mark.X];
                count++;
            }

        var marks = sum / Math.Max(1, count);
        var paper = ReportFinder.PaperLevel(gray);
        return canvas.IsPage && marks < FadedMarks ? ReportInk : Math.Max(paper * OtherInk, marks + (FadedInk * (paper - marks)));
    }

    private static void Erase(byte[] ink, bool[] printed, Raster gray, ReportTemplate template)
    {
        foreach (var mark in template.PrintedMarks)
        {
            if (mark.X >= gray.Width || mark.Y >= gray.Height)
                continue;
            var at = (mark.Y * gray.Width) + mark.X;
            ink[at] = 0;
            printed[at] = mark.Kind is MarkKind.Label or MarkKind.ThirdStroke;
        }

        foreach (var separator in template.Separators)
        {
            var (first, last) = SeparatorColumns(template, separator);
            for (var y = (int)template.SeparatorTop - 1; y < Math.Min(gray.Height, template.SeparatorBottom + 2); y++)
                ink.AsSpan((y * gray.Width) + first, last - first + 1).Clear();
        }
    }

    private static void EraseBorder(byte[] ink, Raster gray)
    {
        for (var y = 0; y < gray.Height; y++)
        {
            var row = ink.AsSpan(y * gray.Width, gray.Width);
            if (y < Border || y >= gray.Height - Border)
            {
                row.Clear();
                continue;
            }

            row[..Math.Min(Border, row.Length)].Clear();
            row[Math.Max(0, row.Length - Border)..].Clear();
        }
    }

    private static void Join(byte[] ink, Raster gray, int px)
    {
        using var binary = new Raster(gray.Width, gray.Height, 1, ink).ToMat();
        using var kernel = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(px, px));
        Cv2.MorphologyEx(binary, binary, MorphTypes.Close, kernel);
        Marshal.Copy(binary.Data, ink, 0, ink.Length);
    }

    /// <summary>Columns on which a separator may have left ink, both included.</summary>
    public static (int First, int Last) SeparatorColumns(ReportTemplate template, double separator) =>
        ((int)Math.Floor(separator - template.SeparatorHalfWidth), (int)Math.Ceiling(separator + template.SeparatorHalfWidth) - 1);

    /// <summary>The components of marked pixels.</summary>
    public static InkMask Label(byte[] ink, bool[] printed, int width, int height)
    {
        using var binary = new Raster(width, height, 1, ink).ToMat();
        using Mat labels = new(), stats = new(), centroids = new();
        var count = Cv2.ConnectedComponentsWithStats(binary, labels, stats, centroids, PixelConnectivity.Connectivity8);
        var component = new int[width * height];
        Marshal.Copy(labels.Data, component, 0, component.Length);
        var area = new int[count];
        for (var i = 0; i < count; i++)
            area[i] = stats.At<int>(i, (int)ConnectedComponentsTypes.Area);
        for (var i = 0; i < component.Length; i++)
            if (component[i] != 0 && area[component[i]] < LeastPixels)
                component[i] = 0;
        return new InkMask(width, height, component, count, printed);
    }
}

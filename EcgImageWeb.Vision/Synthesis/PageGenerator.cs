using EcgImageWeb.Signal;
using EcgImageWeb.Vision.Rendering;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>Draws pages whose truth is known exactly.</summary>
public static class PageGenerator
{
    /// <summary>Rate at which pages are drawn and their truth is told.</summary>
    public const double SampleRateHz = 500;

    /// <summary>The twelve leads in the order of the truth.</summary>
    public static IReadOnlyList<string> LeadNames { get; } = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

    /// <summary>Draws a page; the same arguments give the same bytes.</summary>
    /// <param name="leads">Leads in mV by name, upper and lower case alike, in any order, at any rate; time zero of the page is their first sample.</param>
    /// <param name="design">How the page looks.</param>
    /// <param name="wear">What happens to it.</param>
    /// <param name="seed">Decides what the wear leaves to chance: where stains, strokes and light fall.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">A lead that the page shows is missing, or the design names another number of long strips than its format has.</exception>
    public static GeneratedPage Generate(
        IReadOnlyList<LeadSignal> leads, PageDesign design, PageWear wear, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var traces = PlacedTrace.All(design, leads);
        var page = PagePainter.Paper(design);
        PagePainter.Ink(page, PagePainter.Print(design, traces), design.Print);
        PagePainter.Ink(page, PagePainter.Traces(design, traces), design.Pen);
        cancellationToken.ThrowIfCancellationRequested();

        PaperWear.Apply(page, design, wear, random);
        var (size, map) = CameraView.Place(design, wear, random);
        var isFlat = map.Bends.Count == 0 && wear.Margin == 0 && wear.Perspective == 0 && wear.RotationDeg == 0 && wear.PixelSize == 1;
        var picture = isFlat ? page : CameraView.Take(page, design, wear, size, map, random, cancellationToken);
        if (wear != PageWear.None)
            picture = CameraWear.Apply(picture, wear, random);
        cancellationToken.ThrowIfCancellationRequested();

        var file = wear.JpegQuality > 0 ? Jpeg(ref picture, wear.JpegQuality) : RasterEncoder.Png(picture);
        var polylines = traces.Select(trace => Array.ConvertAll(trace.Points, map.ToPicture)).ToArray();
        var corners = new PagePoint[] { new(0, 0), new(design.WidthMm, 0), new(design.WidthMm, design.HeightMm), new(0, design.HeightMm) };
        return new GeneratedPage(
            picture, file, TraceMask.Of(picture.Width, picture.Height, polylines, PagePainter.PenPx(design) / wear.PixelSize),
            [.. traces.Select((trace, i) => new GeneratedLead(
                trace.Key, trace.Printed, trace.IsRhythm, Box(design, trace, map, picture), polylines[i],
                new LeadSignal(trace.Name, SampleRateHz, trace.Mv, trace.StartS)))],
            map, [.. corners.Select(map.ToPicture)], Truth(design, traces), design, wear);
    }

    private static byte[] Jpeg(ref Raster picture, int quality)
    {
        using var mat = picture.ToMat();
        Cv2.ImEncode(".jpg", mat, out var bytes, new ImageEncodingParam(ImwriteFlags.JpegQuality, quality));
        using var decoded = Cv2.ImDecode(bytes, ImreadModes.Color);
        picture = decoded.ToRaster();
        return bytes;
    }

    private static PixelBox Box(PageDesign design, PlacedTrace trace, PageMap map, Raster picture)
    {
        var there = trace.Points.Where(point => double.IsFinite(point.XMm)).ToArray();
        if (there.Length == 0)
            return new PixelBox(0, 0, 1, 1);
        double pen = design.PenMm, half = design.RowMm / 2;
        // Corners of the strip, and its trace: bent paper may swing beyond its corners.
        var points = there.SelectMany(point => new[]
            {
                new PagePoint(point.XMm, point.YMm - pen), new PagePoint(point.XMm, point.YMm + pen),
                new PagePoint(point.XMm, trace.ZeroMm - half), new PagePoint(point.XMm, trace.ZeroMm + half),
            })
            .Select(map.ToPicture).ToArray();
        int left = (int)Math.Clamp(points.Min(p => p.X), 0, picture.Width - 1), top = (int)Math.Clamp(points.Min(p => p.Y), 0, picture.Height - 1);
        int right = (int)Math.Clamp(Math.Ceiling(points.Max(p => p.X)), left + 1, picture.Width), bottom = (int)Math.Clamp(Math.Ceiling(points.Max(p => p.Y)), top + 1, picture.Height);
        return new PixelBox(left, top, right - left, bottom - top);
    }

    // A long strip comes after the columns and so has the last word where both show the lead.
    private static LeadSignal[] Truth(PageDesign design, IReadOnlyList<PlacedTrace> traces)
    {
        var truth = LeadNames.ToDictionary(name => name, _ =>
        {
            var unknown = new float[(int)Math.Round(design.Seconds * SampleRateHz)];
            Array.Fill(unknown, float.NaN);
            return unknown;
        });
        foreach (var trace in traces)
            trace.Mv.AsSpan().CopyTo(truth[trace.Name].AsSpan((int)Math.Round(trace.StartS * SampleRateHz)));
        return [.. LeadNames.Select(name => new LeadSignal(name, SampleRateHz, truth[name]))];
    }
}

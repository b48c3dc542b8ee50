using System.Runtime.InteropServices;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>The flat, clean page: paper, grid, print, separators, pulses, traces.</summary>
internal static class PagePainter
{
    /// <summary>Letters of OpenCV's Hershey fonts are this high at scale 1, of most of them.</summary>
    private const double LetterPx = 21;

    /// <summary>Width of the strokes of letters over their height; fonts with serifs draw their stems twice.</summary>
    private const double LetterStroke = 0.1, SerifStroke = 0.06;

    /// <summary>Between the pulse and time zero, measured on the report pages.</summary>
    private const double PulseGapMm = 2.9;

    /// <summary>The grid alone; the same as the page where no ink is.</summary>
    public static Raster Paper(PageDesign design)
    {
        int width = design.WidthPx, height = design.HeightPx;
        var grid = design.Grid;
        var area = grid.Area ?? (0, 0, design.WidthMm, design.HeightMm);
        var across = Ruling.Of(width, design.PxPerMmX, grid, grid.Origin.XMm, area.LeftMm, area.RightMm);
        var down = Ruling.Of(height, design.PxPerMmY, grid, grid.Origin.YMm, area.TopMm, area.BottomMm);
        var pixels = new byte[width * height * 3];
        var white = Colour.Of(0xFFFFFF);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                double fine = 0, coarse = 0;
                var isInside = across.IsInside[x] && down.IsInside[y];
                if (isInside && grid.Kind != GridKind.None)
                    (fine, coarse) = grid.Kind switch
                    {
                        GridKind.Lines => (Math.Max(across.Fine[x], down.Fine[y]), Math.Max(across.Coarse[x], down.Coarse[y])),
                        GridKind.Dots => (across.Fine[x] * down.Fine[y], Math.Max(across.Coarse[x] * down.Dash[y], across.Dash[x] * down.Coarse[y])),
                        _ => (0, Math.Max(across.Coarse[x], down.Coarse[y])),
                    };
                if (grid.Area is not null)
                    coarse = Math.Max(coarse, Math.Max(down.IsInside[y] ? across.Frame[x] : 0, across.IsInside[x] ? down.Frame[y] : 0));
                var colour = isInside ? grid.Paper : white;
                if (fine > 0)
                    colour = colour.Towards(grid.Fine, fine);
                if (coarse > 0)
                    colour = colour.Towards(grid.Coarse, coarse);
                var i = ((y * width) + x) * 3;
                (pixels[i], pixels[i + 1], pixels[i + 2]) = (colour.B, colour.G, colour.R);
            }
        }
        return new Raster(width, height, 3, pixels);
    }

    /// <summary>Puts ink of a colour on a page.</summary>
    public static void Ink(Raster page, Coverage ink, Colour colour, double density = 1)
    {
        var pixels = page.Pixels;
        for (var i = 0; i < ink.Values.Length; i++)
        {
            if (ink.Values[i] == 0)
                continue;
            var there = new Colour(pixels[i * 3], pixels[(i * 3) + 1], pixels[(i * 3) + 2]).Towards(colour, ink.Values[i] / 255.0 * density);
            (pixels[i * 3], pixels[(i * 3) + 1], pixels[(i * 3) + 2]) = (there.B, there.G, there.R);
        }
    }

    /// <summary>Header, footer and lead names.</summary>
    public static Coverage Print(PageDesign design, IReadOnlyList<PlacedTrace> traces)
    {
        using var mat = new Mat(design.HeightPx, design.WidthPx, MatType.CV_8UC1, new Scalar(0));
        foreach (var text in design.Texts)
            Write(mat, design, text);
        foreach (var trace in traces)
            Write(mat, design, Label(design, trace));
        var print = new Coverage(design.WidthPx, design.HeightPx);
        Marshal.Copy(mat.Data, print.Values, 0, print.Values.Length);
        return print;
    }

    /// <summary>Traces, calibration pulses and separators.</summary>
    public static Coverage Traces(PageDesign design, IReadOnlyList<PlacedTrace> traces)
    {
        var ink = new Coverage(design.WidthPx, design.HeightPx);
        var pen = PenPx(design);
        foreach (var trace in traces)
            ink.Stroke([.. trace.Points.Select(point => Px(design, point))], pen, design.PenSoftPx);
        foreach (var stroke in Marks(design, traces))
            ink.Stroke([.. stroke.Select(point => Px(design, point))], pen, design.PenSoftPx);
        return ink;
    }

    /// <summary>The pen's width on the flat page, pixels.</summary>
    public static double PenPx(PageDesign design) => design.PenMm * Math.Sqrt(design.PxPerMmX * design.PxPerMmY);

    private static PixelPoint Px(PageDesign design, PagePoint point) => new(point.XMm * design.PxPerMmX, point.YMm * design.PxPerMmY);

    private static PageText Label(PageDesign design, PlacedTrace trace)
    {
        var height = design.LabelMm;
        var start = StartMm(design, trace.Column);
        var (x, y) = design.Labels switch
        {
            LabelPlace.Above => (start + 1, -1.8 * height),
            LabelPlace.Below => (start + 0.5, 1.8 * height),
            LabelPlace.Left when trace.Column == 0 => (start - (design.Pulse == PulsePlace.Left ? design.PulseMm + 5 : 1) - (height * 1.8), height / 2),
            _ => (start + (trace.Column == 0 ? 0 : 0.2 * height), -0.6 * height),
        };
        return new PageText(Math.Max(0.3, x), trace.ZeroMm + y, height, trace.Printed);
    }

    private static double StartMm(PageDesign design, int column) =>
        design.LeftMm + (column * ((design.Seconds / design.Format.Columns * design.MmPerS) + design.ColumnGapMm));

    private static IEnumerable<PagePoint[]> Marks(PageDesign design, IReadOnlyList<PlacedTrace> traces)
    {
        var rows = traces.Where(trace => trace.Column == 0).ToArray();
        if (design.Pulse != PulsePlace.None)
        {
            var foot = Math.Max(0.8, design.PulseMm / 4);
            var x = design.Pulse == PulsePlace.Left
                ? design.LeftMm - design.PulseMm - (2 * foot) - PulseGapMm
                : StartMm(design, design.Format.Columns - 1) + (design.Seconds / design.Format.Columns * design.MmPerS) + 0.5;
            foreach (var row in rows)
            {
                double low = row.ZeroMm, high = low - design.MmPerMv;
                yield return
                [
                    new(x, low), new(x + foot, low), new(x + foot, high), new(x + foot + design.PulseMm, high),
                    new(x + foot + design.PulseMm, low), new(x + (2 * foot) + design.PulseMm, low),
                ];
            }
        }

        for (var column = 1; column < design.Format.Columns; column++)
        {
            var x = StartMm(design, column) - (design.ColumnGapMm / 2);
            var own = rows.Where(row => !row.IsRhythm).ToArray();
            if (design.Separators == SeparatorKind.Bar)
                yield return [new(x, own[0].ZeroMm - 6), new(x, own[^1].ZeroMm + 10)];
            foreach (var row in own)
            {
                if (design.Separators == SeparatorKind.Stroke)
                    yield return [new(x, row.ZeroMm - 3), new(x, row.ZeroMm + 2)];
                if (design.Separators == SeparatorKind.Dashes)
                {
                    yield return [new(x, row.ZeroMm - 5), new(x, row.ZeroMm - 2.5)];
                    yield return [new(x, row.ZeroMm + 1.5), new(x, row.ZeroMm + 4)];
                }
            }
        }
    }

    private static void Write(Mat page, PageDesign design, PageText text)
    {
        var heightPx = text.HeightMm * design.PxPerMmY;
        var stroke = (design.Font & ~HersheyFonts.Italic) is HersheyFonts.HersheyComplex or HersheyFonts.HersheyTriplex or HersheyFonts.HersheyDuplex ? SerifStroke : LetterStroke;
        // Hershey's small fonts have capitals of 9 and 16 pixels.
        var letter = (design.Font & ~HersheyFonts.Italic) switch
        {
            HersheyFonts.HersheyPlain => 9.0,
            HersheyFonts.HersheyComplexSmall => 16.0,
            _ => LetterPx,
        };
        Cv2.PutText(
            page, text.Text, new Point((int)(text.XMm * design.PxPerMmX), (int)(text.YMm * design.PxPerMmY)), design.Font,
            heightPx / letter, new Scalar(255), Math.Max(1, (int)Math.Round(heightPx * stroke)), LineTypes.AntiAlias);
    }
}

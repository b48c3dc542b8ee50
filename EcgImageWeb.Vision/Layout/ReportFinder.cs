namespace EcgImageWeb.Vision.Layout;

/// <summary>
/// Finds a report template on a page by what the device prints on all of them: three long black separators give the
/// place, the pulses and lead names confirm it, the frame's lines make it exact.
/// </summary>
internal static class ReportFinder
{
    /// <summary>Ink is darker than this share of the paper's gray level; a one-pixel line of a page at 0.4 of its size keeps 0.4.</summary>
    private const double InkLevel = 0.6;

    /// <summary>Separators are 0.44 of the page's height; padding may make that less.</summary>
    private const double ShortestSeparator = 0.15;

    /// <summary>
    /// Lowest contrast of the marks that is accepted. Measured: 391 pages and their variants (0.4 to 2 times the size, gray,
    /// JPEG quality 30) have at least 0.45, other pictures with three equal lines at most 0.1.
    /// </summary>
    private const double LeastContrast = 0.25;

    /// <summary>Lines that are tried; barcodes and ruled sheets have hundreds, a report three and a few strokes.</summary>
    private const int MostLines = 48;

    /// <summary>The paper's own tolerance in page size, pixels, within which the template may fit pixel for pixel.</summary>
    private const int PaperTolerancePx = 15;

    /// <summary>Distance from a mark at which its surroundings are looked at, template pixels.</summary>
    private const int Beside = 6;

    /// <summary>The best fit of any template, or null.</summary>
    /// <param name="gray">One channel.</param>
    /// <param name="cancellationToken">Observed between the steps.</param>
    public static ReportFit? Find(Raster gray, CancellationToken cancellationToken)
    {
        var paper = PaperLevel(gray);
        var lines = VerticalLines(gray, paper * InkLevel);
        cancellationToken.ThrowIfCancellationRequested();
        var best = ReportTemplate.All
            .SelectMany(template => Triples(template, lines))
            .Select(fit => fit with { MarkContrast = MarkContrast(gray, paper, fit) })
            .Where(fit => fit.MarkContrast >= LeastContrast)
            .MaxBy(fit => fit.MarkContrast);
        return best is null ? null : Refine(gray, paper, best);
    }

    /// <summary>Whether the long strip's name has its third stroke, as contrast -1 to 1 against the paper beside it.</summary>
    public static double ThirdStrokeContrast(Raster gray, ReportFit fit) => Contrast(gray, PaperLevel(gray), fit, kind => kind == MarkKind.ThirdStroke);

    /// <summary>The paper's gray level: the brightest quarter begins here.</summary>
    public static double PaperLevel(Raster gray)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        foreach (var level in gray.Pixels)
            histogram[level]++;
        var brighter = 0L;
        for (var level = 255; level > 0; level--)
            if ((brighter += histogram[level]) * 4 >= gray.Pixels.Length)
                return level;
        return 1;
    }

    private static double MarkContrast(Raster gray, double paper, ReportFit fit) =>
        Contrast(gray, paper, fit, kind => kind is MarkKind.Pulse or MarkKind.Label);

    private static double Contrast(Raster gray, double paper, ReportFit fit, Func<MarkKind, bool> counts)
    {
        double marks = 0, beside = 0;
        int inside = 0, all = 0, places = 0;
        foreach (var mark in fit.Template.PrintedMarks)
        {
            if (!counts(mark.Kind))
                continue;
            all++;
            if (Level(mark.X + 0.5, mark.Y + 0.5) is not { } level)
                continue;
            inside++;
            marks += level;
            foreach (var (x, y) in (ReadOnlySpan<(int X, int Y)>)[(-Beside, -Beside), (Beside, -Beside), (-Beside, Beside), (Beside, Beside)])
                if (Level(mark.X + 0.5 + x, mark.Y + 0.5 + y) is { } around)
                {
                    beside += around;
                    places++;
                }
        }

        return inside * 2 < all || places == 0 ? 0 : ((beside / places) - (marks / inside)) / paper;

        double? Level(double templateX, double templateY)
        {
            int x = (int)Math.Floor(fit.X(templateX)), y = (int)Math.Floor(fit.Y(templateY));
            return x >= 0 && y >= 0 && x < gray.Width && y < gray.Height ? gray.Pixels[(y * gray.Width) + x] : null;
        }
    }

    private readonly record struct Line(double X, double Top, double Bottom)
    {
        public double Length => Bottom - Top;
    }

    /// <summary>Unbroken dark vertical runs of some length, neighbouring columns joined.</summary>
    private static List<Line> VerticalLines(Raster gray, double dark)
    {
        int width = gray.Width, height = gray.Height;
        int[] run = new int[width], longest = new int[width], end = new int[width];
        for (var y = 0; y < height; y++)
        {
            var row = gray.Pixels.AsSpan(y * width, width);
            for (var x = 0; x < row.Length; x++)
            {
                if (row[x] >= dark)
                {
                    run[x] = 0;
                }
                else if (++run[x] > longest[x])
                {
                    longest[x] = run[x];
                    end[x] = y + 1;
                }
            }
        }

        var lines = new List<Line>();
        for (var x = 0; x < width; x++)
        {
            if (longest[x] < ShortestSeparator * height)
                continue;
            var first = x;
            while (x + 1 < width && longest[x + 1] >= ShortestSeparator * height)
                x++;
            var best = Enumerable.Range(first, x - first + 1).MaxBy(column => longest[column]);
            int top = end[best] - longest[best], bottom = end[best];
            lines.Add(new Line(Centre(gray, first - 2, x + 2, top, bottom, dark), top, bottom));
        }

        return lines.Count <= MostLines ? lines : [.. lines.OrderByDescending(line => line.Length).Take(MostLines).OrderBy(line => line.X)];
    }

    /// <summary>Centre of the ink over columns first to last, from the rows between, in sub-pixels.</summary>
    private static double Centre(Raster gray, int first, int last, int top, int bottom, double dark)
    {
        double sum = 0, moment = 0;
        for (var x = Math.Max(first, 0); x <= Math.Min(last, gray.Width - 1); x++)
        {
            double level = 0;
            for (var y = top; y < bottom; y++)
                level += gray.Pixels[(y * gray.Width) + x];
            // Traces and names beside the line must not pull it: only columns dark along the whole line count.
            var ink = Math.Max(0, (dark / InkLevel * 0.8) - (level / (bottom - top)));
            sum += ink;
            moment += ink * (x + 0.5);
        }

        return sum > 0 ? moment / sum : (first + last + 1) / 2.0;
    }

    private static IEnumerable<ReportFit> Triples(ReportTemplate template, List<Line> lines)
    {
        double spacing = (template.Separators[^1] - template.Separators[0]) / 2, length = template.SeparatorBottom - template.SeparatorTop;
        for (var i = 0; i < lines.Count; i++)
            for (var j = i + 1; j < lines.Count; j++)
                for (var k = j + 1; k < lines.Count; k++)
                {
                    Line a = lines[i], b = lines[j], c = lines[k];
                    // A stroke of a trace that touches a separator's end makes its run longer, never shorter.
                    double top = Math.Max(a.Top, Math.Max(b.Top, c.Top)), bottom = Math.Min(a.Bottom, Math.Min(b.Bottom, c.Bottom));
                    double longest = Math.Max(a.Length, Math.Max(b.Length, c.Length));
                    double scaleX = (c.X - a.X) / (2 * spacing), scaleY = (bottom - top) / length;
                    var even = Math.Abs((2 * b.X) - a.X - c.X) < 4 + (0.02 * (c.X - a.X));
                    // Pages may have been stretched to another aspect, but not by more than a third.
                    if (!even || bottom - top < 0.6 * longest || scaleX / scaleY is < 0.7 or > 1.4)
                        continue;
                    var x = (a.X + b.X + c.X) / 3;
                    yield return new ReportFit(template, scaleX, scaleY, x - (scaleX * template.Separators.Average()), top - (scaleY * template.SeparatorTop));
                }
    }

    private static ReportFit Refine(Raster gray, double paper, ReportFit fit)
    {
        var frame = fit.Template.Frame;
        double? left = FrameLine(gray, paper, fit, frame.Left, down: true), right = FrameLine(gray, paper, fit, frame.Right, down: true);
        double? top = FrameLine(gray, paper, fit, frame.Top, down: false), bottom = FrameLine(gray, paper, fit, frame.Bottom, down: false);
        var (scaleX, offsetX) = left is { } l && right is { } r ? Through(frame.Left, l, frame.Right, r) : (fit.ScaleX, fit.OffsetX);
        var (scaleY, offsetY) = top is { } t && bottom is { } b ? Through(frame.Top, t, frame.Bottom, b) : (fit.ScaleY, fit.OffsetY);
        var refined = fit with
        {
            ScaleX = scaleX,
            OffsetX = offsetX,
            ScaleY = scaleY,
            OffsetY = offsetY,
            FrameSeen = left.HasValue && right.HasValue && top.HasValue && bottom.HasValue,
        };
        refined = refined with { MarkContrast = MarkContrast(gray, paper, refined) };
        if (refined.MarkContrast < fit.MarkContrast - 0.1)
            refined = fit;
        return IsTemplateItself(gray, refined) ? refined with { ScaleX = 1, ScaleY = 1, OffsetX = 0, OffsetY = 0 } : refined;
    }

    private static (double Scale, double Offset) Through(double from1, double to1, double from2, double to2)
    {
        var scale = (to2 - to1) / (from2 - from1);
        return (scale, to1 - (scale * from1));
    }

    /// <summary>The paper's dimension check; a page of that size whose fit is within a pixel is the template, pixel for pixel.</summary>
    private static bool IsTemplateItself(Raster gray, ReportFit fit)
    {
        var template = fit.Template;
        if (Math.Abs(gray.Width - template.PageWidth) > PaperTolerancePx || Math.Abs(gray.Height - template.PageHeight) > PaperTolerancePx)
            return false;
        var frame = fit.Frame;
        return Math.Abs(frame.Left - template.Frame.Left) < 1 && Math.Abs(frame.Right - template.Frame.Right) < 1
            && Math.Abs(frame.Top - template.Frame.Top) < 1 && Math.Abs(frame.Bottom - template.Frame.Bottom) < 1;
    }

    /// <summary>The darkest line near where a line of the frame is expected, or null where none stands out.</summary>
    private static double? FrameLine(Raster gray, double paper, ReportFit fit, double at, bool down)
    {
        var frame = fit.Template.Frame;
        double expected = down ? fit.X(at) : fit.Y(at), scale = down ? fit.ScaleX : fit.ScaleY;
        var reach = (int)Math.Ceiling(8 * scale);
        var (from, to) = down ? (fit.Y(frame.Top + 20), fit.Y(frame.Bottom - 20)) : (fit.X(frame.Left + 20), fit.X(frame.Right - 20));
        int first = Math.Max(0, (int)from), last = Math.Min((down ? gray.Height : gray.Width) - 1, (int)to);
        int start = (int)expected - reach, count = (2 * reach) + 1;
        if (start < 0 || start + count > (down ? gray.Width : gray.Height) || last <= first)
            return null;

        var ink = new double[count];
        for (var i = 0; i < count; i++)
        {
            double sum = 0;
            for (var j = first; j <= last; j++)
                sum += gray.Pixels[down ? (j * gray.Width) + start + i : ((start + i) * gray.Width) + j];
            ink[i] = paper - (sum / (last - first + 1));
        }

        var sorted = ink.Order().ToArray();
        var background = sorted[count / 2];
        var peak = Array.IndexOf(ink, sorted[^1]);
        // A line of the frame darkens its row by a quarter of the paper's level, a dotted grid line by a tenth at most.
        if (ink[peak] - background < 0.1 * paper)
            return null;
        double weight = 0, moment = 0;
        var half = (int)Math.Ceiling(3 * scale);
        for (var i = Math.Max(0, peak - half); i <= Math.Min(count - 1, peak + half); i++)
        {
            var w = Math.Max(0, ink[i] - background - (0.3 * (ink[peak] - background)));
            weight += w;
            moment += w * (start + i + 0.5);
        }

        return moment / weight;
    }
}

using System.Globalization;
using System.Text;
using System.Xml;

namespace EcgImageWeb.Vision.Decoding.Pdf;

/// <summary>
/// Reads what MuPDF says it draws (<c>mutool trace</c>): every path with its points and the matrix that takes them to the sheet, every
/// glyph with its place. Fills, pictures and clipping draw no trace and are passed over. Many devices draw a trace as many short
/// paths: paths that go on where the last one ended become one stroke.
/// </summary>
internal sealed class VectorReader
{
    /// <summary>12 leads of 10 s at 1000 Hz have 120,000 points; a page with so many more is no ECG.</summary>
    private const int MostPoints = 2_000_000;

    /// <summary>A path that starts this near to the end of the last goes on with it, pixels.</summary>
    private const double SamePoint = 0.02;

    /// <summary>Pieces that a Bezier curve becomes.</summary>
    private const int CurvePieces = 8;

    private readonly double pxPerPoint;
    private readonly List<(List<PixelPoint> Points, double Width)> strokes = [];
    private readonly List<PdfText> texts = [];
    private double[] matrix = [1, 0, 0, 1, 0, 0];
    private (double X, double Y) at;
    private int count;

    private VectorReader(double pxPerPoint) => this.pxPerPoint = pxPerPoint;

    /// <summary>Strokes and texts of a page.</summary>
    /// <param name="trace">What <c>mutool trace</c> wrote of one page.</param>
    /// <param name="dpi">Pixels per inch of the picture that the positions are to fit.</param>
    /// <param name="cancellationToken">Observed between paths.</param>
    /// <returns>The vectors, or null where the page draws more than any ECG or what was written is cut off.</returns>
    public static PageVectors? Read(byte[] trace, double dpi, CancellationToken cancellationToken)
    {
        var reader = new VectorReader(dpi / 72);
        try
        {
            // Names of fonts are bytes of any encoding; nothing that is read here is beyond Latin 1.
            using var text = new StreamReader(new MemoryStream(trace), Encoding.Latin1);
            using var xml = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = false });
            while (xml.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (xml.NodeType != XmlNodeType.Element)
                    continue;
                if (xml.Name == "stroke_path")
                    reader.Stroke(xml);
                else if (xml.Name is "fill_text" or "stroke_text")
                    reader.matrix = Numbers(xml, "transform", 6);
                else if (xml.Name == "span")
                    reader.Span(xml);
                if (reader.count > MostPoints)
                    return null;
            }
        }
        catch (Exception cutOff) when (cutOff is XmlException or FormatException)
        {
            return null;
        }
        return new PageVectors([.. reader.strokes.Select(stroke => new PdfStroke(stroke.Points, stroke.Width))], reader.texts, dpi / 25.4);
    }

    private void Stroke(XmlReader xml)
    {
        matrix = Numbers(xml, "transform", 6);
        var scale = Math.Sqrt(Math.Abs((matrix[0] * matrix[3]) - (matrix[1] * matrix[2]))) * pxPerPoint;
        var width = Number(xml, "linewidth") * scale;
        if (xml.IsEmptyElement)
            return;
        var part = new List<PixelPoint>();
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            switch (xml.Name)
            {
                case "moveto":
                    Keep(part, width);
                    at = (Number(xml, "x"), Number(xml, "y"));
                    part = [Map(at.X, at.Y)];
                    break;
                case "lineto":
                    Line(part, Number(xml, "x"), Number(xml, "y"));
                    break;
                case "curveto":
                    Curve(part, xml);
                    break;
            }
        }
        Keep(part, width);
    }

    private void Keep(List<PixelPoint> part, double width)
    {
        if (part.Count < 2)
            return;
        if (strokes.Count > 0 && strokes[^1] is var (last, pen) && Math.Abs(pen - width) < 1e-6
            && Math.Abs(last[^1].X - part[0].X) < SamePoint && Math.Abs(last[^1].Y - part[0].Y) < SamePoint)
            last.AddRange(part.Skip(1));
        else
            strokes.Add((part, width));
    }

    private void Line(List<PixelPoint> part, double x, double y)
    {
        at = (x, y);
        var point = Map(x, y);
        if (part.Count == 0 || part[^1] != point)
            part.Add(point);
        count++;
    }

    private void Curve(List<PixelPoint> part, XmlReader xml)
    {
        var (x0, y0) = at;
        double x1 = Number(xml, "x1"), y1 = Number(xml, "y1"), x2 = Number(xml, "x2"), y2 = Number(xml, "y2"), x3 = Number(xml, "x3"), y3 = Number(xml, "y3");
        for (var piece = 1; piece <= CurvePieces; piece++)
        {
            double t = piece / (double)CurvePieces, s = 1 - t;
            double a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
            Line(part, (a * x0) + (b * x1) + (c * x2) + (d * x3), (a * y0) + (b * y1) + (c * y2) + (d * y3));
        }
    }

    private void Span(XmlReader xml)
    {
        var size = Math.Abs(Numbers(xml, "trm", 4)[3]) * Math.Abs(matrix[3]) * pxPerPoint;
        if (xml.IsEmptyElement)
            return;
        var text = new StringBuilder();
        PixelPoint? start = null;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.Name != "g" || xml.GetAttribute("unicode") is not { } character)
                continue;
            if (!string.IsNullOrWhiteSpace(character))
                start ??= Map(Number(xml, "x"), Number(xml, "y"));
            text.Append(character);
            count++;
        }
        if (start is { } place)
            texts.Add(new PdfText(text.ToString().Trim(), place, size));
    }

    private PixelPoint Map(double x, double y) => new(
        ((x * matrix[0]) + (y * matrix[2]) + matrix[4]) * pxPerPoint,
        ((x * matrix[1]) + (y * matrix[3]) + matrix[5]) * pxPerPoint);

    private static double Number(XmlReader xml, string name) => double.Parse(xml.GetAttribute(name) ?? "0", CultureInfo.InvariantCulture);

    private static double[] Numbers(XmlReader xml, string name, int length)
    {
        var numbers = (xml.GetAttribute(name) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return numbers.Length == length ? Array.ConvertAll(numbers, number => double.Parse(number, CultureInfo.InvariantCulture)) : throw new FormatException($"'{name}' has {numbers.Length} numbers.");
    }
}

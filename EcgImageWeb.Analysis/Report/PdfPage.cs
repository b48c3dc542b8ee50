using System.Globalization;
using System.Text;

namespace EcgImageWeb.Analysis.Report;

/// <summary>A page that is being drawn: millimetres from its top left corner.</summary>
/// <param name="widthMm">Width.</param>
/// <param name="heightMm">Height.</param>
internal sealed class PdfPage(double widthMm, double heightMm)
{
    /// <summary>Points a millimetre: 72 to the inch.</summary>
    private const double PtPerMm = 72 / 25.4;

    // Down is down, and a millimetre is one unit, from here on.
    private readonly StringBuilder content = new(Line($"{PtPerMm} 0 0 {-PtPerMm} 0 {heightMm * PtPerMm} cm 1 j 1 J"));

    public double WidthMm => widthMm;

    public double HeightMm => heightMm;

    public double WidthPt => widthMm * PtPerMm;

    public double HeightPt => heightMm * PtPerMm;

    public string Content => content.ToString();

    /// <summary>A line of text; its baseline begins at (x, y).</summary>
    public void Text(double x, double y, double sizeMm, string text, bool bold = false, (double R, double G, double B) colour = default) =>
        content.Append(Line($"{colour.R} {colour.G} {colour.B} rg BT /F{(bold ? 1 : 0)} 1 Tf {sizeMm} 0 0 {-sizeMm} {x} {y} Tm ({PdfText.Escaped(text)}) Tj ET"));

    /// <summary>One line through all points.</summary>
    public void Polyline(IReadOnlyList<(double X, double Y)> points, double widthMm, (double R, double G, double B) colour = default)
    {
        content.Append(Line($"{colour.R} {colour.G} {colour.B} RG {widthMm} w {points[0].X} {points[0].Y} m"));
        foreach (var (x, y) in points.Skip(1))
            content.Append(Line($"{x} {y} l"));
        content.Append("S\n");
    }

    /// <summary>Lines that belong together, each from one point to another.</summary>
    public void Lines(IEnumerable<(double X1, double Y1, double X2, double Y2)> lines, double widthMm, (double R, double G, double B) colour)
    {
        content.Append(Line($"{colour.R} {colour.G} {colour.B} RG {widthMm} w"));
        foreach (var (x1, y1, x2, y2) in lines)
            content.Append(Line($"{x1} {y1} m {x2} {y2} l"));
        content.Append("S\n");
    }

    /// <summary>A filled rectangle.</summary>
    public void Rectangle(double x, double y, double width, double height, (double R, double G, double B) colour) =>
        content.Append(Line($"{colour.R} {colour.G} {colour.B} rg {x} {y} {width} {height} re f"));

    /// <summary>One of the document's pictures in a rectangle.</summary>
    public void Picture(int picture, double x, double y, double width, double height) =>
        content.Append(Line($"q {width} 0 0 {-height} {x} {y + height} cm /P{picture} Do Q"));

    // A tenth of a micrometre is finer than any pen.
    private static string Line(FormattableString text) =>
        string.Format(CultureInfo.InvariantCulture, Rounded(text), text.GetArguments()) + "\n";

    private static string Rounded(FormattableString text)
    {
        var format = new StringBuilder(text.Format);
        for (var i = 0; i < text.ArgumentCount; i++)
            if (text.GetArgument(i) is double)
                format.Replace($"{{{i}}}", $"{{{i}:0.#####}}");
        return format.ToString();
    }
}

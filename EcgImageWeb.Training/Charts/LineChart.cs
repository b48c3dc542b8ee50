using System.Globalization;
using System.Text;

namespace EcgImageWeb.Training.Charts;

/// <summary>A small line chart as SVG: the paper's two plots, accuracy and loss over epochs.</summary>
public static class LineChart
{
    private const int Width = 640, Height = 400, Left = 60, Right = 20, Top = 40, Bottom = 50;
    private static readonly string[] Colours = ["#1f6fb4", "#d1600f", "#2b8a3e", "#8e44ad"];

    /// <summary>Draws series over 1, 2, 3, …; values that are null or not finite leave a gap.</summary>
    /// <param name="title">Above the chart.</param>
    /// <param name="yLabel">What is drawn.</param>
    /// <param name="series">Names and values.</param>
    public static string Draw(string title, string yLabel, params IReadOnlyList<(string Name, IReadOnlyList<double?> Values)> series)
    {
        var known = series.SelectMany(line => line.Values).OfType<double>().Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var count = Math.Max(2, series.Max(line => line.Values.Count));
        var (low, high) = (Math.Min(0, known.Min()), Math.Max(known.Max(), 1e-6));
        if (yLabel == "accuracy") high = 1;
        double X(int index) => Left + (double)index / (count - 1) * (Width - Left - Right);
        double Y(double value) => Height - Bottom - (value - low) / (high - low) * (Height - Top - Bottom);

        var svg = new StringBuilder(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"13\">\n"));
        svg.Append(Invariant($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>\n<text x=\"{Width / 2}\" y=\"22\" text-anchor=\"middle\" font-size=\"16\">{title}</text>\n"));
        svg.Append(Invariant($"<text x=\"{Width / 2}\" y=\"{Height - 12}\" text-anchor=\"middle\">epoch</text>\n<text transform=\"translate(16 {Height / 2}) rotate(-90)\" text-anchor=\"middle\">{yLabel}</text>\n"));
        for (var tick = 0; tick <= 5; tick++)
        {
            var value = low + (high - low) * tick / 5;
            svg.Append(Invariant($"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):0.0}\" y2=\"{Y(value):0.0}\" stroke=\"#ddd\"/><text x=\"{Left - 6}\" y=\"{Y(value) + 4:0.0}\" text-anchor=\"end\">{value:0.00}</text>\n"));
        }

        for (var epoch = 0; epoch < count; epoch += Math.Max(1, count / 10))
            svg.Append(Invariant($"<text x=\"{X(epoch):0.0}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{epoch + 1}</text>\n"));

        for (var line = 0; line < series.Count; line++)
        {
            var colour = Colours[line % Colours.Length];
            var points = series[line].Values.Select((value, index) => (value, index)).Where(point => point.value is { } value && double.IsFinite(value))
                .Select(point => Invariant($"{X(point.index):0.0},{Y(point.value!.Value):0.0}"));
            svg.Append(Invariant($"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{string.Join(' ', points)}\"/>\n"));
            svg.Append(Invariant($"<rect x=\"{Left + 10 + 130 * line}\" y=\"{Top - 10}\" width=\"12\" height=\"4\" fill=\"{colour}\"/><text x=\"{Left + 28 + 130 * line}\" y=\"{Top - 4}\">{series[line].Name}</text>\n"));
        }

        return svg.Append("</svg>\n").ToString();
    }

    internal static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

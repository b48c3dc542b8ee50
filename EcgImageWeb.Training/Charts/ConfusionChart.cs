using System.Text;
using EcgImageWeb.Training.Evaluation;
using static EcgImageWeb.Training.Charts.LineChart;

namespace EcgImageWeb.Training.Charts;

/// <summary>A confusion matrix as SVG, each row shaded by its shares.</summary>
public static class ConfusionChart
{
    private const int Cell = 84, Left = 130, Top = 80;

    /// <summary>Draws it: a row a true class, a column an answer.</summary>
    /// <param name="title">Above the matrix.</param>
    /// <param name="matrix">The counts.</param>
    public static string Draw(string title, ConfusionMatrix matrix)
    {
        var classes = matrix.Labels.Count;
        var (width, height) = (Left + Cell * classes + 20, Top + Cell * classes + 20);
        var svg = new StringBuilder(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"13\">\n"));
        svg.Append(Invariant($"<rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n<text x=\"{width / 2}\" y=\"24\" text-anchor=\"middle\" font-size=\"16\">{title}</text>\n"));
        svg.Append(Invariant($"<text x=\"{Left + Cell * classes / 2}\" y=\"46\" text-anchor=\"middle\">answer</text>\n"));
        for (var truth = 0; truth < classes; truth++)
        {
            svg.Append(Invariant($"<text x=\"{Left + Cell * truth + Cell / 2}\" y=\"{Top - 10}\" text-anchor=\"middle\">{matrix.Labels[truth]}</text>\n"));
            svg.Append(Invariant($"<text x=\"{Left - 10}\" y=\"{Top + Cell * truth + Cell / 2 + 4}\" text-anchor=\"end\">{matrix.Labels[truth]}</text>\n"));
            for (var answer = 0; answer < classes; answer++)
            {
                var share = (double)matrix.Counts[truth, answer] / Math.Max(1, matrix.Support(truth));
                var (x, y) = (Left + Cell * answer, Top + Cell * truth);
                svg.Append(Invariant($"<rect x=\"{x}\" y=\"{y}\" width=\"{Cell}\" height=\"{Cell}\" fill=\"#1f6fb4\" fill-opacity=\"{share:0.00}\" stroke=\"#999\"/>"));
                svg.Append(Invariant($"<text x=\"{x + Cell / 2}\" y=\"{y + Cell / 2 + 5}\" text-anchor=\"middle\" fill=\"{(share > 0.5 ? "white" : "black")}\">{matrix.Counts[truth, answer]}</text>\n"));
            }
        }

        return svg.Append("</svg>\n").ToString();
    }
}

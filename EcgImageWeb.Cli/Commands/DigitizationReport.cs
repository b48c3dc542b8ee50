using System.Globalization;
using System.Net;
using System.Text;
using EcgImageWeb.Signal.Measures;

namespace EcgImageWeb.Cli.Commands;

/// <summary>The tables of <c>evaluate digitization</c>.</summary>
/// <param name="Markdown">A table over the kinds of page, and each kind's five worst pages.</param>
/// <param name="Html">The same with the worst pages' pictures.</param>
/// <param name="Figures">The same as data.</param>
internal sealed record DigitizationReport(string Markdown, string Html, object Figures)
{
    private const int Worst = 5;

    private static readonly string[] Columns =
        ["pages", "refused", "SNR mean dB", "median", "pooled", "mean of pages read", "correlation", "RMSE mV", "coverage", "wrong names", "right layout", "CinC 2024 dB", "doubled lead", "Einthoven", "Goldberger"];

    public static string PictureOf(string page) => Path.GetFileNameWithoutExtension(page) + ".png";

    public static DigitizationReport Of(IReadOnlyList<(string Group, DigitizationScore[] Scores)> groups)
    {
        var markdown = new StringBuilder($"| kind of page | {string.Join(" | ", Columns)} |\n| --- |{string.Concat(Columns.Select(_ => " ---: |"))}\n");
        var html = new StringBuilder("<!doctype html><meta charset=\"utf-8\"><title>Digitization</title><style>body{font:15px sans-serif;margin:2em}td,th{padding:.2em .6em;text-align:right}img{max-width:100%;border:1px solid #ccc}</style>\n");
        html.Append($"<h1>Digitization</h1><table><tr><th>kind of page</th>{string.Concat(Columns.Select(column => $"<th>{column}</th>"))}</tr>\n");
        foreach (var (group, scores) in groups)
        {
            var cells = Cells(scores);
            markdown.Append($"| {group} | {string.Join(" | ", cells)} |\n");
            html.Append($"<tr><td>{WebUtility.HtmlEncode(group)}</td>{string.Concat(cells.Select(cell => $"<td>{cell}</td>"))}</tr>\n");
        }

        html.Append("</table>\n<p>A refused page counts as nothing read (0 dB). Without truth, pages are ordered by the residues of the limb leads.</p>\n");
        foreach (var (group, scores) in groups)
        {
            markdown.Append($"\n{group}, the worst:\n");
            html.Append($"<h2>{WebUtility.HtmlEncode(group)}, the worst</h2>\n");
            foreach (var score in scores.OrderBy(Rank).Take(Worst))
            {
                markdown.Append($"- {score.Name}: {Told(score)}\n");
                html.Append($"<h3>{WebUtility.HtmlEncode(score.Name)}: {WebUtility.HtmlEncode(Told(score))}</h3>\n");
                if (score.Refused is null)
                    html.Append($"<img loading=\"lazy\" alt=\"\" src=\"{Uri.EscapeDataString(group)}/{Uri.EscapeDataString(PictureOf(score.Name))}\">\n");
            }
        }

        return new DigitizationReport(markdown.ToString(), html.ToString(), groups.Select(group => new { group.Group, pages = group.Scores.Select(Figure).ToArray() }).ToArray());
    }

    private static string[] Cells(DigitizationScore[] scores)
    {
        var known = scores.Where(score => score.Comparison is not null).ToArray();
        var read = scores.Where(score => score.Refused is null).ToArray();
        var all = SnrSummary.Of([.. known.Select(score => score.Comparison!)]);
        var ofRead = SnrSummary.Of([.. known.Where(score => score.Refused is null).Select(score => score.Comparison!)]);
        var leads = scores.Sum(score => score.Leads);
        return
        [
            $"{scores.Length}", $"{scores.Length - read.Length}", Number(all.MeanDb, "0.00"), Number(all.MedianDb, "0.00"), Number(all.PooledDb, "0.00"), Number(ofRead.MeanDb, "0.00"),
            Mean(known.Select(score => (double?)score.Comparison!.Correlation), "0.0000"), Mean(known.Select(score => (double?)score.Comparison!.RmseMv), "0.0000"),
            Mean(scores.Select(score => (double?)score.Coverage), "0.0000"), leads == 0 ? "" : $"{scores.Sum(score => score.WrongNames)} of {leads}",
            scores.Count(score => score.RightLayout is not null) is var told and > 0 ? $"{scores.Count(score => score.RightLayout == true)} of {told}" : "",
            Mean(scores.Select(score => score.Cinc2024Db), "0.00"), Mean(scores.Select(score => score.DoubledCorrelation), "0.000"),
            Mean(scores.Select(score => score.Einthoven), "0.000"), Mean(scores.Select(score => score.Goldberger), "0.000"),
        ];
    }

    private static double Rank(DigitizationScore score) =>
        score.Comparison?.SnrDb ?? (score.Refused is null ? -Math.Max(score.Einthoven ?? 0, score.Goldberger ?? 0) : 1);

    private static string Told(DigitizationScore score)
    {
        var parts = new List<string>();
        if (score.Refused is not null)
            parts.Add("refused, " + score.Refused);
        else if (score.Comparison is { } comparison)
            parts.Add($"{Number(comparison.SnrDb, "0.0")} dB, coverage {Number(comparison.Coverage, "0.000")}{(comparison.Leads.MinBy(lead => lead.SnrDb) is { } least ? $", worst lead {least.Lead} {Number(least.SnrDb, "0.0")} dB" : "")}");
        if (score.WrongNames > 0)
            parts.Add($"{score.WrongNames} wrong names");
        if (score.RightLayout == false && score.Refused is null)
            parts.Add("wrong layout");
        if (score.Einthoven is { } einthoven)
            parts.Add($"Einthoven {Number(einthoven, "0.00")}");
        if (score.Goldberger is { } goldberger)
            parts.Add($"Goldberger {Number(goldberger, "0.00")}");
        return string.Join(", ", parts);
    }

    private static object Figure(DigitizationScore score) => new
    {
        score.Name,
        score.Refused,
        snrDb = Finite(score.Comparison?.SnrDb),
        correlation = Finite(score.Comparison?.Correlation),
        rmseMv = Finite(score.Comparison?.RmseMv),
        score.Coverage,
        cinc2024Db = Finite(score.Cinc2024Db),
        score.WrongNames,
        score.RightLayout,
        doubledCorrelation = Finite(score.DoubledCorrelation),
        einthoven = Finite(score.Einthoven),
        goldberger = Finite(score.Goldberger),
        leads = score.Comparison?.Leads.Select(lead => new { lead.Lead, snrDb = Finite(lead.SnrDb), lagS = lead.LagS, offsetMv = lead.OffsetMv, correlation = Finite(lead.Correlation), lead.Coverage }).ToArray(),
    };

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static string Mean(IEnumerable<double?> values, string format) =>
        Number(values.Where(value => value is { } number && double.IsFinite(number)).Select(value => value!.Value).DefaultIfEmpty(double.NaN).Average(), format);

    private static string Number(double value, string format) => double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);
}

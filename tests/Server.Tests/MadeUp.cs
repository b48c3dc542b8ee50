using EcgImageWeb.Analysis.Results;

namespace EcgImageWeb.Server.Tests;

/// <summary>A result nobody computed, with every part a page can show.</summary>
internal static class MadeUp
{
    private static readonly string[] Classes = ["normal", "abnormal", "mi", "history-mi"];

    private static readonly string[][] Columns = [["I", "II", "III"], ["aVR", "aVL", "aVF"], ["V1", "V2", "V3"], ["V4", "V5", "V6"]];

    public static AnalysisResult Result(string fileName)
    {
        var leads = new List<LeadResult>();
        for (var column = 0; column < 4; column++)
            for (var row = 0; row < 3; row++)
                leads.Add(Lead(Columns[column][row], Columns[column][row], new Box(150 + 490 * column, 300 + 300 * row, 485, 290), 2.5 * column, 2.5 * column + 2.5, leads.Count));
        leads.Add(Lead("rhythm", "II", new Box(150, 1220, 1975, 280), 0, 10, leads.Count));
        return new AnalysisResult(
            1,
            new SourceInfo(fileName, new string('a', 64), "jpeg", 2213, 1572, 1, 1),
            new GeometryInfo(0, 7.87, 7.87, "grid", 25, 10, "assumed", "pulse", [[0, 0], [2213, 0], [2213, 1572], [0, 1572]]),
            new LayoutInfo("3x4+1", "frame", 0.98, false),
            leads,
            new PageResult(new Dictionary<string, PageClass>
            {
                ["cnn"] = ByLead(leads, "cnn"),
                ["page"] = new("abnormal", null, Probabilities(0.05, 0.91, 0.01, 0.03), null, null),
            }),
            [new ModelInfo("cnn", "1", new string('b', 64)), new ModelInfo("page", "1", new string('c', 64))],
            [
                new Warning("speed-assumed", null, "The paper speed is not printed on the page; 25 mm/s was assumed."),
                new Warning("lead-name-unconfirmed", "V3", "Name not readable, taken from its place."),
            ],
            new Dictionary<string, double> { ["decode"] = 40.1, ["upright"] = 61, ["layout"] = 33, ["leads"] = 21.4, ["trace"] = 120, ["inference"] = 310, ["total"] = 585.5 });
    }

    // Eleven leads say abnormal, two normal, so that ways of combining them differ.
    private static LeadResult Lead(string key, string name, Box box, double start, double end, int index) => new(
        key, name, "layout", box, start, end, 0.99, 0.97, 143,
        new Dictionary<string, IReadOnlyDictionary<string, double>>
        {
            ["cnn"] = index is 3 or 7 ? Probabilities(0.97, 0.02, 0.01, 0) : Probabilities(0.2, 0.55 + index * 0.01, 0.15, 0.1 - index * 0.01),
        });

    private static PageClass ByLead(List<LeadResult> leads, string model)
    {
        var rows = leads.Select(lead => lead.ImageModels![model]).ToArray();
        return new PageClass("abnormal", "mean", Of(name => rows.Average(row => row[name])), 11 / 13.0, new Dictionary<string, IReadOnlyDictionary<string, double>>
        {
            ["mean"] = Of(name => rows.Average(row => row[name])),
            ["majority"] = Of(name => name switch { "abnormal" => 11 / 13.0, "normal" => 2 / 13.0, _ => 0 }),
            ["maximum"] = Of(name => rows.Max(row => row[name]) / Classes.Sum(other => rows.Max(row => row[other]))),
        });
    }

    private static Dictionary<string, double> Of(Func<string, double> value) => Classes.ToDictionary(name => name, value);

    private static Dictionary<string, double> Probabilities(params double[] values) =>
        Classes.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
}

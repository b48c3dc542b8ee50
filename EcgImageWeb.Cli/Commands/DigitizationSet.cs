using System.Globalization;
using EcgImageWeb.Signal;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Synthesis;
using Microsoft.VisualBasic.FileIO;

namespace EcgImageWeb.Cli.Commands;

/// <summary>One page of a set: its picture, what its index says, and where its true signal is.</summary>
/// <param name="File">Path of the picture.</param>
/// <param name="TruthFile">Path of the gzip'ed table of true leads; null where nobody knows them.</param>
/// <param name="TruthRateHz">Samples a second of the truth.</param>
/// <param name="Layout">True arrangement of the leads; null where nobody says.</param>
/// <param name="BaselineArbitrary">Whether only the shape of the truth counts.</param>
internal sealed record DigitizationItem(string File, string? TruthFile, double TruthRateHz, string? Layout, bool BaselineArbitrary)
{
    public string Name => Path.GetFileName(File);

    /// <summary>The true leads: a column each, in mV, empty where the page does not show it.</summary>
    public IReadOnlyList<LeadSignal> Truth() => TruthCsv.Read(System.IO.File.ReadAllBytes(TruthFile!), TruthRateHz);
}

/// <summary>A folder of pages with <c>index.csv</c>: file, truth_csv, sampling_rate_hz, note, and more that is not needed here.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Items">Its pages.</param>
internal sealed record DigitizationSet(string Name, IReadOnlyList<DigitizationItem> Items)
{
    private const string Index = "index.csv";

    /// <summary>The sets of a folder: itself, its subfolders, or those of its <c>digitization</c>.</summary>
    /// <exception cref="UsageException">There is no set, or not one of that name.</exception>
    public static IReadOnlyList<DigitizationSet> Find(string data, string? groups)
    {
        var inner = Path.Combine(data, "digitization");
        var folders = File.Exists(Path.Combine(data, Index)) ? [data] : Directory.GetDirectories(Directory.Exists(inner) ? inner : data);
        var wanted = groups?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var sets = folders.Order(StringComparer.Ordinal).Where(folder => File.Exists(Path.Combine(folder, Index)))
            .Where(folder => wanted is null || wanted.Contains(NameOf(folder))).Select(Read).ToArray();
        return sets.Length > 0 ? sets : throw new UsageException($"No pages with an {Index} were found in {data}{(groups is null ? "" : $" for the groups {groups}")}.");
    }

    private static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));

    private static DigitizationSet Read(string folder)
    {
        using var parser = new TextFieldParser(Path.Combine(folder, Index)) { Delimiters = [","], HasFieldsEnclosedInQuotes = true };
        var header = parser.ReadFields() ?? throw new UsageException($"{folder}/{Index} is empty.");
        var items = new List<DigitizationItem>();
        while (parser.ReadFields() is { } cells)
        {
            string Cell(string name) => Array.IndexOf(header, name) is var at and >= 0 && at < cells.Length ? cells[at] : "";
            var rate = double.TryParse(Cell("sampling_rate_hz"), NumberStyles.Float, CultureInfo.InvariantCulture, out var hz) ? hz : 500;
            items.Add(new DigitizationItem(
                Path.Combine(folder, Cell("file")), Cell("truth_csv") is { Length: > 0 } truth ? Path.Combine(folder, truth) : null, rate,
                PageFormat.All.Any(format => format.Name == Cell("layout")) ? Cell("layout") : null,
                Cell("note").Contains("baseline arbitrary", StringComparison.OrdinalIgnoreCase)));
        }

        return new DigitizationSet(NameOf(folder), items);
    }
}

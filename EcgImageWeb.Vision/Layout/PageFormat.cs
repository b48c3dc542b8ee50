namespace EcgImageWeb.Vision.Layout;

/// <summary>How a report arranges its leads: rows and columns of leads that share a time axis, and long strips below them.</summary>
/// <param name="Name">Name in results, for example <c>3x4+1</c>: rows x columns + rhythm strips; Cabrera order ends in <c>-cabrera</c>, a sheet of several in its leads' kind.</param>
/// <param name="Rows">Rows of leads, without the rhythm strips.</param>
/// <param name="Columns">Columns of leads.</param>
/// <param name="RhythmStrips">Long strips below the rows, over the whole time axis.</param>
/// <param name="Leads">Names of the leads down the first column, then down the next; <c>-aVR</c> is aVR upside down. Rows x Columns of them.</param>
public sealed record PageFormat(string Name, int Rows, int Columns, int RhythmStrips, IReadOnlyList<string> Leads)
{
    private static readonly string[] Standard = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

    // Cabrera's sequence: the frontal plane from left to lower right, aVR inverted (AHA/ACCF/HRS 2007, part I).
    private static readonly string[] Cabrera = ["aVL", "I", "-aVR", "II", "aVF", "III", "V1", "V2", "V3", "V4", "V5", "V6"];

    /// <summary>The formats that are drawn and read.</summary>
    public static IReadOnlyList<PageFormat> All { get; } =
    [
        new("3x4", 3, 4, 0, Standard), new("3x4+1", 3, 4, 1, Standard), new("3x4+2", 3, 4, 2, Standard), new("3x4+3", 3, 4, 3, Standard),
        new("6x2", 6, 2, 0, Standard), new("6x2+1", 6, 2, 1, Standard), new("12x1", 12, 1, 0, Standard), new("4x3", 4, 3, 0, Standard),
        new("6x1-limb", 6, 1, 0, Standard[..6]), new("6x1-chest", 6, 1, 0, Standard[6..]),
        new("3x4-cabrera", 3, 4, 0, Cabrera), new("3x4+1-cabrera", 3, 4, 1, Cabrera), new("6x2-cabrera", 6, 2, 0, Cabrera),
        new("6x2+1-cabrera", 6, 2, 1, Cabrera), new("12x1-cabrera", 12, 1, 0, Cabrera),
    ];

    /// <summary>The format of a name.</summary>
    /// <param name="name">One of the names of <see cref="All"/>.</param>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    public static PageFormat Named(string name) => All.FirstOrDefault(format => format.Name == name)
        ?? throw new ArgumentException($"There is no page format '{name}'; there are: {string.Join(", ", All.Select(format => format.Name))}.", nameof(name));

    /// <summary>The lead at a row and column, both from 0.</summary>
    public string LeadAt(int row, int column) => Leads[(column * Rows) + row];
}

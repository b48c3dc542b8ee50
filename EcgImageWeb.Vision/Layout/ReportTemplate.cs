using System.Text.Json;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Layout;

/// <summary>A report look as data (<c>layouts.json</c>): positions are continuous pixels of its own page size.</summary>
internal sealed record ReportTemplate
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<ReportTemplate[]> Loaded = new(Load);

    private readonly Lazy<IReadOnlyList<Mark>> marks;

    public ReportTemplate() => marks = new Lazy<IReadOnlyList<Mark>>(LoadMarks);

    public static IReadOnlyList<ReportTemplate> All => Loaded.Value;

    public required string Name { get; init; }

    public required int PageWidth { get; init; }

    public required int PageHeight { get; init; }

    public required double PxPerMm { get; init; }

    /// <summary>The middle of the frame's lines.</summary>
    public required PageFrame Frame { get; init; }

    public required double[] Separators { get; init; }

    public required double SeparatorTop { get; init; }

    public required double SeparatorBottom { get; init; }

    public required double SeparatorHalfWidth { get; init; }

    public required double TraceLeft { get; init; }

    public required double ColumnMm { get; init; }

    public required double ColumnSeconds { get; init; }

    /// <summary>Foot of each row's calibration pulse.</summary>
    public required double[] ZeroLines { get; init; }

    public required double RowHalfHeight { get; init; }

    public required string Marks { get; init; }

    public required int MarksLeft { get; init; }

    public required int MarksTop { get; init; }

    /// <summary>Row by row.</summary>
    public required string[] Leads { get; init; }

    public required string[] RhythmLeads { get; init; }

    public required BoxGrid PublicBoxes { get; init; }

    public int Columns => Separators.Length + 1;

    public int Rows => Leads.Length / Columns;

    /// <summary>What the device prints at the same place on every page: pixels and their kind.</summary>
    public IReadOnlyList<Mark> PrintedMarks => marks.Value;

    /// <summary>Left end of a column's part of the time axis; the last value is the right end of the page's.</summary>
    public double ColumnLeft(int column) => TraceLeft + (column * ColumnMm * PxPerMm);

    public sealed record BoxGrid(int[][] Rows, int[][] Columns);

    /// <summary>A printed pixel, by column and row of the template's page.</summary>
    public readonly record struct Mark(int X, int Y, MarkKind Kind);

    private static ReportTemplate[] Load()
    {
        using var stream = Resource("layouts.json");
        return JsonSerializer.Deserialize<Dictionary<string, ReportTemplate[]>>(stream, Json)!["reports"];
    }

    private List<Mark> LoadMarks()
    {
        using var stream = Resource(Marks);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        using var picture = Cv2.ImDecode(buffer.ToArray(), ImreadModes.Grayscale);
        var codes = RasterMat.Bytes(picture);
        var found = new List<Mark>();
        for (var i = 0; i < codes.Length; i++)
            if (codes[i] != 0)
                found.Add(new Mark(MarksLeft + (i % picture.Cols), MarksTop + (i / picture.Cols), (MarkKind)codes[i]));
        return found;
    }

    private static Stream Resource(string name) =>
        typeof(ReportTemplate).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"Resource {name} is not in the assembly.");
}

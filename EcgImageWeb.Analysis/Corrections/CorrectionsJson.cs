using System.Text.Json;
using System.Text.Json.Serialization;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Layout;

namespace EcgImageWeb.Analysis.Corrections;

/// <summary>Corrections as JSON, from a file or a request: read strictly, so that a misspelled field is told and not passed over.</summary>
public static class CorrectionsJson
{
    /// <summary>Code of the refusal of corrections that cannot be read or do not fit the page.</summary>
    public const string RefusalCode = "bad-corrections";

    /// <summary>Bytes of corrections at most: all that the other limits allow is below.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>A page has at most 15 strips (3x4+3).</summary>
    private const int MaxLeads = 24;

    private const int MaxPieces = 100, MaxPoints = 100;

    /// <summary>No picture has more pixels on a side than this.</summary>
    private const double MaxPosition = 100_000;

    private const double LeastPxPerMm = 0.5, MostPxPerMm = 100, LeastMmPerS = 5, MostMmPerS = 200, LeastMmPerMv = 1, MostMmPerMv = 100;

    private static readonly JsonSerializerOptions Strict = new(AnalysisJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 8,
        WriteIndented = false,
    };

    /// <summary>The names a lead can have: the twelve, and aVR upside down as in Cabrera order.</summary>
    public static IReadOnlyList<string> LeadNames { get; } = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6", "-aVR"];

    /// <summary>Reads and checks corrections.</summary>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="RefusalException"><c>bad-corrections</c>, with what is wrong in words.</exception>
    public static PageCorrections Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxBytes)
            throw Bad($"they are longer than {MaxBytes / 1024} kB");
        if (json.StartsWith("\uFEFF"u8))
            json = json[3..];
        try
        {
            return Check(JsonSerializer.Deserialize<PageCorrections>(json, Strict) ?? throw Bad("they are null"));
        }
        catch (JsonException wrong)
        {
            throw Bad($"they are not the JSON of docs/formats.md ({wrong.Path ?? "$"}, line {(wrong.LineNumber ?? 0) + 1})");
        }
    }

    /// <summary>The JSON of corrections, in one line.</summary>
    public static string Write(PageCorrections corrections) => JsonSerializer.Serialize(corrections, Strict);

    /// <summary>Checks what can be checked without the page: counts, ranges and names.</summary>
    /// <returns>The same corrections.</returns>
    /// <exception cref="RefusalException"><c>bad-corrections</c>.</exception>
    public static PageCorrections Check(PageCorrections corrections)
    {
        ArgumentNullException.ThrowIfNull(corrections);
        if (corrections.Corners is { } corners && (corners.Count != 4 || !corners.All(IsPlace) || !IsConvex(corners)))
            throw Bad("the corners are not four places, top left, top right, bottom right and bottom left, of a sheet without a dent");
        if (corrections.TurnDeg is not (null or 0 or 90 or 180 or 270))
            throw Bad("turn_deg is 90, 180 or 270");
        Range(corrections.PxPerMmX, LeastPxPerMm, MostPxPerMm, "px_per_mm_x");
        Range(corrections.PxPerMmY, LeastPxPerMm, MostPxPerMm, "px_per_mm_y");
        if (corrections.Layout is { } layout && PageFormat.All.All(format => format.Name != layout))
            throw Bad($"layout is one of {string.Join(", ", PageFormat.All.Select(format => format.Name))}");
        Range(corrections.MmPerS, LeastMmPerS, MostMmPerS, "mm_per_s");
        Range(corrections.MmPerMv, LeastMmPerMv, MostMmPerMv, "mm_per_mv");
        CheckLeads(corrections.Leads ?? []);
        CheckPieces(corrections.Redrawn ?? []);
        return corrections;
    }

    internal static RefusalException Bad(string why) => new(RefusalCode, $"The corrections cannot be used: {why}.");

    private static void CheckLeads(IReadOnlyList<LeadCorrection> leads)
    {
        if (leads.Count > MaxLeads)
            throw Bad($"they name {leads.Count} leads, {MaxLeads} are the most");
        if (leads.Any(lead => lead?.Key is null) || leads.DistinctBy(lead => lead.Key).Count() < leads.Count)
            throw Bad("every lead has a key, and none stands there twice");
        foreach (var lead in leads)
        {
            if (lead.Name is { } name && !LeadNames.Contains(name))
                throw Bad($"a lead's name is one of {string.Join(", ", LeadNames)}");
            if (lead.Box is { } box && !(box.X is >= 0 and <= (int)MaxPosition && box.Y is >= 0 and <= (int)MaxPosition && box.Width is >= 1 and <= (int)MaxPosition && box.Height is >= 1 and <= (int)MaxPosition))
                throw Bad($"the box of {lead.Key} has a place on the page and at least one pixel");
        }
    }

    private static void CheckPieces(IReadOnlyList<RedrawnPiece> pieces)
    {
        if (pieces.Count > MaxPieces)
            throw Bad($"they redraw {pieces.Count} pieces, {MaxPieces} are the most");
        foreach (var piece in pieces)
            if (piece?.Lead is null || piece.Points is null || piece.Points.Count is < 2 or > MaxPoints || !piece.Points.All(IsPlace))
                throw Bad($"a redrawn piece has a lead and 2 to {MaxPoints} points [x, y]");
    }

    private static bool IsPlace(double[]? place) => place is [var x, var y] && Math.Abs(x) <= MaxPosition && Math.Abs(y) <= MaxPosition;

    // All turns to the same side, clockwise as rows count downward; that also leaves out corners that fall together.
    private static bool IsConvex(IReadOnlyList<double[]> corners) => Enumerable.Range(0, 4).All(i =>
    {
        var (a, b, c) = (corners[i], corners[(i + 1) % 4], corners[(i + 2) % 4]);
        return ((b[0] - a[0]) * (c[1] - b[1])) - ((b[1] - a[1]) * (c[0] - b[0])) > 1;
    });

    private static void Range(double? value, double least, double most, string name)
    {
        if (value is { } number && !(number >= least && number <= most))
            throw Bad(FormattableString.Invariant($"{name} is a number from {least} to {most}"));
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using EcgImageWeb.Vision.Decoding.Pdf;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>What a PDF says in words about its leads, speed and amplitude: certain, where a picture's letters have to be recognized.</summary>
internal static partial class PdfWords
{
    /// <summary>A lead's name stands at most this far beside the beginning of its box, and above it.</summary>
    private const double BesideMm = 20, AboveMm = 3;

    private static readonly string[] Standard = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

    /// <summary>The height of capitals, and the width of a letter, as shares of the size of the type.</summary>
    private const double CapitalHeight = 0.7, LetterWidth = 0.6;

    /// <summary>The names of leads among a PDF's words, on a canvas of the page; none on a picture, or where fewer are there than any page has.</summary>
    /// <param name="page">The page.</param>
    /// <param name="canvas">Of the page.</param>
    public static IReadOnlyList<PrintedWord> Names(UprightPage page, TraceCanvas canvas)
    {
        const int Fewest = 6;
        PrintedWord[] names = [.. (page.Vectors?.Texts ?? []).Select(text => (Text: text, Name: NameIn(text))).Where(word => word.Name is not null).Select(word =>
        {
            var lead = PrintedWord.IndexOf(word.Name!);
            double height = CapitalHeight * word.Text.HeightPx, width = LetterWidth * word.Text.HeightPx * word.Name!.Length;
            int x = (int)canvas.CanvasX(word.Text.At.X), y = (int)canvas.CanvasY(word.Text.At.Y - height);
            return new PrintedWord(
                new PixelBox(x, y, Math.Max(1, (int)(width / canvas.ScaleX)), Math.Max(1, (int)(height / canvas.ScaleY))),
                [.. Standard.Select((_, i) => i == lead ? NameCell.MostEvidence : -NameCell.MostEvidence)]) { IsCertain = true };
        })];
        return names.Length < Fewest ? [] : names;
    }

    private static string? NameIn(PdfText text) => Standard.FirstOrDefault(name => name.Equals(text.Text, StringComparison.OrdinalIgnoreCase));

    /// <summary>The layout with names, speed and amplitude from the page's words, as far as they are there; the same layout for a picture.</summary>
    /// <param name="layout">As found in the picture.</param>
    /// <param name="page">The page it was found on.</param>
    public static PageLayout Confirm(PageLayout layout, UprightPage page)
    {
        if (page.Vectors is not { } vectors)
            return layout;
        layout = WithNames(layout, page, vectors.Texts);
        if (First(Amplitude(), vectors.Texts) is { } mmPerMv)
            layout = layout with { MmPerMv = mmPerMv, GainFrom = "text" };
        if (First(Speed(), vectors.Texts) is not { } mmPerS)
            return layout;
        var slower = layout.MmPerS / mmPerS;
        return layout with
        {
            MmPerS = mmPerS,
            SpeedFrom = "text",
            Leads = [.. layout.Leads.Select(lead => lead with { StartS = lead.StartS * slower, EndS = lead.EndS * slower })],
        };
    }

    private static PageLayout WithNames(PageLayout layout, UprightPage page, IReadOnlyList<PdfText> texts)
    {
        var words = texts.Select(text => (text.At, Name: NameIn(text))).Where(word => word.Name is not null).ToArray();
        var named = layout.Leads.Select(lead => lead with { Name = NameOf(lead) ?? "" }).ToArray();
        var columns = named.Where(lead => !lead.IsRhythm).Select(lead => lead.Name).ToArray();
        // All of them or none: a page whose words are not where its leads are is not understood.
        if (columns.Contains("") || columns.Distinct().Count() < columns.Length)
            return layout;
        LeadPlace[] leads = [.. named.Zip(layout.Leads, (now, was) => now.Name.Length == 0 ? was : now with { NameFrom = "text", Key = was.IsRhythm ? was.Key : now.Name })];
        var rows = PageFormat.All.FirstOrDefault(format => format.Name == layout.Name);
        var format = rows is null ? null : PageFormat.All.FirstOrDefault(other =>
            (other.Rows, other.Columns, other.RhythmStrips) == (rows.Rows, rows.Columns, rows.RhythmStrips) && other.Leads.ToHashSet().SetEquals(columns));
        return layout with
        {
            Name = format?.Name ?? layout.Name,
            Leads = leads,
            Notes = [.. layout.Notes.Where(note => note.Code is not ("lead-names-unread" or "lead-name-unconfirmed") || leads.Any(lead => lead.Key == note.Lead && lead.NameFrom != "text"))],
        };

        string? NameOf(LeadPlace lead) => words
            .Where(word => Math.Abs(word.At.X - lead.Box.X) <= BesideMm * page.PxPerMmX
                && word.At.Y >= lead.Box.Y - (AboveMm * page.PxPerMmY) && word.At.Y <= lead.Box.Y + lead.Box.Height)
            .OrderBy(word => Math.Abs(word.At.Y - lead.Box.Y - (lead.Box.Height / 2.0))).Select(word => word.Name).FirstOrDefault();
    }

    private static double? First(Regex expression, IReadOnlyList<PdfText> texts) => texts
        .Select(text => expression.Match(text.Text)).Where(match => match.Success)
        .Select(match => (double?)double.Parse(match.Groups[1].Value.Replace(',', '.'), CultureInfo.InvariantCulture)).FirstOrDefault();

    [GeneratedRegex(@"\b(12[.,]5|25|50|100)(?:[.,]0)? ?mm ?/ ?s", RegexOptions.IgnoreCase)]
    private static partial Regex Speed();

    [GeneratedRegex(@"\b(2[.,]5|5|10|20)(?:[.,]0)? ?mm ?/ ?mV", RegexOptions.IgnoreCase)]
    private static partial Regex Amplitude();
}

using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Measures;
using EcgImageWeb.Signal.Records;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Synthesis;

namespace EcgImageWeb.Analysis.Teaching;

/// <summary>Pages that are drawn from the records that ship with the program or from a person's own, and how well they are read.</summary>
public static class TeachingPages
{
    private const string Folder = "teaching-records";

    /// <summary>A page shows this much of a record.</summary>
    private const double PageS = 10;

    /// <summary>Code of the refusal of a wish that cannot be fulfilled.</summary>
    private const string BadRequest = "bad-request";

    /// <summary>The records, by file name and as a person calls them.</summary>
    public static IReadOnlyList<(string Key, string Name)> Records { get; } =
    [
        ("normal", "Normal"), ("anteroseptal-infarction", "Anteroseptal infarction"),
        ("left-bundle-branch-block", "Left bundle branch block"), ("atrial-fibrillation", "Atrial fibrillation"),
    ];

    /// <summary>Whether a person's own recording can be drawn: it has the twelve leads, each for as long as a page shows them.</summary>
    public static bool CanDraw(RecordResult own)
    {
        ArgumentNullException.ThrowIfNull(own);
        return PageGenerator.LeadNames.All(name => own.Leads.Any(lead => lead.Key == name && lead.EndS - lead.StartS >= PageS));
    }

    /// <summary>Refuses a wish that cannot be fulfilled.</summary>
    /// <param name="wish">What is to be drawn.</param>
    /// <param name="own">The person's own recording whose analysis <see cref="TeachingWish.Record"/> names; null for a record that ships with the program.</param>
    /// <exception cref="RefusalException"><c>bad-request</c>.</exception>
    public static void Check(TeachingWish wish, RecordResult? own = null)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (own is not null && !CanDraw(own))
            throw new RefusalException(BadRequest, $"A page shows the leads {string.Join(", ", PageGenerator.LeadNames)} for {PageS:0} s; this recording has {string.Join(", ", own.Leads.Select(lead => lead.Key))} for {own.Source.DurationS:0.#} s.");
        if (own is null && Records.All(record => record.Key != wish.Record))
            throw new RefusalException(BadRequest, $"There is no record '{wish.Record}'; there are: {string.Join(", ", Records.Select(record => record.Key))}.");
        if (PageFormat.All.All(format => format.Name != wish.Layout))
            throw new RefusalException(BadRequest, $"There is no layout '{wish.Layout}'; there are: {string.Join(", ", PageFormat.All.Select(format => format.Name))}.");
        if (!Enum.IsDefined(wish.Look) || wish.Seed < 0
            || !(Within(wish.RotationDeg, -180, 180) && Within(wish.BlurPx, 0, 3) && Within(wish.Noise, 0, 30) && Within(wish.Shadow, 0, 0.6) && Within(wish.Fading, 0, 0.7) && Within(wish.Handwriting, 0, 8)))
            throw new RefusalException(BadRequest, "A number of this page is outside its range.");
    }

    /// <summary>Name of the page as a file.</summary>
    /// <param name="wish">What is to be drawn.</param>
    /// <param name="own">Name of the person's own recording as a file; null for a record that ships with the program.</param>
    public static string FileNameOf(TeachingWish wish, string? own = null) => $"{(own is null ? wish.Record : Path.GetFileNameWithoutExtension(own))}-{wish.Layout}-{wish.Seed}.{(wish.Look == PageLook.Clean ? "png" : "jpg")}";

    /// <summary>Draws the page.</summary>
    /// <param name="wish">A wish that <see cref="Check"/> lets pass.</param>
    /// <param name="own">The person's own recording, WFDB, without ending; null for a record that ships with the program.</param>
    /// <param name="progress">Told the stage <c>draw</c>.</param>
    /// <param name="cancellationToken">Stops the drawing.</param>
    /// <exception cref="RefusalException"><c>bad-request</c>: the recording is not there any more.</exception>
    public static GeneratedPage Draw(TeachingWish wish, string? own, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wish);
        progress?.Report(new StageProgress("draw", 0));
        var record = Read(own ?? Path.Combine(AppContext.BaseDirectory, Folder, wish.Record));
        var random = new Random(wish.Seed);
        var design = PageDesigns.Draw(random, PageFormat.Named(wish.Layout));
        var wear = PageWears.Draw(random, wish.Look, wish.IsHard, design);
        wear = wear with
        {
            RotationDeg = wish.RotationDeg ?? wear.RotationDeg,
            // What turns out of the picture would be cut off.
            Margin = wish.RotationDeg is { } turn && Math.Abs(turn) > 3 ? Math.Max(wear.Margin, 0.05) : wear.Margin,
            BlurPx = wish.BlurPx ?? wear.BlurPx,
            Noise = wish.Noise ?? wear.Noise,
            Shadow = wish.Shadow ?? wear.Shadow,
            Fading = wish.Fading ?? wear.Fading,
            Handwriting = wish.Handwriting ?? wear.Handwriting,
        };
        return PageGenerator.Generate([.. PageGenerator.LeadNames.Select(name => record.Find(name)!.ToLead())], design, wear, wish.Seed, cancellationToken);
    }

    /// <summary>The analysis with the truth, and how near it came.</summary>
    /// <param name="wish">What was drawn.</param>
    /// <param name="drawn">The page.</param>
    /// <param name="analysis">What was read from it, with signals.</param>
    public static PageAnalysis Compare(TeachingWish wish, GeneratedPage drawn, PageAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(drawn);
        ArgumentNullException.ThrowIfNull(analysis);
        LeadSignal[] read = [.. analysis.Signals?.Leads.Select(lead => lead.Signal) ?? []];
        var page = DigitizationMeasure.ComparePage(drawn.Truth, read);
        var truth = new TruthResult(
            wish.Record, wish.Layout, drawn.Design.MmPerS, drawn.Design.MmPerMv, Finite(page.SnrDb, 2), Finite(page.Correlation, 4), Finite(page.Coverage, 4),
            [.. page.Leads.Select(lead => new TruthLead(
                lead.Lead, Finite(lead.SnrDb, 2), Finite(lead.Correlation, 4), Finite(lead.RmseMv, 4), Finite(lead.Coverage, 4),
                LeadMixUp.Find(lead, drawn.Truth, read)))]);
        return analysis with { Result = analysis.Result with { Truth = truth }, Truth = drawn.Truth };
    }

    private static Record Read(string path)
    {
        try
        {
            return WfdbReader.Read(path);
        }
        catch (RecordFormatException)
        {
            throw new RefusalException(BadRequest, "The recording is not here any more. Please hand it in again.");
        }
    }

    private static double? Finite(double value, int digits) => double.IsFinite(value) ? Math.Round(value, digits) : null;

    private static bool Within(double? value, double least, double most) => value is null || (value >= least && value <= most);
}

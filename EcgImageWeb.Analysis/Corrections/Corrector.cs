using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Analysis.Corrections;

/// <summary>Puts a person's corrections into the records of the stages.</summary>
internal static class Corrector
{
    /// <summary>What is said to come from the person.</summary>
    public const string User = PageLayout.User;

    /// <summary>A box moved by less than this keeps its lead's time: two pixels are no other moment.</summary>
    private const double SameMomentS = 0.05;

    /// <summary>Corners this many times the picture beside it are a slip.</summary>
    private const double Beside = 0.5;

    private static readonly string[] NameNotes = ["lead-name-unconfirmed", "lead-name-contradicted", "rhythm-name-unsure", "lead-names-unread"];

    /// <summary>The upright page, cut out between the person's corners where there are any.</summary>
    public static UprightPage Upright(PageImage image, PageCorrections? corrections, CancellationToken cancellationToken)
    {
        if (corrections?.Corners is { } corners && corners.Any(corner => IsFar(corner[0], image.Pixels.Width) || IsFar(corner[1], image.Pixels.Height)))
            throw CorrectionsJson.Bad("a corner lies far beside the picture");
        var given = corrections?.Corners?.Select(corner => new PixelPoint(corner[0], corner[1])).ToArray();
        var page = PageUprighter.Upright(given is null ? image : GivenPage.Between(image, given), cancellationToken);
        return given is null ? page : page with { Corners = given };

        static bool IsFar(double position, int size) => position < -Beside * size || position > (1 + Beside) * size;
    }

    /// <summary>The page and its layout: as the person says it is placed and arranged, else as it is found.</summary>
    public static (UprightPage Page, PageLayout Layout) Locate(PageImage image, UprightPage page, PageCorrections? corrections, InkNetwork? network, CancellationToken cancellationToken)
    {
        if (corrections is not ({ Layout: not null } or { Corners: not null } or { TurnDeg: not null } or { PxPerMmX: not null } or { PxPerMmY: not null }))
            return PageLocator.Locate(image, page, network, cancellationToken);
        // What is told is told about the page that the person saw; corners say themselves how it stands.
        page = Placed(corrections.Corners is null ? PageLocator.Stand(image, page, network, cancellationToken) : page, corrections);
        return (page, corrections.Layout is { } name ? LayoutFinder.As(page, PageFormat.Named(name), network, cancellationToken) : LayoutFinder.Find(page, network, cancellationToken));
    }

    /// <summary>The page turned and measured as the person says.</summary>
    private static UprightPage Placed(UprightPage page, PageCorrections corrections)
    {
        page = GivenPage.Turn(page, corrections.TurnDeg ?? 0);
        var isWayGiven = corrections.Corners is not null || corrections.TurnDeg is not (null or 0);
        var isScaleGiven = corrections.PxPerMmX is not null || corrections.PxPerMmY is not null;
        return page with
        {
            PxPerMmX = corrections.PxPerMmX ?? page.PxPerMmX,
            PxPerMmY = corrections.PxPerMmY ?? page.PxPerMmY,
            ScaleFrom = isScaleGiven ? User : page.ScaleFrom,
            Notes = [.. page.Notes.Where(note => !(isScaleGiven && (note.Code is "scale-assumed" or "scale-from-rows")) && !(isWayGiven && note.Code == "way-up-unsure"))],
        };
    }

    /// <summary>The layout with the person's speed, gain, names and boxes.</summary>
    public static PageLayout Layout(PageLayout found, UprightPage page, PageCorrections? corrections)
    {
        if (corrections is null)
            return found;
        var mmPerS = corrections.MmPerS ?? found.MmPerS;
        var slower = found.MmPerS / mmPerS;
        var byKey = (corrections.Leads ?? []).ToDictionary(lead => lead.Key);
        if (byKey.Keys.FirstOrDefault(key => found.Leads.All(lead => lead.Key != key)) is { } unknown)
            throw Unknown(unknown, found);
        var layout = found with
        {
            MmPerS = mmPerS,
            SpeedFrom = corrections.MmPerS is null ? found.SpeedFrom : User,
            MmPerMv = corrections.MmPerMv ?? found.MmPerMv,
            GainFrom = corrections.MmPerMv is null ? found.GainFrom : User,
            From = byKey.Values.Any(lead => lead.Box is not null) ? User : found.From,
            Notes = [.. found.Notes.Where(note => !NameNotes.Contains(note.Code) || !IsNamed(note, found, byKey))],
        };
        return layout with { Leads = [.. found.Leads.Select(lead => Place(lead with { StartS = lead.StartS * slower, EndS = lead.EndS * slower }, byKey.GetValueOrDefault(lead.Key), layout, page))] };
    }

    /// <summary>Works on all leads of a layout, and on those with a box of the person's once more without the ink of other boxes.</summary>
    public static IReadOnlyList<T> EachLead<T>(PageLayout layout, PageCorrections? corrections, Func<PageLayout, IReadOnlyList<T>> work)
    {
        var all = work(layout);
        var own = Enumerable.Range(0, layout.Leads.Count).Where(i => corrections?.Leads?.Any(lead => lead.Key == layout.Leads[i].Key && lead.Box is not null) == true).ToArray();
        if (own.Length == 0)
            return all;
        var anew = work(layout.Alone([.. own.Select(i => layout.Leads[i])]));
        var merged = all.ToArray();
        for (var k = 0; k < own.Length; k++)
            merged[own[k]] = anew[k];
        return merged;
    }

    /// <summary>The redrawn pieces, following the page's ink.</summary>
    public static IReadOnlyList<RedrawnTrace> Redrawn(UprightPage page, PageLayout layout, PageCorrections? corrections, CancellationToken cancellationToken) =>
        [.. (corrections?.Redrawn ?? []).Select(piece => Follow(page, piece, IndexOf(piece.Lead, layout), cancellationToken))];

    /// <summary>One piece, following the ink of a page.</summary>
    /// <exception cref="RefusalException"><c>bad-corrections</c>: points beside the page, or all in one column.</exception>
    public static RedrawnTrace Follow(UprightPage page, RedrawnPiece piece, int lead, CancellationToken cancellationToken)
    {
        var points = piece.Points.Select(point => new PixelPoint(point[0], point[1])).ToArray();
        if (!points.All(point => point.X >= 0 && point.Y >= 0 && point.X < page.Pixels.Width && point.Y < page.Pixels.Height))
            throw CorrectionsJson.Bad($"a point of the piece of {piece.Lead} lies beside the page");
        if (points.Select(point => (int)point.X).Distinct().Count() < 2)
            throw CorrectionsJson.Bad($"the points of the piece of {piece.Lead} stand in one column; they go from left to right");
        return GuidedPath.Follow(page, lead, points, cancellationToken);
    }

    private static LeadPlace Place(LeadPlace lead, LeadCorrection? correction, PageLayout layout, UprightPage page)
    {
        if (correction?.Name is { } name)
            lead = lead with { Name = name, NameFrom = User };
        if (correction?.Box is not { } box)
            return lead;
        if (box.X + box.Width > page.Pixels.Width || box.Y + box.Height > page.Pixels.Height)
            throw CorrectionsJson.Bad($"the box of {lead.Key} reaches beyond the page of {page.Pixels.Width} x {page.Pixels.Height} pixels");
        var pxPerS = layout.MmPerS * page.PxPerMmX;
        var start = layout.ColumnsSimultaneous ? lead.StartS : (box.X - layout.TimeZeroX) / pxPerS;
        var end = start + (box.Width / pxPerS);
        var isSame = Math.Abs(start - lead.StartS) < SameMomentS && Math.Abs(end - lead.EndS) < SameMomentS;
        return lead with
        {
            Box = new PixelBox(box.X, box.Y, box.Width, box.Height),
            StartS = isSame ? lead.StartS : Math.Round(Math.Max(0, start), 3),
            EndS = isSame ? lead.EndS : Math.Round(Math.Max(0, end), 3),
        };
    }

    // A note about a lead names its place or its name; one about all names stands until all are set.
    private static bool IsNamed(Note note, PageLayout found, Dictionary<string, LeadCorrection> byKey) => note.Lead is null
        ? found.Leads.All(lead => byKey.GetValueOrDefault(lead.Key)?.Name is not null)
        : found.Leads.Any(lead => (lead.Key == note.Lead || lead.Name == note.Lead) && byKey.GetValueOrDefault(lead.Key)?.Name is not null);

    private static int IndexOf(string key, PageLayout layout)
    {
        for (var i = 0; i < layout.Leads.Count; i++)
            if (layout.Leads[i].Key == key)
                return i;
        throw Unknown(key, layout);
    }

    private static RefusalException Unknown(string key, PageLayout layout) =>
        CorrectionsJson.Bad($"there is no lead '{key}' on this page; there are: {string.Join(", ", layout.Leads.Select(lead => lead.Key))}");
}

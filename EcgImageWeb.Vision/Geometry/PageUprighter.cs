using System.Globalization;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Decoding.Pdf;
using EcgImageWeb.Vision.Layout;

namespace EcgImageWeb.Vision.Geometry;

/// <summary>The second stage: the page the right way up, and its scale.</summary>
public static class PageUprighter
{
    /// <summary>Paper width that is assumed where nothing tells the scale, millimetres: A4 across.</summary>
    private const double AssumedWidthMm = 297;

    /// <summary>Pages that were found by their grid are this large: a cut-out of two leads to A3 with room around it.</summary>
    private const double LeastPageMm = 80, MostPageMm = 600;

    /// <summary>A measured grid this near to a PDF's own millimetres is these millimetres.</summary>
    private const double SameScale = 0.005;

    /// <summary>A grid this near to what pulses and rows tell is one.</summary>
    private const double SamePulseScale = 0.05;

    /// <summary>Below this the page may stand on its head; 0.82 is a page without any sign, as it was sent.</summary>
    private const double SureUp = 0.8;

    /// <summary>Known reports are 2213 pixels wide; in larger pictures they are looked for at this size, pixels.</summary>
    private const int ReportLongPx = 2400;

    private static Note UnsureWayUp { get; } = new("way-up-unsure", "Nothing on the page tells for sure which way is up.");

    /// <summary>
    /// Pages finer than a 300 dpi scan become as fine as one of 250 dpi: a pen's line is four pixels wide then, and time and memory grow with the pixels.
    /// </summary>
    private const double FinestPxPerMm = 12, EnoughPxPerMm = 10;

    /// <summary>
    /// Turns a known report that lies on its side or head (quarter turns), and measures pixels per millimetre: from the
    /// report's own frame and columns, else from the period of the grid. Of every other page the printed grid is searched at any
    /// angle, in perspective and over bent paper; unless it is straight already, the page is resampled to a straight one of
    /// equal pixels a millimetre, and turned upright by what is printed on it.
    /// </summary>
    /// <param name="image">A decoded page.</param>
    /// <param name="cancellationToken">Observed between the steps.</param>
    /// <returns>The page; <see cref="UprightPage.ScaleFrom"/> is <c>assumed</c>, with a note, where no grid was found.</returns>
    public static UprightPage Upright(PageImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var gray = Gray.Of(image.Pixels);
        var small = Smaller(gray);
        foreach (var turn in QuarterTurn.All)
        {
            // Most pictures are no known report: a look at them in its own size tells.
            if (ReportFinder.Find(turn.Apply(small), cancellationToken) is not { } rough || (small != gray ? ReportFinder.Find(turn.Apply(gray), cancellationToken) : rough) is not { } fit)
                continue;
            var notes = turn == QuarterTurn.None ? image.Notes : [.. image.Notes, new Note("page-turned", $"The page was turned by {turn.Degrees} degrees to stand upright.")];
            return new UprightPage(
                turn.Apply(image.Pixels), turn.Degrees, turn.Corners(image.Pixels.Width, image.Pixels.Height),
                fit.ScaleX * fit.Template.PxPerMm, fit.ScaleY * fit.Template.PxPerMm, "grid", notes);
        }

        if (image.Vectors is { } drawn)
            return OfPdf(image, drawn, GridScale.Measure(gray, cancellationToken));

        var (signal, scale) = (default(GridSignal)!, default(GridScale));
        Parallel.Invoke(new ParallelOptions { CancellationToken = cancellationToken }, () => signal = GridSignal.Of(image.Pixels), () => scale = GridScale.Measure(gray, cancellationToken));
        var asItLies = QuarterTurn.None.Corners(image.Pixels.Width, image.Pixels.Height);
        if (scale is not null && StraightGrid.Holds(signal, scale, cancellationToken))
            return Standing(NotTooFine(new UprightPage(image.Pixels, 0, asItLies, scale.PxPerMmX, scale.PxPerMmY, "grid", image.Notes)));
        if (FlatGrid.Find(signal, cancellationToken) is { } grid && PageExtent.Of(grid) is var extent && IsPage(extent))
        {
            var printed = grid.Covered.Select(block => new PixelPoint(block.X / signal.FactorX, block.Y / signal.FactorY)).ToArray();
            var paper = PaperSheet.Find(image.Pixels, cancellationToken)?.Continued(image.Pixels, printed);
            var flat = FlatPage.Of(paper ?? image.Pixels, grid, extent);
            var message = string.Create(
                CultureInfo.InvariantCulture,
                $"The page lay turned by {flat.RotationDeg:F1} degrees, or bent, in the picture and was made flat; its printed lines are straight to {grid.ResidualMm:F2} mm.{(paper is null ? "" : " What lies beside the paper is painted over.")}");
            return Standing(new UprightPage(
                flat.Pixels, flat.RotationDeg, flat.Corners, flat.PxPerMm, flat.PxPerMm, "grid", [.. image.Notes, new Note("page-flattened", message)]));
        }

        return scale is not null
            ? Standing(NotTooFine(new UprightPage(image.Pixels, 0, asItLies, scale.PxPerMmX, scale.PxPerMmY, "grid", image.Notes)))
            : WithoutGrid(image, QuarterTurn.None, cancellationToken);
    }

    /// <summary>
    /// A page on which no grid was found, or whose grid led nowhere: made flat by the edges of its paper, straightened by its rows of traces, measured by its pulses,
    /// its file or the rows' usual length.
    /// </summary>
    /// <param name="image">The decoded picture.</param>
    /// <param name="further">Quarter turns beyond what is printed on the page asks for, where that led nowhere.</param>
    /// <param name="cancellationToken">Observed between the steps.</param>
    internal static UprightPage WithoutGrid(PageImage image, QuarterTurn further, CancellationToken cancellationToken)
    {
        if (PaperSheet.Find(image.Pixels, cancellationToken) is { } sheet)
        {
            var flat = image with
            {
                Pixels = sheet.Flat(image.Pixels),
                PxPerMm = null,
                Notes = [.. image.Notes, new Note("page-flattened", string.Create(CultureInfo.InvariantCulture, $"The page lay turned by {sheet.RotationDeg:F1} degrees, or bent, in the picture and was made flat by the edges of its paper."))],
            };
            if (ByItsRows(flat, further, cancellationToken) is { } page)
                return page with { RotationDeg = page.RotationDeg + sheet.RotationDeg, Corners = [.. page.Corners.Select(corner => sheet.ToPicture(corner))] };
        }

        if (ByItsRows(image, further, cancellationToken) is { } straight)
            return Unleaned(image, straight, cancellationToken);
        var assumed = Math.Max(image.Pixels.Width, image.Pixels.Height) / AssumedWidthMm;
        return new UprightPage(
            image.Pixels, 0, QuarterTurn.None.Corners(image.Pixels.Width, image.Pixels.Height), assumed, assumed, "assumed",
            [.. image.Notes, new Note("scale-assumed", "No grid was found to measure by; the page is taken to be as wide as A4.")]);
    }

    /// <summary>A page whose rows were made straight, flat where they begin and end along lines that lean; the same where they do not.</summary>
    private static UprightPage Unleaned(PageImage image, UprightPage page, CancellationToken cancellationToken)
    {
        if (page.ScaleFrom == "grid" || InkScale.Find(image with { Pixels = page.Pixels, PxPerMm = null }, cancellationToken) is not { TurnDeg: 0 } ink || LeaningRows.Of(ink.Rows) is not { } leaning)
            return page;
        var flat = image with
        {
            Pixels = leaning.Flat(page.Pixels, PaperAround(page.Pixels)),
            PxPerMm = null,
            Notes = [.. image.Notes, new Note("page-flattened", "The page was seen from the side and was made flat by the beginnings and ends of its rows of traces.")],
        };
        if (InkScale.Find(flat, cancellationToken) is not { TurnDeg: 0 } straight)
            return page;
        return Straightened(flat, straight, cancellationToken) with
        {
            RotationDeg = page.RotationDeg,
            Corners = [.. QuarterTurn.None.Corners(flat.Pixels.Width, flat.Pixels.Height).Select(corner => leaning.ToPicture(corner.X, corner.Y) is var (x, y) ? Before(x / page.Pixels.Width, y / page.Pixels.Height) : default)],
        };

        // Turned pages are parallelograms in the picture.
        PixelPoint Before(double across, double down) => new(
            page.Corners[0].X + (across * (page.Corners[1].X - page.Corners[0].X)) + (down * (page.Corners[3].X - page.Corners[0].X)),
            page.Corners[0].Y + (across * (page.Corners[1].Y - page.Corners[0].Y)) + (down * (page.Corners[3].Y - page.Corners[0].Y)));
    }

    /// <summary>A page straightened by its rows of traces and turned by quarters until it stands upright; null where no rows were found, or such as no page has.</summary>
    private static UprightPage? ByItsRows(PageImage image, QuarterTurn further, CancellationToken cancellationToken)
    {
        var guess = Math.Max(image.Pixels.Width, image.Pixels.Height) / AssumedWidthMm;
        var lies = WayUp.Of(image.Pixels, guess, guess).Turn.Degrees;
        foreach (var degrees in (int[])(lies % 180 == 0 ? [0, 90] : [lies, 0]))
            if (Measured(degrees) is { } page && Math.Max(page.Pixels.Width / page.PxPerMmX, page.Pixels.Height / page.PxPerMmY) <= SheetFinder.LargestPageMm)
            {
                // Head and feet are told apart better at the right scale; and pulses that stood on their heads tell the scale once they stand upright.
                var up = WayUp.Of(page.Pixels, page.PxPerMmX, page.PxPerMmY);
                var more = (up.Turn.Degrees == 180 ? 180 : 0) + further.Degrees;
                page = more % 360 == 0 ? page : Measured((degrees + more) % 360) ?? page;
                return up.Sureness < SureUp ? page with { Notes = [.. page.Notes, UnsureWayUp] } : page;
            }

        return null;

        // Turns by quarters and by less may follow each other either way.
        UprightPage? Measured(int degrees) => new QuarterTurn(degrees) is var turn && InkScale.Find(image with { Pixels = turn.Apply(image.Pixels) }, cancellationToken) is { } ink
            ? Turned(Straightened(image, degrees % 180 == 0 ? ink : ink with { PxPerMmX = ink.PxPerMmY, PxPerMmY = ink.PxPerMmX }, cancellationToken), turn)
            : null;
    }

    /// <summary>A page turned until its rows of traces lie straight.</summary>
    private static UprightPage Straightened(PageImage image, InkScale ink, CancellationToken cancellationToken)
    {
        var notes = image.Notes.ToList();
        var turned = ink.TurnDeg == 0 ? image.Pixels : InkScale.Turned(image.Pixels, ink.TurnDeg, PaperAround(image.Pixels));
        // Lines that could not be followed over the whole page may still have a period where its rows lie straight; pulses are measured less finely, but never a cell for a millimetre.
        if (GridScale.Measure(Gray.Of(turned), cancellationToken) is { } grid
            && (ink.From != "pulse" || (Math.Abs((grid.PxPerMmX / ink.PxPerMmX) - 1) < SamePulseScale && Math.Abs((grid.PxPerMmY / ink.PxPerMmY) - 1) < SamePulseScale)))
            ink = ink with { PxPerMmX = grid.PxPerMmX, PxPerMmY = grid.PxPerMmY, From = "grid" };
        if (ink.From == "assumed")
            notes.Add(new Note("scale-assumed", "The page shows no grid and no calibration pulse to measure by; its rows are taken to be 250 mm long, ten seconds at 25 mm/s."));
        if (ink.TurnDeg == 0)
            return new UprightPage(image.Pixels, 0, QuarterTurn.None.Corners(image.Pixels.Width, image.Pixels.Height), ink.PxPerMmX, ink.PxPerMmY, ink.From, notes);
        double angle = ink.TurnDeg * Math.PI / 180, cos = Math.Cos(angle), sin = Math.Sin(angle);
        PixelPoint Before(double x, double y) => new(
            (cos * (x - (turned.Width / 2.0))) - (sin * (y - (turned.Height / 2.0))) + (image.Pixels.Width / 2.0),
            (sin * (x - (turned.Width / 2.0))) + (cos * (y - (turned.Height / 2.0))) + (image.Pixels.Height / 2.0));
        if (notes.TrueForAll(note => note.Code != "page-flattened"))
            notes.Add(new Note("page-flattened", string.Create(CultureInfo.InvariantCulture, $"The page lay turned by {ink.TurnDeg:F1} degrees in the picture and was straightened by its rows of traces.")));
        return new UprightPage(
            turned, ink.TurnDeg, [Before(0, 0), Before(turned.Width, 0), Before(turned.Width, turned.Height), Before(0, turned.Height)], ink.PxPerMmX, ink.PxPerMmY, ink.From, notes);
    }

    /// <summary>The picture's usual colour.</summary>
    private static OpenCvSharp.Scalar PaperAround(Raster picture)
    {
        const int Sparse = 997;
        double Median(int channel) => Enumerable.Range(0, (picture.Width * picture.Height / Sparse) + 1)
            .Select(i => (double)picture.Pixels[(i * Sparse % (picture.Width * picture.Height) * picture.Channels) + channel]).Order().ElementAt(picture.Width * picture.Height / Sparse / 2);
        return picture.Channels == 3 ? new OpenCvSharp.Scalar(Median(0), Median(1), Median(2)) : new OpenCvSharp.Scalar(Median(0));
    }

    /// <summary>A PDF that draws its lines lies straight, and its sheet has a size: a grid that agrees with it is as exact as the sheet.</summary>
    private static UprightPage OfPdf(PageImage image, PageVectors drawn, GridScale? grid)
    {
        double Exact(double measured) => Math.Abs((measured / drawn.PxPerMm) - 1) < SameScale ? drawn.PxPerMm : measured;
        IReadOnlyList<Note> notes = grid is null
            ? [.. image.Notes, new Note("scale-of-sheet", "No grid was found to measure by; the sheet's own size is taken.")]
            : image.Notes;
        return new UprightPage(
            image.Pixels, 0, QuarterTurn.None.Corners(image.Pixels.Width, image.Pixels.Height),
            grid is null ? drawn.PxPerMm : Exact(grid.PxPerMmX), grid is null ? drawn.PxPerMm : Exact(grid.PxPerMmY), grid is null ? "text" : "grid", notes)
        { Vectors = drawn };
    }

    /// <summary>A picture no larger than known reports are.</summary>
    private static Raster Smaller(Raster picture)
    {
        var factor = ReportLongPx / (double)Math.Max(picture.Width, picture.Height);
        return factor < 1 ? Resized(picture, Math.Max(1, (int)(picture.Width * factor)), Math.Max(1, (int)(picture.Height * factor))) : picture;
    }

    private static Raster Resized(Raster picture, int width, int height)
    {
        using var from = picture.ToMat();
        using var to = new OpenCvSharp.Mat();
        OpenCvSharp.Cv2.Resize(from, to, new OpenCvSharp.Size(width, height), 0, 0, OpenCvSharp.InterpolationFlags.Area);
        return to.ToRaster();
    }

    private static UprightPage NotTooFine(UprightPage page)
    {
        // A picture of a few centimetres is one whose grid was misjudged: its pixels are needed.
        if (Math.Min(page.PxPerMmX, page.PxPerMmY) <= FinestPxPerMm || page.Pixels.Width / page.PxPerMmX < LeastPageMm || page.Pixels.Height / page.PxPerMmY < LeastPageMm / 2)
            return page;
        var factor = EnoughPxPerMm / Math.Min(page.PxPerMmX, page.PxPerMmY);
        int width = (int)Math.Round(page.Pixels.Width * factor), height = (int)Math.Round(page.Pixels.Height * factor);
        return page with
        {
            Pixels = Resized(page.Pixels, width, height),
            PxPerMmX = page.PxPerMmX * width / page.Pixels.Width,
            PxPerMmY = page.PxPerMmY * height / page.Pixels.Height,
        };
    }

    private static bool IsPage(PageExtent extent) =>
        Math.Max(extent.WidthMm, extent.HeightMm) is >= LeastPageMm and <= MostPageMm && Math.Min(extent.WidthMm, extent.HeightMm) >= LeastPageMm / 2;

    /// <summary>The page turned by quarters until it stands upright.</summary>
    private static UprightPage Standing(UprightPage page)
    {
        var up = WayUp.Of(page.Pixels, page.PxPerMmX, page.PxPerMmY);
        var turned = Turned(page, up.Turn);
        return up.Sureness < SureUp ? turned with { Notes = [.. turned.Notes, UnsureWayUp] } : turned;
    }

    /// <summary>A page that is not drawn as vectors, turned by quarters.</summary>
    internal static UprightPage Turned(UprightPage page, QuarterTurn turn)
    {
        var quarters = turn.Degrees / 90;
        var notes = page.Notes.Where(note => note.Code != "page-turned" && note.Code != "way-up-unsure").ToList();
        var degrees = (turn.Degrees + (page.Notes.Any(note => note.Code == "page-turned") ? (int)Math.Round(page.RotationDeg / 90) * 90 : 0)) % 360;
        if (degrees != 0)
            notes.Add(new Note("page-turned", $"The page was turned by {degrees} degrees to stand upright."));
        return page with
        {
            Pixels = turn.Apply(page.Pixels),
            RotationDeg = (page.RotationDeg + turn.Degrees) is var rotation && rotation > 315 ? rotation - 360 : rotation,
            Corners = [.. Enumerable.Range(0, 4).Select(i => page.Corners[(i + quarters) % 4])],
            PxPerMmX = quarters % 2 == 0 ? page.PxPerMmX : page.PxPerMmY,
            PxPerMmY = quarters % 2 == 0 ? page.PxPerMmY : page.PxPerMmX,
            Notes = notes,
        };
    }
}

using System.Globalization;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>
/// Leads of a page of no known look, in any of <see cref="PageFormat.All"/>: its rows of traces, the names printed beside
/// them, and the long strips' agreement with the leads above them. Where neither names nor agreement tell the format, the
/// page is refused.
/// </summary>
internal static class SheetFinder
{
    /// <summary>No page of ten seconds is longer (A3 across is 420); finer patterns are not millimetres.</summary>
    internal const double LargestPageMm = 700;

    /// <summary>Ink is darker than these parts of the way from the grid's darkness to the traces', the usual one first; faint and faxed pages need others.</summary>
    private static readonly double[] InkLevels = [UsualInk, FaintInk, 0.65];

    /// <summary>
    /// The first of them; and those for pages without a grid: pale traces beside black print, and blurred ones; what is darker than others there are traces already.
    /// </summary>
    internal const double UsualInk = 0.45, FaintInk = 0.3, PaleInk = 0.15, BlurredInk = -0.3;

    private static readonly double[] GridlessLevels = [.. InkLevels, PaleInk, BlurredInk];

    /// <summary>The darkest 0.4 % of a page are ink (traces alone cover 1 to 4 %), the lighter 92 % are paper and grid.</summary>
    private const double InkShare = 0.004, GridShare = 0.08;

    /// <summary>So many names must be read for a format to be believed, and so much better than any other format must it fit.</summary>
    private const int LeastNames = 3;

    private const double LeastMargin = 3;

    /// <summary>Where one distance of rows is so much larger than another, a row between was missed; traces' own baselines differ by up to half.</summary>
    private const double MostUneven = 1.8;

    /// <summary>Names stand at the same place of their columns, but for a gap between columns that was not seen; where they drift from column to column, these are other columns (five of two seconds); millimetres.</summary>
    private const double MostNameSpreadMm = 12;

    /// <summary>Correlation of a long strip with a lead of the same moment; measured on clean pages: 0.97 and more for the right one.</summary>
    private const double SameSignal = 0.9;

    /// <summary>Names that correlate this much less than another lead are doubted.</summary>
    private const double ClearlyBetter = 0.15;

    /// <summary>
    /// What a long strip's disagreement with a lead counts, per natural logarithm, in log odds; traces of the same lead disagree by up
    /// to this share; where they disagree by more than the next one, one of them was not followed, which says no more; and what it costs to be another strip's lead.
    /// </summary>
    private const double AgreementWeight = 5, LeastDisagreement = 0.02, MostDisagreement = 0.25, ShownTwice = 6;

    /// <summary>Without names, only pages of ten seconds are believed; millimetres.</summary>
    private const double LeastUnnamedMm = 235, MostUnnamedMm = 268;

    /// <summary>Speed of pages that do not say.</summary>
    private const double UsualMmPerS = 25;

    /// <summary>
    /// The other speed; what calibration pulses of 10 mm say for it (they last 0.2 s), and from where on a speed that is not read is called
    /// doubtful; log odds.
    /// </summary>
    private const double FastMmPerS = 50, WidePulse = 2, Doubtful = 1;

    /// <summary>Pens, names, feet of pulses and marks make a row seem longer or shorter by up to so much: 2.5 mm at 25 mm/s.</summary>
    private const double SameRowS = 0.1;

    /// <summary>Box edges stand this far from the traces, canvas pixels: the pen's blurred edge.</summary>
    private const int BoxMargin = 4;

    /// <summary>The layout.</summary>
    /// <exception cref="RefusalException"><c>not-an-ecg</c> or <c>no-layout</c>.</exception>
    public static PageLayout Find(UprightPage page, InkNetwork? network, CancellationToken cancellationToken)
    {
        RefuseLarge(page);
        Sheet? best = null;
        var looks = 0;
        foreach (var sheet in Sheets(page, cancellationToken))
        {
            best = best is null ? sheet : Likelier(best, sheet);
            // Glare hides what is left of short rows.
            if (Believable(best) && best.Fits[0].IsSure && !best.IsShort)
                break;
            // Pictures of anything come here: what shows no rows at any level of ink, nor joined, is not looked at again.
            if (page.ScaleFrom == "assumed" && ++looks == GridlessLevels.Length + 1 && best.Fits.Count == 0)
                break;
        }

        var asked = page.ScaleFrom is "grid" or PageLayout.User ? network : null;
        if (asked is not null && (!Believable(best!) || best!.IsOverlong || best.HasStrayRows))
            (best, asked) = (Better(best!, OfTraces(page, asked, cancellationToken)), null);
        best = WithMarksInGrid(WithText(best!));
        try
        {
            // Without a grid nothing but the leads' names says that this is an ECG.
            return page.ScaleFrom == "grid" || Believable(best) ? Layout(best, page.Pixels, cancellationToken) : throw Unread(page, cancellationToken);
        }
        catch (RefusalException) when (asked is not null)
        {
            // Names that fit by chance stand beside rows that are none.
            var told = OfTraces(page, asked, cancellationToken);
            if (!Believable(told))
                throw;
            return Layout(WithMarksInGrid(WithText(told)), page.Pixels, cancellationToken);
        }
    }

    /// <summary>The layout of a page whose format is known: each lead has the name of its place, whatever is printed beside it.</summary>
    /// <exception cref="RefusalException"><c>no-layout</c>.</exception>
    public static PageLayout As(UprightPage page, PageFormat format, InkNetwork? network, CancellationToken cancellationToken)
    {
        RefuseLarge(page);
        (Sheet Sheet, FormatFit Fit)? best = null;
        var rows = 0;
        foreach (var sheet in Sheets(page, cancellationToken).Concat(Told()))
        {
            rows = Math.Max(rows, sheet.Rows.Baselines.Count);
            if (sheet.Fits.FirstOrDefault(fit => fit.Format == format) is { } fit && (best is null || fit.Score > best.Value.Fit.Score))
                best = (sheet, fit);
            if (best is { Fit.IsSure: true })
                break;
        }

        if (best is null)
            throw NoLayout(string.Create(CultureInfo.InvariantCulture, $"{rows} rows of traces were found, and {format.Name} has {format.Rows + format.RhythmStrips}"));
        var layout = Placed(WithMarksInGrid(WithText(best.Value.Sheet)), best.Value.Sheet.WithoutNamesBefore(best.Value.Fit), page.Pixels, true, cancellationToken, out _);
        return layout with
        {
            From = PageLayout.User,
            Leads = [.. layout.Leads.Select(lead => lead.NameFrom == "text" || lead.IsRhythm ? lead : lead with { NameFrom = PageLayout.User })],
            Notes = [.. layout.Notes.Where(note => note.Code != "lead-name-unconfirmed" || layout.Leads.Any(lead => lead.IsRhythm && lead.Key == note.Lead))],
        };

        IEnumerable<Sheet> Told()
        {
            if (network is not null)
                yield return OfTraces(page, network, cancellationToken);
        }
    }

    /// <summary>Memory grows with the millimetres, which a person may have told wrong.</summary>
    private static void RefuseLarge(UprightPage page)
    {
        if (Math.Max(page.Pixels.Width / page.PxPerMmX, page.Pixels.Height / page.PxPerMmY) > LargestPageMm)
            throw new RefusalException(RefusalCode.NoLayout, "This looks like ruled paper, but the page would be larger than any ECG. Is it one page, taken from the front?");
    }

    /// <summary>Of two looks at a page the one with names that can be believed, then the likelier one; where both say the same, with rows that begin and end where rows of ten seconds do.</summary>
    internal static Sheet Likelier(Sheet one, Sheet other)
    {
        if (Believable(one) && Believable(other) && one.Fits[0].Format == other.Fits[0].Format && one.IsUsual != other.IsUsual)
        {
            var (usual, unusual) = one.IsUsual ? (one, other) : (other, one);
            return usual.Fits[0].IsSure || usual.WithWordsOf(unusual) is not { } named || !Believable(named) || named.Fits[0].Format != usual.Fits[0].Format ? usual : named;
        }

        return (Believable(other), other.Score).CompareTo((Believable(one), one.Score)) > 0 ? other : one;
    }

    /// <summary>
    /// The page as darkness shows it, or as a network does: where traces are fainter than the grid and the print around them only this tells them apart.
    /// Where both agree, it tells only which rows there are and where they begin and end, which dark grids hide: traces that cross are told apart better by darkness.
    /// </summary>
    private static Sheet Better(Sheet seen, Sheet told)
    {
        if (Names(told) < Names(seen) && told.Rows.Baselines.Count < seen.Rows.Baselines.Count)
            told = told.WithWordsOf(seen);
        var hasFewerRows = seen.HasStrayRows && !told.HasStrayRows;
        // Names that a dark grid runs through are not read without it, but where the traces begin behind pulses that it hides is seen.
        if (Believable(seen) && !Believable(told) && seen.IsOverlong && told.IsUsual && seen.WithEndsOf(told) is { } shorter && Believable(shorter))
            return shorter;
        if (!Believable(seen) || !Believable(told))
            return told.Score > seen.Score ? told : seen;
        if (told.Fits[0].Format != seen.Fits[0].Format)
            return told.Score > seen.Score || hasFewerRows ? told : seen;
        return told.IsUsual || (hasFewerRows && told.Score > seen.Score)
            ? told with { Canvas = seen.Canvas, Mask = seen.Mask, Text = seen.Text, Pulses = told.Pulses.Count > 0 ? told.Pulses : seen.Pulses }
            : seen;

        static int Names(Sheet sheet) => sheet.Fits.Count > 0 ? sheet.Fits[0].Confirmed.For : 0;
    }

    /// <summary>What is printed about speed and amplitude may be fainter than the traces.</summary>
    private static Sheet WithText(Sheet sheet)
    {
        if (sheet.Fits.Count == 0 || sheet.Text.MmPerS is not null)
            return sheet;
        var mask = InkMask.Of(sheet.Canvas, null, Threshold(sheet.Canvas.Gray, FaintInk) / ReportFinder.PaperLevel(sheet.Canvas.Gray));
        var text = ScaleText.Read(sheet.Canvas.Gray, mask, InkBlobs.Of(mask), sheet.Rows, sheet.Scale);
        return sheet with { Text = new ScaleText(text.MmPerS, sheet.Text.MmPerMv ?? text.MmPerMv) { Fifty = Math.Max(sheet.Text.Fifty, text.Fifty) } };
    }

    /// <summary>Where nothing tells the amplitude, pulses and print may be hidden in a dark grid.</summary>
    private static Sheet WithMarksInGrid(Sheet sheet) =>
        sheet.Fits.Count > 0 && sheet.MmPerMv is null && sheet.Text.MmPerMv is null && GridFree.Of(sheet.Canvas.Gray, sheet.Scale) is { } free ? sheet.WithMarksOf(free, Threshold(free, UsualInk)) : sheet;

    private static RefusalException Unread(UprightPage page, CancellationToken cancellationToken) =>
        GridTexture.Share(Gray.Of(page.Pixels), cancellationToken) >= GridTexture.Paper
            ? new RefusalException(
                RefusalCode.NoLayout,
                "This looks like ECG paper, but it is tilted, curled or seen from the side. Please scan the page, or photograph it flat and straight from above.")
            : new RefusalException(
                RefusalCode.NotAnEcg,
                "This does not look like an ECG: neither ECG paper nor the leads' names were found. Is the page flat, upright and large in the picture?");

    /// <summary>The page at each level of ink, one after the other as they are asked for; then, where there is colour, with coloured ink; last, where a grid is dark, without it.</summary>
    private static IEnumerable<Sheet> Sheets(UprightPage page, CancellationToken cancellationToken)
    {
        var colours = TraceCanvas.Of(page.Pixels, page.PxPerMmX, page.PxPerMmY);
        var scale = new CanvasScale(page.PxPerMmX / colours.ScaleX, page.PxPerMmY / colours.ScaleY);
        var certain = PdfWords.Names(page, colours);
        foreach (var coloured in page.Pixels.Channels == 1 ? [false] : new[] { false, true })
        {
            var canvas = colours with { Gray = EvenPaper.Of(colours.Gray, scale.X, coloured) };
            foreach (var level in coloured ? InkLevels[..1] : page.ScaleFrom == "grid" ? InkLevels : GridlessLevels)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return Sheet.Of(canvas, scale, Threshold(canvas.Gray, level), certain, cancellationToken);
            }

            if (!coloured && page.ScaleFrom != "grid")
                yield return Sheet.OfBroken(canvas, scale, Threshold(canvas.Gray, UsualInk), certain, cancellationToken);
        }

        if (page.ScaleFrom == "grid" && GridFree.Of(EvenPaper.Of(colours.Gray, scale.X), scale) is { } free)
            yield return Sheet.Of(colours with { Gray = free }, scale, Threshold(free, UsualInk), certain, cancellationToken);
    }

    /// <summary>The page with the traces that a network tells.</summary>
    private static Sheet OfTraces(UprightPage page, InkNetwork network, CancellationToken cancellationToken)
    {
        var canvas = TraceCanvas.Of(page.Pixels, page.PxPerMmX, page.PxPerMmY);
        var scale = new CanvasScale(page.PxPerMmX / canvas.ScaleX, page.PxPerMmY / canvas.ScaleY);
        var traces = network.Of(page.Pixels, page.PxPerMmX, page.PxPerMmY, cancellationToken);
        var flat = EvenPaper.Of(canvas.Gray, scale.X);
        flat = GridFree.Of(flat, scale) ?? flat;
        return Sheet.Of(canvas with { Gray = flat }, scale, Threshold(flat, UsualInk), traces, PdfWords.Names(page, canvas), cancellationToken);
    }

    /// <summary>Ink's least darkness on a flattened page, as gray level.</summary>
    internal static double Threshold(Raster flat, double part)
    {
        var histogram = new long[256];
        foreach (var level in flat.Pixels)
            histogram[level]++;
        double grid = Quantile(histogram, flat.Pixels.Length, GridShare), ink = Quantile(histogram, flat.Pixels.Length, InkShare);
        return grid + (part * (ink - grid));
    }

    private static int Quantile(long[] histogram, long count, double share)
    {
        var sum = 0L;
        for (var level = 0; level < 256; level++)
            if ((sum += histogram[level]) >= share * count)
                return level;
        return 255;
    }

    private static bool Believable(Sheet sheet) =>
        sheet.Fits.Count > 0 && sheet.Fits[0].Confirmed is var (agree, contradict) && agree >= LeastNames && agree > 2 * contradict && sheet.Margin >= LeastMargin
        && Even(sheet, sheet.Fits[0]) && InPlace(sheet, sheet.Fits[0]);

    /// <summary>Whether the names stand where columns of equal width begin. Where nearly all twelve are read, each in its own column, they may drift: some programs space names wider than columns.</summary>
    private static bool InPlace(Sheet sheet, FormatFit fit) => fit.IsSure || fit.NameSpread(sheet.Scale.X) <= MostNameSpreadMm;

    /// <summary>Whether no row between the others was missed: rows far apart are named, or all are evenly spaced.</summary>
    private static bool Even(Sheet sheet, FormatFit fit) => sheet.Rows.Unevenness(fit.FirstRow, fit.Format.Rows, fit.IsSure ? fit.IsNamed : null) <= MostUneven;

    private static RefusalException NoLayout(string why) => new(
        RefusalCode.NoLayout,
        $"This looks like ECG paper, but its leads could not be located: {why}. Is the whole page in the picture, flat and upright, with the leads' names readable?");

    private static PageLayout Layout(Sheet sheet, Raster page, CancellationToken cancellationToken)
    {
        if (sheet.Rows.Baselines.Count == 0)
            throw NoLayout("no rows of traces were found");
        if (sheet.Fits.Count == 0)
            throw NoLayout($"{sheet.Rows.Baselines.Count} rows of traces are no arrangement of twelve leads that is known");
        if (Believable(sheet))
            return Named(sheet, page, cancellationToken);
        if (AddingUp(sheet, page, cancellationToken) is { } only)
            return only;
        if (sheet.Fits[0].Confirmed.For >= LeastNames && !InPlace(sheet, sheet.Fits[0]))
            throw NoLayout("the names do not stand where columns of equal width would begin");
        if (sheet.Fits[0].Confirmed.For >= LeastNames && !Even(sheet, sheet.Fits[0]))
            throw NoLayout("a row of traces between the others could not be found");
        if (sheet.Fits[0].Confirmed.For >= LeastNames)
            throw NoLayout("the names beside the traces fit no known arrangement, or two equally well");
        // Without names only the traces tell: long strips repeat leads above them, limb leads add up.
        foreach (var fit in sheet.Fits.Where(fit => Even(sheet, fit) && !fit.Format.Name.Contains("cabrera", StringComparison.Ordinal) && sheet.Rows.Baselines.Count == fit.Format.Rows + fit.Format.RhythmStrips
                     && (fit.Format.Columns == 1 || (sheet.Rows.Right - sheet.Rows.Left) / sheet.Scale.X is > LeastUnnamedMm and < MostUnnamedMm))
                     // What asks for more comes first: strips, then sums that hold over the whole length.
                     .OrderByDescending(fit => fit.Format.RhythmStrips).ThenBy(fit => fit.Format.Columns))
        {
            if (Placed(sheet, fit, page, false, cancellationToken, out _) is { } placed && placed.Confidence > 0)
                return placed;
        }

        throw NoLayout("the leads' names could not be read, and neither do long strips repeat leads above them, nor do limb leads add up as they must");
    }

    /// <summary>
    /// The likeliest format by its names; but one whose limb leads do not add up gives way to one with names read whose limb leads do:
    /// the left half of a page of two columns is six rows with the same names as a sheet of six.
    /// </summary>
    private static PageLayout Named(Sheet sheet, Raster page, CancellationToken cancellationToken)
    {
        var first = Placed(sheet, sheet.WithoutNamesBefore(sheet.Fits[0]), page, true, cancellationToken, out var residues);
        if (residues.All(equation => equation.Residue <= LimbLeads.Others))
            return first;
        foreach (var fit in sheet.Fits.Where(fit => fit.Format != sheet.Fits[0].Format && fit.Confirmed.For >= Math.Max(LeastNames, sheet.Fits[0].Confirmed.For - 1) && fit.Confirmed.For > 2 * fit.Confirmed.Against && Even(sheet, fit)).DistinctBy(fit => fit.Format).Take(2))
            if (Placed(sheet, sheet.WithoutNamesBefore(fit), page, true, cancellationToken, out var others) is var other
                && others.Count == residues.Count && LimbLeads.AddUp(others))
                return other;
        // A few names that were read by chance, or those of one half of a page whose other half shows other leads, and traces that say no.
        return sheet.Fits[0].Confirmed.For >= sheet.Fits[0].Format.Leads.Count / 2 && sheet.Fits[0].ConfirmedColumns > sheet.Fits[0].Format.Columns / 2
            ? first
            : throw NoLayout("most of the leads' names could not be read, and the limb leads do not add up as they must");
    }

    /// <summary>Of several formats that the names read fit equally well, the only one whose limb leads add up; null where there is none, or more.</summary>
    private static PageLayout? AddingUp(Sheet sheet, Raster page, CancellationToken cancellationToken)
    {
        PageLayout? only = null;
        foreach (var fit in sheet.Fits.Where(fit => sheet.Fits[0].Score - fit.Score < LeastMargin && fit.Confirmed.For >= LeastNames && fit.Confirmed.For > 2 * fit.Confirmed.Against && Even(sheet, fit) && InPlace(sheet, fit)).DistinctBy(fit => fit.Format))
        {
            var layout = Placed(sheet, sheet.WithoutNamesBefore(fit), page, true, cancellationToken, out var residues);
            if (!LimbLeads.AddUp(residues))
                continue;
            if (only is not null)
                return null;
            only = layout;
        }

        return only;
    }

    /// <summary>The boxes of a fit; confidence 0 where nothing confirms it.</summary>
    private static PageLayout Placed(Sheet sheet, FormatFit fit, Raster page, bool named, CancellationToken cancellationToken, out IReadOnlyList<(string[] Leads, double Residue)> residues)
    {
        fit = fit.ApartAsNames(sheet.Scale.X);
        var strips = sheet.Strips(fit);
        var ink = TraceInk.On(sheet.Canvas, sheet.Mask, strips, cancellationToken);
        var notes = new List<Note>();
        var leads = new List<LeadPlace>();
        var agreement = 1.0;
        var simultaneous = ColumnTimes.AreSimultaneous(fit.Format, ink, sheet.Scale.Y, (sheet.Text.MmPerS ?? UsualMmPerS) * sheet.Scale.X);
        var (mmPerS, speedFrom) = Speed(sheet, BeatPace.Of(fit.Format, ink, simultaneous, sheet.Scale), notes);
        var (mmPerMv, gainFrom) = Gain(sheet, BeatHeight.Of(fit.Format, ink, sheet.Scale), notes);
        var pxPerS = mmPerS * sheet.Scale.X;
        residues = LimbLeads.Residues(fit.Format, ink, simultaneous);
        var columnS = ColumnS(fit, pxPerS);
        for (var i = 0; i < strips.Count; i++)
        {
            var box = Box(ink, i, sheet, fit, page);
            double? leftX = fit.HasGaps ? sheet.Canvas.PageX(i < fit.Format.Leads.Count ? fit.LeftOf(i) : fit.Left) : null;
            // A page may be cut off at its right; what is missing at its left is a gap at the beginning.
            var isLead = i < fit.Format.Leads.Count;
            var beyond = fit.Span(i).Last - sheet.Mask.Width;
            var cutOff = beyond > 1 ? beyond / pxPerS : 0;
            var start = simultaneous || !isLead ? 0 : Math.Round(fit.ColumnOf(i) * columnS, 3);
            var end = Math.Round(start + Math.Max(0, ((isLead ? 1 : fit.Format.Columns) * columnS) - cutOff), 3);
            if (i < fit.Format.Leads.Count)
            {
                var name = fit.Format.Leads[i];
                var confirmed = fit.Names[i].IsConfirmed;
                if (fit.Names[i].IsContradicted)
                    notes.Add(new Note("lead-name-contradicted", $"What is printed beside this lead does not read {name}; its name is taken from its place.", name));
                else if (!confirmed && named)
                    notes.Add(new Note("lead-name-unconfirmed", $"The name {name} could not be read; it is taken from the lead's place.", name));
                leads.Add(new LeadPlace(name.TrimStart('-'), name, confirmed ? "text" : "layout", false, box, start, end) { LeftX = leftX });
                continue;
            }

            var number = i - fit.Format.Leads.Count;
            var key = fit.Format.RhythmStrips == 1 ? "rhythm" : $"rhythm{number + 1}";
            var (rhythm, from, correlation) = Rhythm(fit, ink, i, simultaneous, named ? fit.Names[i] : default, key, leads, notes);
            agreement = Math.Min(agreement, correlation);
            leads.Add(new LeadPlace(key, rhythm, from, true, box, start, end) { LeftX = leftX });
        }

        foreach (var (names, residue) in residues)
            if (residue > LimbLeads.Others && leads.Any(lead => names.Contains(lead.Name.TrimStart('-')) && lead.NameFrom != "text"))
                notes.Add(new Note("limb-leads-disagree", $"Not all names of {string.Join(", ", names)} could be read, and their traces do not fit together as these leads' must: please check the names."));
        if (!named)
            notes.Add(new Note("lead-names-unread", "The leads' names were not read; they are taken from their places in the usual order (I, II, III; aVR, aVL, aVF; V1 to V6)."));
        var (agree, contradict) = fit.Confirmed;
        // A page on its head has rows of traces, too, and strips that look like a lead above them by chance.
        var isTold = residues.All(equation => equation.Residue <= LimbLeads.Others)
            && ((fit.Format.RhythmStrips > 0 && agreement >= SameSignal) || (residues.Count == 2 && residues.All(equation => equation.Residue < LimbLeads.Surely)));
        var confidence = named ? Math.Clamp(0.5 + (0.5 * (agree - (2 * contradict)) / fit.Format.Leads.Count), 0.1, 1) : isTold ? 0.5 * agreement : 0;
        return new PageLayout(fit.Format.Name, "traces", confidence, simultaneous, leads, notes)
        {
            TimeZeroX = sheet.Canvas.PageX(fit.Left),
            RowPx = sheet.Canvas.PageX(fit.Left + (fit.Width * fit.Format.Columns)) - sheet.Canvas.PageX(fit.Left),
            Ink = ink,
            MmPerS = mmPerS,
            SpeedFrom = speedFrom,
            MmPerMv = mmPerMv,
            GainFrom = gainFrom,
            Pulses = sheet.PulsesOn(page),
            Names = [.. fit.Names.Where(name => name.Score > 0).Select(name => sheet.OnPage(name.Word!.Box, page))],
        };
    }

    /// <summary>The paper's speed, and where it is known from: what is printed and how the heart beats, weighed together.</summary>
    private static (double MmPerS, string From) Speed(Sheet sheet, BeatPace? pace, List<Note> notes)
    {
        var forFifty = (pace?.ForFifty ?? 0) + (sheet.HasWidePulses ? WidePulse : 0);
        var isFifty = sheet.Text.IsFiftyWith(forFifty);
        if (isFifty ? sheet.Text.Fifty > 0 : sheet.Text.MmPerS == UsualMmPerS)
            return (isFifty ? FastMmPerS : UsualMmPerS, "text");
        if (isFifty)
            notes.Add(Doubt($"No paper speed could be read. 50 mm/s is taken, since at 25 mm/s this heart would beat only every {pace?.BeatMm / UsualMmPerS:F1} s, with broad complexes: if the page was recorded at 25 mm/s, please set the speed."));
        else if (sheet.Text.MmPerS == FastMmPerS)
            notes.Add(Doubt($"Something on the page reads 50 mm/s, but then this heart would beat every {pace?.BeatMm / FastMmPerS:F1} s, with very narrow complexes: if the page was recorded at 50 mm/s, please set the speed."));
        else if (forFifty >= Doubtful)
            notes.Add(Doubt($"No paper speed could be read, and at 25 mm/s this heart would beat only every {pace?.BeatMm / UsualMmPerS:F1} s: if the page was recorded at 50 mm/s, please set the speed."));
        return (isFifty ? FastMmPerS : UsualMmPerS, "assumed");

        static Note Doubt(FormattableString message) => new("speed-doubtful", message.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The amplitude, and where it is known from: a pulse, print, or how tall the beats stand.</summary>
    private static (double MmPerMv, string From) Gain(Sheet sheet, BeatHeight? height, List<Note> notes)
    {
        if (sheet.MmPerMv is { } pulse)
            return (pulse, "pulse");
        var (other, odds) = height?.Other ?? (ScaleText.UsualMmPerMv, double.NegativeInfinity);
        // "10 mm" with no speed beside it may be something else of the header.
        if (sheet.Text.MmPerMv is { } printed && (sheet.Text.MmPerS is not null || printed != ScaleText.UsualMmPerMv || odds < BeatHeight.Likely))
            return (printed, "text");
        if (height is null || odds < BeatHeight.Possible)
            return (ScaleText.UsualMmPerMv, "assumed");
        var (taken, instead) = odds >= BeatHeight.Likely ? (other, ScaleText.UsualMmPerMv) : (ScaleText.UsualMmPerMv, other);
        notes.Add(new Note("gain-doubtful", string.Create(
            CultureInfo.InvariantCulture,
            $"No amplitude could be read. {taken:0} mm/mV is taken: the beats swing by {height.Mm / taken:F1} mV then, and by {height.Mm / instead:F1} mV at {instead:0} mm/mV. If it was recorded at {instead:0} mm/mV, please set the amplitude.")));
        return (taken, "assumed");
    }

    /// <summary>
    /// A long strip's lead: what is printed beside it and what its trace agrees with, weighed together. The printed name
    /// alone may be misread, the trace alone cannot tell lateral leads apart.
    /// </summary>
    private static (string Name, string From, double Correlation) Rhythm(FormatFit fit, TraceInk ink, int strip, bool simultaneous, NameEvidence printed, string key, List<LeadPlace> others, List<Note> notes)
    {
        var rows = TraceCurve.Rows(ink.Tops[strip], ink.Bottoms[strip]);
        var correlations = Enumerable.Range(0, fit.Format.Leads.Count)
            .Select(i => SameMoment(rows, simultaneous ? 0 : (int)Math.Round(fit.ColumnOf(i) * fit.Width), TraceCurve.Rows(ink.Tops[i], ink.Bottoms[i])))
            .ToArray();
        var best = correlations.Max();
        var likeliest = Enumerable.Range(0, correlations.Length).MaxBy(i => (SaysNothing(i) ? 0 : Printed(fit.Format.Leads[i])) + Usual(fit.Format.Leads[i]) + Agreement(correlations[i]));
        var (name, correlation) = (fit.Format.Leads[likeliest].TrimStart('-'), correlations[likeliest]);
        if (best >= SameSignal && best - correlation > ClearlyBetter)
            notes.Add(new Note("rhythm-name-unsure", $"The long strip is labelled {name}, but looks more like lead {fit.Format.Leads[Array.IndexOf(correlations, best)]}.", key));
        if (Printed(name) >= NameEvidence.Least)
            return (name, "text", correlation);
        notes.Add(new Note("lead-name-unconfirmed", $"The long strip's name could not be read; its trace and its place say lead {name}.", key));
        return (name, "layout", correlation);

        static double Agreement(double alike) => -AgreementWeight * Math.Log(Math.Clamp(1 - alike, LeastDisagreement, MostDisagreement) / LeastDisagreement);

        // A single stroke may be what is left of II or III: it says little for I, and nothing against them where the strip repeats them.
        bool SaysNothing(int i) => correlations[i] >= SameSignal && fit.Format.Leads[i] is "II" or "III" && printed.Word is { IsCertain: false } word && word.Best == PrintedWord.IndexOf("I");

        double Printed(string lead) => printed.Word is { } word
            ? Math.Clamp(word.LogOdds[PrintedWord.IndexOf(lead)] - Math.Max(0, word.LogOdds[word.Best] - NameCell.MostFor(word, word.Best)), -NameCell.MostFor(word, word.Best), NameCell.MostFor(word, PrintedWord.IndexOf(lead)))
            : 0;

        // What long strips show, in this order: II almost always, then V1, then V5; and no lead twice.
        double Usual(string lead) => others.Any(other => other.IsRhythm && other.Name == lead) ? -ShownTwice : lead switch { "II" => 3, "V1" => 2, "V5" => 1.5, _ => 0 };
    }

    /// <summary>
    /// How alike a column's trace is to a long strip from an offset on (Lin's concordance: the correlation, less where one swings farther than the other),
    /// without the ends of the column, where ticks between the columns are drawn. Where the column begins is known to some pixels, a QRS is no wider.
    /// </summary>
    private static double SameMoment(double[] strip, int offset, double[] lead)
    {
        const int Ends = 8, Beside = 6;
        if (double.IsNaN(strip[0]) || double.IsNaN(lead[0]))
            return 0;
        return Enumerable.Range(-Beside, (2 * Beside) + 1).Max(lag =>
        {
            var first = Math.Max(0, offset + Ends + lag);
            var count = Math.Min(strip.Length - first, lead.Length - (2 * Ends));
            return count > 0 && count >= (lead.Length / 2) - Ends ? Concordance(strip.AsSpan(first, count), lead.AsSpan(Ends, count)) : 0;
        });
    }

    private static double Concordance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double meanA = 0, meanB = 0, ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
            (meanA, meanB) = (meanA + (a[i] / a.Length), meanB + (b[i] / a.Length));
        for (var i = 0; i < a.Length; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }

        return aa + bb == 0 ? 0 : 2 * ab / (aa + bb);
    }

    /// <summary>How long a column lasts: quarters of a second on most pages, else as long as it was measured, to a millisecond.</summary>
    private static double ColumnS(FormatFit fit, double pxPerS)
    {
        var measured = fit.Width / pxPerS;
        var quarters = Math.Round(4 * measured) / 4;
        return Math.Abs(measured - quarters) * fit.Format.Columns < SameRowS ? quarters : Math.Round(measured, 3);
    }

    private static PixelBox Box(TraceInk ink, int index, Sheet sheet, FormatFit fit, Raster page)
    {
        var strip = ink.Strips[index];
        var (above, below) = sheet.Rows.Reach(fit.RowOf(index));
        double top = strip.ZeroRow - above, bottom = strip.ZeroRow + below;
        if (ink.Extent(index) is var (first, last))
            (top, bottom) = (Math.Min(top, first - BoxMargin), Math.Max(bottom, last + 1 + BoxMargin));
        return PixelBoxes.Between(ink.Canvas.PageX(strip.First), ink.Canvas.PageY(top), ink.Canvas.PageX(strip.Last), ink.Canvas.PageY(bottom), page);
    }
}

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
    private const double LargestPageMm = 700;

    /// <summary>Ink is darker than these parts of the way from the grid's darkness to the traces', the usual one first; faint and faxed pages need others.</summary>
    private static readonly double[] InkLevels = [0.45, 0.3, 0.65];

    /// <summary>The darkest 0.4 % of a page are ink (traces alone cover 1 to 4 %), the lighter 92 % are paper and grid.</summary>
    private const double InkShare = 0.004, GridShare = 0.08;

    /// <summary>So many names must be read for a format to be believed, and so much better than any other format must it fit.</summary>
    private const int LeastNames = 3;

    private const double LeastMargin = 3;

    /// <summary>Where one distance of rows is so much larger than another, a row between was missed; traces' own baselines differ by up to half.</summary>
    private const double MostUneven = 1.8;

    /// <summary>Correlation of a long strip with a lead of the same moment; measured on clean pages: 0.97 and more for the right one.</summary>
    private const double SameSignal = 0.9;

    /// <summary>Names that correlate this much less than another lead are doubted.</summary>
    private const double ClearlyBetter = 0.15;

    /// <summary>Log odds that a correlation lower by 1 costs a long strip's name, and what it costs to be another strip's.</summary>
    private const double CorrelationWeight = 15, ShownTwice = 6;

    /// <summary>Without names, only pages of ten seconds are believed; millimetres.</summary>
    private const double LeastUnnamedMm = 235, MostUnnamedMm = 268;

    /// <summary>Speed and amplitude of pages that do not say.</summary>
    private const double UsualMmPerS = 25, UsualMmPerMv = 10;

    /// <summary>Box edges stand this far from the traces, canvas pixels: the pen's blurred edge.</summary>
    private const int BoxMargin = 4;

    /// <summary>The layout.</summary>
    /// <exception cref="RefusalException"><c>not-an-ecg</c> or <c>no-layout</c>.</exception>
    public static PageLayout Find(UprightPage page, CancellationToken cancellationToken)
    {
        if (page.ScaleFrom == "assumed")
            throw GridTexture.Share(Gray.Of(page.Pixels), cancellationToken) >= GridTexture.Paper
                ? new RefusalException(
                    RefusalCode.NoLayout,
                    "This looks like ECG paper, but it is tilted, curled or seen from the side. Please scan the page, or photograph it flat and straight from above.")
                : new RefusalException(
                    RefusalCode.NotAnEcg,
                    "This does not look like an ECG: no ECG paper was found. Is the page flat, upright and large in the picture?");
        if (Math.Max(page.Pixels.Width / page.PxPerMmX, page.Pixels.Height / page.PxPerMmY) > LargestPageMm)
            throw new RefusalException(RefusalCode.NoLayout, "This looks like ruled paper, but the page would be larger than any ECG. Is it one page, taken from the front?");

        Sheet? best = null;
        foreach (var sheet in Sheets(page, cancellationToken))
        {
            best = best is null || sheet.Score > best.Score ? sheet : best;
            if (Believable(best) && best.Fits[0].IsSure)
                break;
        }

        return Layout(best!, page.Pixels, cancellationToken);
    }

    /// <summary>The page at each level of ink, one after the other as they are asked for; last, where there is colour, with coloured ink.</summary>
    private static IEnumerable<Sheet> Sheets(UprightPage page, CancellationToken cancellationToken)
    {
        var colours = TraceCanvas.Of(page.Pixels, page.PxPerMmX, page.PxPerMmY);
        var scale = new CanvasScale(page.PxPerMmX / colours.ScaleX, page.PxPerMmY / colours.ScaleY);
        foreach (var coloured in page.Pixels.Channels == 1 ? [false] : new[] { false, true })
        {
            var canvas = colours with { Gray = EvenPaper.Of(colours.Gray, scale.X, coloured) };
            foreach (var level in coloured ? InkLevels[..1] : InkLevels)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return Sheet.Of(canvas, scale, Threshold(canvas.Gray, level), cancellationToken);
            }
        }
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
        && Even(sheet, sheet.Fits[0]);

    private static bool Even(Sheet sheet, FormatFit fit) => sheet.Rows.Unevenness(fit.FirstRow, fit.Format.Rows) <= MostUneven;

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
            return Placed(sheet, sheet.WithoutNamesBefore(sheet.Fits[0]), page, true, cancellationToken);
        if (sheet.Fits[0].Confirmed.For >= LeastNames && !Even(sheet, sheet.Fits[0]))
            throw NoLayout("a row of traces between the others could not be found");
        if (sheet.Fits[0].Confirmed.For >= LeastNames)
            throw NoLayout("the names beside the traces fit no known arrangement, or two equally well");
        // Without names only the long strips tell: they repeat leads above them.
        foreach (var fit in sheet.Fits.Where(fit => Even(sheet, fit) && fit.Format.RhythmStrips > 0 && !fit.Format.Name.Contains("cabrera", StringComparison.Ordinal) && sheet.Rows.Baselines.Count == fit.Format.Rows + fit.Format.RhythmStrips
                     && (sheet.Rows.Right - sheet.Rows.Left) / sheet.Scale.X is > LeastUnnamedMm and < MostUnnamedMm).OrderByDescending(fit => fit.Format.RhythmStrips))
        {
            if (Placed(sheet, fit, page, false, cancellationToken) is { } placed && placed.Confidence > 0)
                return placed;
        }

        throw NoLayout("the leads' names could not be read, and no long strip agrees with the leads above it");
    }

    /// <summary>The boxes of a fit; confidence 0 where nothing confirms it.</summary>
    private static PageLayout Placed(Sheet sheet, FormatFit fit, Raster page, bool named, CancellationToken cancellationToken)
    {
        var strips = sheet.Strips(fit);
        var ink = TraceInk.On(sheet.Canvas, sheet.Mask, strips, cancellationToken);
        var notes = new List<Note>();
        var leads = new List<LeadPlace>();
        var mmPerS = sheet.Text.MmPerS ?? UsualMmPerS;
        var pxPerS = mmPerS * sheet.Scale.X;
        var agreement = 1.0;
        for (var i = 0; i < strips.Count; i++)
        {
            var strip = strips[i];
            var box = Box(ink, i, sheet, fit, page);
            double start = (strip.First - fit.Left) / pxPerS, end = (strip.Last - fit.Left) / pxPerS;
            if (i < fit.Format.Leads.Count)
            {
                var name = fit.Format.Leads[i];
                var confirmed = fit.Names[i].IsConfirmed;
                if (fit.Names[i].IsContradicted)
                    notes.Add(new Note("lead-name-contradicted", $"What is printed beside this lead does not read {name}; its name is taken from its place.", name));
                else if (!confirmed && named)
                    notes.Add(new Note("lead-name-unconfirmed", $"The name {name} could not be read; it is taken from the lead's place.", name));
                leads.Add(new LeadPlace(name.TrimStart('-'), name, confirmed ? "text" : "layout", false, box, Math.Round(start, 3), Math.Round(end, 3)));
                continue;
            }

            var number = i - fit.Format.Leads.Count;
            var key = fit.Format.RhythmStrips == 1 ? "rhythm" : $"rhythm{number + 1}";
            var (rhythm, from, correlation) = Rhythm(fit, ink, i, named ? fit.Names[i] : default, key, leads, notes);
            agreement = Math.Min(agreement, correlation);
            leads.Add(new LeadPlace(key, rhythm, from, true, box, Math.Round(start, 3), Math.Round(end, 3)));
        }

        if (!named)
            notes.Add(new Note("lead-names-unread", "The leads' names were not read; they are taken from their places in the usual order (I, II, III; aVR, aVL, aVF; V1 to V6)."));
        var (agree, contradict) = fit.Confirmed;
        var confidence = named ? Math.Clamp(0.5 + (0.5 * (agree - (2 * contradict)) / fit.Format.Leads.Count), 0.1, 1) : agreement >= SameSignal ? 0.5 * agreement : 0;
        return new PageLayout(fit.Format.Name, "traces", confidence, false, leads, notes)
        {
            TimeZeroX = sheet.Canvas.PageX(fit.Left),
            Ink = ink,
            MmPerS = mmPerS,
            SpeedFrom = sheet.Text.MmPerS is null ? "assumed" : "text",
            MmPerMv = sheet.MmPerMv ?? sheet.Text.MmPerMv ?? UsualMmPerMv,
            GainFrom = sheet.MmPerMv is not null ? "pulse" : sheet.Text.MmPerMv is not null ? "text" : "assumed",
            Pulses = sheet.PulsesOn(page),
        };
    }

    /// <summary>
    /// A long strip's lead: what is printed beside it and what its trace agrees with, weighed together. The printed name
    /// alone may be misread, the trace alone cannot tell lateral leads apart.
    /// </summary>
    private static (string Name, string From, double Correlation) Rhythm(FormatFit fit, TraceInk ink, int strip, NameEvidence printed, string key, List<LeadPlace> others, List<Note> notes)
    {
        var rows = TraceCurve.Rows(ink.Tops[strip], ink.Bottoms[strip]);
        var correlations = Enumerable.Range(0, fit.Format.Leads.Count)
            .Select(i => SameMoment(rows.AsSpan(Math.Max(0, ink.Strips[i].First - ink.Strips[strip].First)), TraceCurve.Rows(ink.Tops[i], ink.Bottoms[i])))
            .ToArray();
        var best = correlations.Max();
        var likeliest = Enumerable.Range(0, correlations.Length).MaxBy(i => Printed(fit.Format.Leads[i]) + Usual(fit.Format.Leads[i]) + (CorrelationWeight * (correlations[i] - best)));
        var (name, correlation) = (fit.Format.Leads[likeliest].TrimStart('-'), correlations[likeliest]);
        if (best >= SameSignal && best - correlation > ClearlyBetter)
            notes.Add(new Note("rhythm-name-unsure", $"The long strip is labelled {name}, but looks more like lead {fit.Format.Leads[Array.IndexOf(correlations, best)]}.", key));
        if (Printed(name) >= NameEvidence.Least)
            return (name, "text", correlation);
        notes.Add(new Note("lead-name-unconfirmed", $"The long strip's name could not be read; its trace and its place say lead {name}.", key));
        return (name, "layout", correlation);

        // A single stroke may be what is left of II, so that it says little for I and against others.
        double Printed(string lead) => printed.Word is { } word
            ? Math.Clamp(word.LogOdds[PrintedWord.IndexOf(lead)], -NameCell.MostFor(word.Best), NameCell.MostFor(PrintedWord.IndexOf(lead)))
            : 0;

        // What long strips show, in this order: II almost always, then V1, then V5; and no lead twice.
        double Usual(string lead) => others.Any(other => other.IsRhythm && other.Name == lead) ? -ShownTwice : lead switch { "II" => 3, "V1" => 1, "V5" => 0.5, _ => 0 };
    }

    /// <summary>Correlation without the ends of the column, where ticks between the columns are drawn.</summary>
    private static double SameMoment(ReadOnlySpan<double> strip, ReadOnlySpan<double> lead)
    {
        const int Ends = 8;
        var count = Math.Min(strip.Length, lead.Length) - (2 * Ends);
        return count > 0 && !double.IsNaN(strip[0]) && !double.IsNaN(lead[0]) ? TraceCurve.Correlation(strip.Slice(Ends, count), lead.Slice(Ends, count)) : 0;
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

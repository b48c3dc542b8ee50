using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using EcgImageWeb.Analysis.Corrections;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Analysis.Signals;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Leads;
using EcgImageWeb.Vision.Signals;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Analysis;

/// <summary>
/// The way of a page, from bytes to result: decode, upright, layout, leads, trace, inference, signals, signal models.
/// Stateless but for the shared models; any number of threads may analyze at once.
/// </summary>
/// <param name="models">The image models that answer.</param>
/// <param name="limits">What is decoded at most.</param>
/// <param name="signalModels">The signal models that answer; null leaves their part of the result out.</param>
public sealed class PageAnalyzer(ImageModels models, DecodeLimits limits, SignalModels? signalModels = null)
{
    /// <summary>The image models that can be asked for.</summary>
    public ImageModels Models => models;

    /// <summary>The signal models that can be asked for; null for none.</summary>
    public SignalModels? SignalModels => signalModels;

    /// <summary>Analyzes one page.</summary>
    /// <param name="fileName">Name of the file without folders; it is only repeated in the result.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="options">Which models, and how the leads' answers are combined.</param>
    /// <param name="progress">Told the stage that begins and the share of the way behind it.</param>
    /// <param name="cancellationToken">Stops between and inside stages.</param>
    /// <exception cref="RefusalException">The input cannot be worked on, or the corrections do not fit it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public PageAnalysis Analyze(
        string fileName,
        ReadOnlyMemory<byte> bytes,
        AnalysisOptions options,
        IProgress<StageProgress>? progress,
        CancellationToken cancellationToken) =>
        Analyze(fileName, bytes, options, new StageRecords(), progress, cancellationToken);

    /// <summary>The same for a page that was analyzed before: stages that no correction since has touched are not run again.</summary>
    /// <param name="fileName">Name of the file without folders; it is only repeated in the result.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="options">Which models, how the leads' answers are combined, and what a person corrected.</param>
    /// <param name="kept">Records of earlier analyses of the same bytes; this analysis' own are put there.</param>
    /// <param name="progress">Told the stage that begins and the share of the way behind it.</param>
    /// <param name="cancellationToken">Stops between and inside stages.</param>
    /// <exception cref="RefusalException">The input cannot be worked on, or the corrections do not fit it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public PageAnalysis Analyze(
        string fileName,
        ReadOnlyMemory<byte> bytes,
        AnalysisOptions options,
        StageRecords kept,
        IProgress<StageProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(kept);
        var set = options.Corrections is { IsEmpty: false } corrections ? CorrectionsJson.Check(corrections) : null;
        var clock = new StageClock(progress, kept, cancellationToken);
        // A stage's record stays what it is under the same corrections of it and of the stages before.
        string ofPage = Key(set?.Corners, set?.TurnDeg, set?.PxPerMmX, set?.PxPerMmY, set?.Layout), ofLayout = ofPage + Key(set?.MmPerS, set?.Leads), ofTraces = ofLayout + Key(set?.Redrawn);

        var (image, page, found) = clock.Kept(ofPage, () => Document(bytes, set, clock, cancellationToken), "decode", "upright", "layout");
        var layout = Corrector.Layout(found, page, set);
        var leads = clock.Time("leads", 0.45, ofLayout, () => Corrector.EachLead(layout, set, one => LeadCutter.Cut(page, one, cancellationToken)));
        var traced = clock.Time("trace", 0.55, ofTraces, () => Traced.Of(page, layout, set, cancellationToken));
        var answers = clock.Time("inference", 0.65, () => models.Ask(options, page, leads, traced.Traces, cancellationToken));
        var signals = options.SignalRateHz is { } rateHz
            ? clock.Time("signals", 0.75, () => SignalReader.Read(page, layout, traced.Traces, rateHz, traced.Redrawn, models.Ink, cancellationToken))
            : null;
        var said = signals is not null && signalModels is not null && options.Models is not { Count: 0 }
            ? clock.Time("signal-models", 0.80, () => signalModels.Ask([.. signals.Leads.Select(lead => LevelLead.Of(lead.Signal))], options.Models, null, cancellationToken))
            : null;

        var result = new AnalysisResult(
            Version: 1,
            Source(fileName, bytes, image),
            Geometry(page, layout, set),
            new LayoutInfo(layout.Name, layout.From, layout.Confidence, layout.ColumnsSimultaneous),
            [.. leads.Select((lead, i) => Lead(lead, traced.Traces[i], signals?.Leads[i], layout, answers.LeadProbabilities(i), set) with { SignalModels = said?.Leads[i] })],
            new PageResult(answers.Pages) { SignalModels = said?.Whole, Measurements = said?.Measurements, Beats = said?.Beats },
            [.. answers.Models, .. said?.Models ?? []],
            [.. Warnings(fileName, image, page, layout, answers, signals), .. (said?.Notes ?? []).Select(note => new Warning(note.Code, note.Lead, note.Message))],
            clock.Milliseconds(),
            set)
        { Ink = signals is null ? null : new InkInfo(signals.Ink.From, signals.Ink.Why) };
        return new PageAnalysis(result, page, leads, traced.Traces, signals) { Source = image.Pixels };
    }

    /// <summary>
    /// The first sheet of a document that shows an ECG (the first may be a letter), with the leads of the sheets that follow
    /// where it shows only some of the twelve.
    /// </summary>
    private Located Document(ReadOnlyMemory<byte> bytes, PageCorrections? set, StageClock clock, CancellationToken cancellationToken)
    {
        RefusalException? refusal = null;
        for (int sheet = 1, last = 1; sheet <= last; sheet++)
        {
            try
            {
                var (image, page, layout) = Sheet(sheet, set);
                for (var next = sheet + 1; next <= Math.Min(image.Pages, sheet + SheetJoiner.MostSheets - 1) && SheetJoiner.IsPart(layout); next++)
                    if (Following(next) is var (_, nextPage, nextLayout) && SheetJoiner.Join(page, layout, nextPage, nextLayout) is var (joined, both))
                        (page, layout) = (joined, both);
                return new Located(image, page, layout);
            }
            catch (RefusalException refused) when (refused.Code is RefusalCode.NotAnEcg or RefusalCode.NoLayout)
            {
                refusal ??= refused;
            }

            // Corrections are of the sheet that the person sees; where they say how it stands, nothing else is tried.
            Located Sheet(int number, PageCorrections? corrections)
            {
                var image = clock.Time("decode", 0.00, $"sheet {number}", () => PageDecoder.Decode(bytes, limits, number, cancellationToken));
                last = Math.Min(image.Pages, SheetJoiner.MostSheets);
                var page = clock.Time("upright", 0.15, () => Corrector.Upright(image, corrections, cancellationToken));
                (page, var layout) = clock.Time("layout", 0.30, () => Corrector.Locate(image, page, corrections, models.Ink, cancellationToken));
                return new Located(image, page, layout);
            }

            Located? Following(int number)
            {
                try
                {
                    return Sheet(number, null);
                }
                catch (RefusalException)
                {
                    // What cannot be read is no part of this recording; the first sheet stands for itself.
                    return null;
                }
            }
        }

        throw refusal!;
    }

    private static SourceInfo Source(string fileName, ReadOnlyMemory<byte> bytes, PageImage image) => new(
        fileName,
        Convert.ToHexStringLower(SHA256.HashData(bytes.Span)),
        image.Format,
        image.Pixels.Width,
        image.Pixels.Height,
        image.Page,
        image.Pages);

    private static GeometryInfo Geometry(UprightPage page, PageLayout layout, PageCorrections? set) => new(
        page.RotationDeg,
        page.PxPerMmX,
        page.PxPerMmY,
        page.ScaleFrom,
        layout.MmPerS,
        layout.MmPerMv,
        layout.SpeedFrom,
        layout.GainFrom,
        [.. page.Corners.Select(corner => new[] { corner.X, corner.Y })],
        set?.Corners is null ? null : Corrector.User);

    private static LeadResult Lead(
        LeadImage lead,
        LeadTrace trace,
        DigitizedLead? digitized,
        PageLayout layout,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? answers,
        PageCorrections? set) => new(
        lead.Place.Key,
        lead.Place.Name,
        lead.Place.NameFrom,
        new Box(lead.Place.Box.X, lead.Place.Box.Y, lead.Place.Box.Width, lead.Place.Box.Height),
        lead.Place.StartS,
        lead.Place.EndS,
        digitized?.Signal.Coverage ?? trace.Coverage,
        // A lead is no surer than the layout it was cut by, nor than the share of it that was seen or whose ink is explained.
        layout.Confidence * (digitized?.MeanConfidence ?? trace.Coverage),
        lead.Threshold,
        answers,
        set?.Leads?.Any(one => one.Key == lead.Place.Key && one.Box is not null) == true ? Corrector.User : null,
        set?.Redrawn?.Count(piece => piece.Lead == lead.Place.Key) is > 0 and var pieces ? pieces : null);

    private static IEnumerable<Warning> Warnings(string fileName, PageImage image, UprightPage page, PageLayout layout, ImageAnswers answers, DigitizedPage? signals) =>
        page.Notes.Concat(PageDecoder.EndingNote(fileName, image.Format) is { } ending ? [ending] : Array.Empty<Note>()).Concat(layout.Notes).Concat(answers.Notes)
            .Concat(Assumed(layout)).Concat(signals is null ? [] : LeadChecks.Of([.. signals.Leads.Select(lead => lead.Signal)]))
            .Select(note => new Warning(note.Code, note.Lead, note.Message));

    private static IEnumerable<Note> Assumed(PageLayout layout)
    {
        if (layout.SpeedFrom == "assumed" && layout.GainFrom == "assumed")
            yield return new Note("speed-and-gain-assumed", $"Paper speed and gain are not read from the page: {layout.MmPerS:0.#} mm/s and {layout.MmPerMv:0.#} mm/mV are assumed.");
        else if (layout.SpeedFrom == "assumed")
            yield return new Note("speed-assumed", $"Paper speed is not read from the page: {layout.MmPerS:0.#} mm/s is assumed.");
        else if (layout.GainFrom == "assumed")
            yield return new Note("gain-assumed", $"The gain is not read from the page: {layout.MmPerMv:0.#} mm/mV is assumed.");
    }

    private static string Key(params object?[] parts) => JsonSerializer.Serialize(parts);

    /// <summary>The page that is read, and where its leads are.</summary>
    private sealed record Located(PageImage Image, UprightPage Page, PageLayout Layout);

    /// <summary>The traces with what was redrawn in them, and the redrawn pieces themselves.</summary>
    private sealed record Traced(IReadOnlyList<LeadTrace> Traces, IReadOnlyList<RedrawnTrace> Redrawn)
    {
        public static Traced Of(UprightPage page, PageLayout layout, PageCorrections? set, CancellationToken cancellationToken)
        {
            var traces = Corrector.EachLead(layout, set, one => LeadTracer.Trace(page, one, cancellationToken));
            var redrawn = Corrector.Redrawn(page, layout, set, cancellationToken);
            return new Traced([.. traces.Select((trace, i) => redrawn.Where(piece => piece.Lead == i).Aggregate(trace, (whole, piece) => piece.Into(whole)))], redrawn);
        }
    }

    private sealed class StageClock(IProgress<StageProgress>? progress, StageRecords kept, CancellationToken cancellationToken)
    {
        private readonly Dictionary<string, double> milliseconds = [];
        private readonly long start = Stopwatch.GetTimestamp();

        /// <summary>Runs a stage unless its record is still there; then it took no time and is not reported.</summary>
        public T Time<T>(string stage, double shareBehind, string key, Func<T> work)
            where T : class
        {
            if (kept.Find<T>(stage, key) is { } record)
            {
                milliseconds[stage] = 0;
                return record;
            }
            record = Time(stage, shareBehind, work);
            kept.Keep(stage, key, record);
            return record;
        }

        /// <summary>What some stages make together, unless it is still there; then they took no time and are not reported.</summary>
        public T Kept<T>(string key, Func<T> work, params string[] stages)
            where T : class
        {
            if (kept.Find<T>(typeof(T).Name, key) is { } record)
            {
                foreach (var stage in stages)
                    milliseconds[stage] = 0;
                return record;
            }
            record = work();
            kept.Keep(typeof(T).Name, key, record);
            return record;
        }

        public T Time<T>(string stage, double shareBehind, Func<T> work)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new StageProgress(stage, shareBehind));
            var began = Stopwatch.GetTimestamp();
            var made = work();
            milliseconds[stage] = Math.Round(milliseconds.GetValueOrDefault(stage) + Stopwatch.GetElapsedTime(began).TotalMilliseconds, 1);
            return made;
        }

        public Dictionary<string, double> Milliseconds()
        {
            milliseconds["total"] = Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 1);
            return milliseconds;
        }
    }
}

using System.Diagnostics;
using System.Security.Cryptography;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Leads;
using EcgImageWeb.Vision.Signals;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Analysis;

/// <summary>
/// The way of a page, from bytes to result: decode, upright, layout, leads, trace, inference, signals.
/// Stateless but for the shared models; any number of threads may analyze at once.
/// </summary>
/// <param name="models">The image models that answer.</param>
/// <param name="limits">What is decoded at most.</param>
public sealed class PageAnalyzer(ImageModels models, DecodeLimits limits)
{
    /// <summary>The models that can be asked for.</summary>
    public ImageModels Models => models;

    /// <summary>Analyzes one page.</summary>
    /// <param name="fileName">Name of the file without folders; it is only repeated in the result.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="options">Which models, and how the leads' answers are combined.</param>
    /// <param name="progress">Told the stage that begins and the share of the way behind it.</param>
    /// <param name="cancellationToken">Stops between and inside stages.</param>
    /// <exception cref="RefusalException">The input cannot be worked on.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public PageAnalysis Analyze(
        string fileName,
        ReadOnlyMemory<byte> bytes,
        AnalysisOptions options,
        IProgress<StageProgress>? progress,
        CancellationToken cancellationToken)
    {
        var clock = new StageClock(progress, cancellationToken);

        var (image, page, layout) = Document(bytes, clock, cancellationToken);
        var leads = clock.Time("leads", 0.45, () => LeadCutter.Cut(page, layout, cancellationToken));
        var traces = clock.Time("trace", 0.55, () => LeadTracer.Trace(page, layout, cancellationToken));
        var answers = clock.Time("inference", 0.65, () => models.Ask(options, page, leads, traces, cancellationToken));
        var signals = options.SignalRateHz is { } rateHz
            ? clock.Time("signals", 0.75, () => SignalReader.Read(page, layout, traces, rateHz, cancellationToken))
            : null;

        var result = new AnalysisResult(
            Version: 1,
            Source(fileName, bytes, image),
            Geometry(page, layout),
            new LayoutInfo(layout.Name, layout.From, layout.Confidence, layout.ColumnsSimultaneous),
            [.. leads.Select((lead, i) => Lead(lead, traces[i], signals?.Leads[i], layout, answers.LeadProbabilities(i)))],
            new PageResult(answers.Pages),
            answers.Models,
            [.. Warnings(fileName, image, page, layout, answers)],
            clock.Milliseconds());
        return new PageAnalysis(result, page, leads, traces, signals);
    }

    /// <summary>
    /// The first sheet of a document that shows an ECG (the first may be a letter), with the leads of the sheets that follow
    /// where it shows only some of the twelve.
    /// </summary>
    private (PageImage Image, UprightPage Page, PageLayout Layout) Document(ReadOnlyMemory<byte> bytes, StageClock clock, CancellationToken cancellationToken)
    {
        RefusalException? refusal = null;
        for (int sheet = 1, last = 1; sheet <= last; sheet++)
        {
            try
            {
                var (image, page, layout) = Sheet(sheet);
                for (var next = sheet + 1; next <= Math.Min(image.Pages, sheet + SheetJoiner.MostSheets - 1) && SheetJoiner.IsPart(layout); next++)
                    if (Following(next) is var (_, nextPage, nextLayout) && SheetJoiner.Join(page, layout, nextPage, nextLayout) is var (joined, both))
                        (page, layout) = (joined, both);
                return (image, page, layout);
            }
            catch (RefusalException refused) when (refused.Code is RefusalCode.NotAnEcg or RefusalCode.NoLayout)
            {
                refusal ??= refused;
            }

            (PageImage, UprightPage, PageLayout) Sheet(int number)
            {
                var image = clock.Time("decode", 0.00, () => PageDecoder.Decode(bytes, limits, number, cancellationToken));
                last = Math.Min(image.Pages, SheetJoiner.MostSheets);
                var page = clock.Time("upright", 0.15, () => PageUprighter.Upright(image, cancellationToken));
                (page, var layout) = clock.Time("layout", 0.30, () => PageLocator.Locate(image, page, cancellationToken));
                return (image, page, layout);
            }

            (PageImage, UprightPage, PageLayout)? Following(int number)
            {
                try
                {
                    return Sheet(number);
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

    private static GeometryInfo Geometry(UprightPage page, PageLayout layout) => new(
        page.RotationDeg,
        page.PxPerMmX,
        page.PxPerMmY,
        page.ScaleFrom,
        layout.MmPerS,
        layout.MmPerMv,
        layout.SpeedFrom,
        layout.GainFrom,
        [.. page.Corners.Select(corner => new[] { corner.X, corner.Y })]);

    private static LeadResult Lead(
        LeadImage lead,
        LeadTrace trace,
        DigitizedLead? digitized,
        PageLayout layout,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? answers) => new(
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
        answers);

    private static IEnumerable<Warning> Warnings(string fileName, PageImage image, UprightPage page, PageLayout layout, ImageAnswers answers) =>
        page.Notes.Concat(PageDecoder.EndingNote(fileName, image.Format) is { } ending ? [ending] : Array.Empty<Note>()).Concat(layout.Notes).Concat(answers.Notes)
            .Concat(Assumed(layout))
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

    private sealed class StageClock(IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        private readonly Dictionary<string, double> milliseconds = [];
        private readonly long start = Stopwatch.GetTimestamp();

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

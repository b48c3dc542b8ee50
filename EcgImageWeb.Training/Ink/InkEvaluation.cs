using System.Globalization;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Signal.Measures;
using EcgImageWeb.Training.Evaluation;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Signals;
using EcgImageWeb.Vision.Synthesis;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Training.Ink;

/// <summary>What the ink network is worth: pages of held-out records read with it and without.</summary>
public static class InkEvaluation
{
    private static readonly (string Name, PageLook Look, bool IsHard)[] Kinds =
        [("clean", PageLook.Clean, false), ("scan, mild", PageLook.Scan, false), ("scan, hard", PageLook.Scan, true), ("photo, mild", PageLook.Photo, false), ("photo, hard", PageLook.Photo, true)];

    /// <summary>Draws pages and reads them.</summary>
    /// <param name="model">The loaded network.</param>
    /// <param name="records">Held-out records.</param>
    /// <param name="pagesAKind">Pages of each kind; the records are taken evenly.</param>
    /// <param name="seed">Decides designs and wear.</param>
    /// <param name="progress">Told how many pages are done.</param>
    /// <param name="cancellationToken">Observed between pages.</param>
    /// <returns>A Markdown table: mean SNR by measure (a) of the pages that are not refused, without and with the network.</returns>
    public static string Table(Model model, IReadOnlyList<string> records, int pagesAKind, int seed, Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        var network = new InkNetwork(model);
        var read = new (double Without, double With, bool IsNetworks)?[Kinds.Length * pagesAKind];
        var done = 0;
        Parallel.For(0, read.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var (kind, record) = (Kinds[i / pagesAKind], records[i % pagesAKind * records.Count / pagesAKind]);
            read[i] = Read(network, record, kind.Look, kind.IsHard, unchecked(seed + (InkTiles.SeedStep * i)), cancellationToken);
            progress?.Invoke(Interlocked.Increment(ref done));
        });

        static string Db(IEnumerable<double> values) => values.DefaultIfEmpty(double.NaN).Average().ToString("0.00", CultureInfo.InvariantCulture);
        return MarkdownTable.Of(
            ["held-out pages", "read", "SNR without, dB", "with, dB", "read by the network's ink", "more than 0.5 dB better", "worse"],
            Kinds.Select((kind, k) =>
            {
                var pages = read.Skip(k * pagesAKind).Take(pagesAKind).OfType<(double Without, double With, bool IsNetworks)>().ToArray();
                return (IReadOnlyList<string>)[
                    kind.Name, $"{pages.Length} of {pagesAKind}", Db(pages.Select(page => page.Without)), Db(pages.Select(page => page.With)), $"{pages.Count(page => page.IsNetworks)}",
                    $"{pages.Count(page => page.With > page.Without + 0.5)}", $"{pages.Count(page => page.With < page.Without - 0.5)}"];
            }));
    }

    private static (double Without, double With, bool IsNetworks)? Read(InkNetwork network, string record, PageLook look, bool isHard, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var design = PageDesigns.Draw(random);
        var drawn = PageGenerator.Generate(InkTiles.Leads(record), design, PageWears.Draw(random, look, isHard, design), seed, cancellationToken);
        try
        {
            var image = PageDecoder.Decode(drawn.File, DecodeLimits.Default, cancellationToken);
            var (page, layout) = PageLocator.Locate(image, PageUprighter.Upright(image, cancellationToken), network, cancellationToken);
            var traces = LeadTracer.Trace(page, layout, cancellationToken);
            DigitizedPage By(InkNetwork? ink) => SignalReader.Read(page, layout, traces, SignalReader.DefaultRateHz, [], ink, cancellationToken);
            double Snr(DigitizedPage digitized) => DigitizationMeasure.ComparePage(drawn.Truth, [.. digitized.Leads.Select(lead => lead.Signal)], removeMean: false).SnrDb;
            var with = By(network);
            return (Snr(By(null)), Snr(with), with.Ink.From == "network");
        }
        catch (RefusalException)
        {
            // A page that is refused is read neither way.
            return null;
        }
    }
}

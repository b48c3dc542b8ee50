using System.Globalization;
using EcgImageWeb.Analysis;
using EcgImageWeb.Analysis.Signals;
using EcgImageWeb.Inference;
using EcgImageWeb.Signal.DataSets;
using EcgImageWeb.Training.Evaluation;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Synthesis;

namespace EcgImageWeb.Cli.Commands;

/// <summary>
/// <c>evaluate digitized-signals</c>: how far the signal models' figures fall when a recording goes over paper: drawn on a page, looked at, read again. The
/// models have learned from these recordings, so their accuracy here says nothing; the fall does.
/// </summary>
internal static class DigitizedSignalsEvaluation
{
    private const double SameBeatS = 0.15;
    private const double UsualMmPerS = 25;
    private const string Missed = "";

    // A strip in the middle of the page and in all its leads: what is measured is the paper, not the choice of lead.
    private static readonly PageFormat Format = PageFormat.Named("3x4+1");

    private static readonly string[] Looks = ["clean", "scan", "photo"];

    public static object Run(string data, string? parts, int count, CancellationToken cancellationToken)
    {
        using var library = AnalyzeCommand.OpenLibrary(InferenceDevice.Cpu);
        var models = new SignalModels(library);
        var there = DigitizedStrips.Models.Where(name => models.Manifests.Any(manifest => manifest.Name == name)).ToArray();
        if (there.Length == 0)
            throw new UsageException($"There is none of the signal models {string.Join(", ", DigitizedStrips.Models)} in {Repository.Models}.");
        var all = there.SelectMany(model => Looks.Select(look => (Model: model, Look: look))).ToArray();
        var wanted = parts is null or "report" ? all : [.. parts.Split(',').Select(part => all.FirstOrDefault(known => $"{known.Model}:{known.Look}" == part) is { Model: not null } known
            ? known
            : throw new UsageException($"There is no part '{part}'; there are {string.Join(", ", all.Select(known => $"{known.Model}:{known.Look}"))}."))];
        if (parts != "report")
            Fill(new DigitizedStrips(data), models, wanted, count, cancellationToken);
        return Report(models, all);
    }

    private static void Fill(DigitizedStrips strips, SignalModels models, (string Model, string Look)[] parts, int count, CancellationToken cancellationToken)
    {
        using var library = AnalyzeCommand.OpenLibrary(InferenceDevice.Cpu);
        var analyzer = new PageAnalyzer(new ImageModels(library), DecodeLimits.Default);
        var chosen = parts.Select(part => part.Model).Distinct().ToDictionary(model => model, model => strips.Of(model, count));
        Progress.Run("pages", parts.Sum(part => chosen[part.Model].Count), step =>
        {
            foreach (var (model, look) in parts)
            {
                foreach (var (strip, index) in chosen[model].Select((strip, index) => (strip, index)))
                {
                    step($"{model}:{look} {strip.Name}");
                    var file = FileOf(models, model, look, strip.Name);
                    if (!File.Exists(file))
                        One(analyzer, models, strip, model, look, index, cancellationToken).Write(file);
                }
            }
        });
    }

    private static DigitizedItem One(PageAnalyzer analyzer, SignalModels models, DigitizedStrip strip, string model, string look, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var design = PageDesigns.Draw(random, Format);
        // All ten seconds, at the speed of most pages: others show half of them.
        while (design.MmPerS != UsualMmPerS || design.Seconds < SegmentSet.SegmentS)
            design = PageDesigns.Draw(random, Format);
        var wear = PageWears.Draw(random, Enum.Parse<PageLook>(look, ignoreCase: true), isHard: false, design);
        var page = PageGenerator.Generate([.. PageGenerator.LeadNames.Select(name => strip.Lead with { Name = name })], design, wear, seed, cancellationToken);
        string[]? digitized = null;
        string? refusal = null;
        try
        {
            var signals = analyzer.Analyze($"page.{page.FileType}", page.File, new AnalysisOptions(Models: []), null, cancellationToken).Signals!;
            digitized = Answers(models.Ask([.. signals.Leads.Select(lead => lead.Signal)], [model], null, cancellationToken), model, strip);
        }
        catch (RefusalException refused)
        {
            refusal = refused.Code;
        }
        return new DigitizedItem(model, look, strip.Name, strip.Truth, Answers(models.Ask([strip.Lead], [model], null, cancellationToken), model, strip), digitized, refusal);
    }

    private static string[] Answers(SignalAnswers said, string model, DigitizedStrip strip) => strip.BeatS.Length == 0
        ? [said.Whole?.GetValueOrDefault(model)?.Class ?? Missed]
        : [.. strip.BeatS.Select(beatS => (said.Beats ?? []).MinBy(beat => Math.Abs(beat.TimeS - beatS)) is { } nearest && Math.Abs(nearest.TimeS - beatS) <= SameBeatS ? nearest.Class : Missed)];

    private static List<object> Report(SignalModels models, IEnumerable<(string Model, string Look)> parts)
    {
        var figures = new List<object>();
        var rows = new List<string[]>();
        foreach (var (model, look) in parts)
        {
            var folder = Path.GetDirectoryName(FileOf(models, model, look, "x"))!;
            var items = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(DigitizedItem.Read).OfType<DigitizedItem>().ToArray() : [];
            if (items.Length == 0)
                continue;
            var labels = models.Manifests.First(manifest => manifest.Name == model).Labels;
            var read = items.Where(item => item.Digitized is not null).ToArray();
            var (direct, digitized) = (Score(labels, read, item => item.Direct), Score(labels, read, item => item.Digitized!));
            var same = read.SelectMany(item => item.Direct.Zip(item.Digitized!)).DefaultIfEmpty().Average(pair => pair.First == pair.Second ? 1.0 : 0);
            var refusals = string.Join(", ", items.Where(item => item.Digitized is null).CountBy(item => item.Refusal ?? "refused").Select(count => $"{count.Value} {count.Key}"));
            rows.Add([
                model, look, $"{items.Length}", refusals, Percent(direct.Accuracy), Percent(direct.F1), Percent(digitized.Accuracy), Percent(digitized.F1),
                Percent(direct.F1 - digitized.F1), Percent(same)]);
            figures.Add(new { model, look, pages = items.Length, refused = items.Length - read.Length, direct = new { direct.Accuracy, direct.F1 }, digitized = new { digitized.Accuracy, digitized.F1 }, same });
        }
        var report = $"""
            # Signal models on what comes back from paper

            A strip of ten seconds, as recorded and after it was drawn on a page (3x4+1, 25 mm/s, any design, mild wear), looked at and read again. In percent; classes in
            equal numbers as far as there are; figures over the pages that were read. The models have learned from these recordings: what counts is the fall.
            Seed 1; commit {Repository.Commit() ?? "unknown"}; `./ecg evaluate digitized-signals` repeats it.

            {MarkdownTable.Of(["model", "look", "pages", "refused", "accuracy, recorded", "macro F1, recorded", "accuracy, digitized", "macro F1, digitized", "F1 falls by", "same answer"], rows)}
            """;
        Console.WriteLine(report);
        var file = Path.Combine(Repository.Root, "docs", "results", "digitized-signals.md");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, report);
        Console.Error.WriteLine($"Written to {file}.");
        return figures;
    }

    /// <summary>Accuracy, and mean F1 of the classes that occur; a beat that was not found has no class, which is wrong.</summary>
    internal static (double Accuracy, double F1) Score(IReadOnlyList<string> labels, IReadOnlyList<DigitizedItem> items, Func<DigitizedItem, string[]> answersOf)
    {
        string[] known = [.. labels, Missed];
        var matrix = ConfusionMatrix.Of(
            known, [.. items.SelectMany(item => item.Truth).Select(label => Array.IndexOf(known, label))], [.. items.SelectMany(answersOf).Select(label => Array.IndexOf(known, label))]);
        return (matrix.Accuracy, Enumerable.Range(0, labels.Count).Where(label => matrix.Support(label) > 0).Select(matrix.F1).DefaultIfEmpty(0).Average());
    }

    // Of this very model: another has its own answers.
    private static string FileOf(SignalModels models, string model, string look, string name) => Path.Combine(
        Repository.Root, "runs", "evaluation-digitized", $"{model}-{models.Manifests.First(manifest => manifest.Name == model).Sha256[..12]}-{look}", name + ".json");

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);
}

using EcgImageWeb.Analysis;
using EcgImageWeb.Inference;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Rendering;

namespace EcgImageWeb.Cli.Commands;

/// <summary><c>evaluate digitization</c>: how well pages of known signal are read, by kind of page.</summary>
internal static class DigitizationEvaluation
{
    /// <summary>Measures the pages of a data folder or, where a number of generated pages is given, pages that are drawn from its records.</summary>
    public static object Run(string data, string? groups, string? output, bool quick, int? generated, int seed, CancellationToken cancellationToken)
    {
        var sets = DigitizationSet.Find(generated is { } count ? GeneratedSets.Draw(data, count, seed, groups, cancellationToken) : data, groups);
        using var library = AnalyzeCommand.OpenLibrary(InferenceDevice.Cpu);
        var analyzer = new PageAnalyzer(new ImageModels(library), DecodeLimits.Default);
        var results = new List<(string Group, DigitizationScore[] Scores)>();
        Progress.Run("pages", sets.Sum(set => set.Items.Count), step =>
        {
            var stepping = new Lock();
            foreach (var set in sets)
            {
                var pictures = output is null ? null : Directory.CreateDirectory(Path.Combine(output, set.Name)).FullName;
                var scores = new DigitizationScore[set.Items.Count];
                Parallel.For(0, scores.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
                {
                    lock (stepping)
                        step($"{set.Name}/{set.Items[i].Name}");
                    scores[i] = Score(analyzer, set.Items[i], pictures, quick, cancellationToken);
                });
                results.Add((set.Name, scores));
            }
        });

        var report = DigitizationReport.Of(results);
        Console.Write(report.Markdown);
        if (output is not null)
        {
            File.WriteAllText(Path.Combine(output, "digitization.md"), report.Markdown);
            File.WriteAllText(Path.Combine(output, "digitization.html"), report.Html);
        }

        return report.Figures;
    }

    private static DigitizationScore Score(PageAnalyzer analyzer, DigitizationItem item, string? pictures, bool quick, CancellationToken cancellationToken)
    {
        try
        {
            var analysis = analyzer.Analyze(item.Name, File.ReadAllBytes(item.File), new AnalysisOptions(Models: []), null, cancellationToken);
            if (pictures is not null)
                File.WriteAllBytes(Path.Combine(pictures, DigitizationReport.PictureOf(item.Name)), RasterEncoder.Png(OverlayPainter.Paint(analysis.Page.Pixels, analysis.DrawnTraces)));
            return DigitizationScore.Of(item, analysis.Result.Layout.Name, analysis.Signals!, quick);
        }
        catch (RefusalException refusal)
        {
            return DigitizationScore.OfRefused(item, $"{refusal.Code}: {refusal.Message}", quick);
        }
    }
}

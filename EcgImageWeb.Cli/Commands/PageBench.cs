using System.Diagnostics;
using EcgImageWeb.Analysis;
using EcgImageWeb.Inference;
using EcgImageWeb.Vision.Decoding;

namespace EcgImageWeb.Cli.Commands;

/// <summary>One page from bytes to result, in this process, after warm-up.</summary>
internal static class PageBench
{
    private const int WarmUp = 5;

    public static object Run(string file, int runs, AnalysisOptions options, CancellationToken cancellationToken)
    {
        using var library = AnalyzeCommand.OpenLibrary(InferenceDevice.Cpu);
        var analyzer = new PageAnalyzer(new ImageModels(library), DecodeLimits.Default);
        var bytes = File.ReadAllBytes(file);
        var timings = new List<IReadOnlyDictionary<string, double>>();
        PageAnalysis? last = null;
        Progress.Run("page", WarmUp + runs, step =>
        {
            for (var i = 0; i < WarmUp + runs; i++)
            {
                step(i < WarmUp ? "warm-up" : "page");
                last = analyzer.Analyze(Path.GetFileName(file), bytes, options, null, cancellationToken);
                if (i >= WarmUp)
                    timings.Add(last.Result.TimingsMs);
            }
        });
        using var process = Process.GetCurrentProcess();
        var source = last!.Result.Source;
        var stages = timings[0].Keys.ToDictionary(stage => stage, stage => Quantiles.Of(timings.Select(timing => timing[stage])));

        Console.WriteLine($"{source.File}, {source.Width} x {source.Height}, models {string.Join(", ", last.Result.Models.Select(model => model.Name))}, {runs} runs after {WarmUp}, {Environment.ProcessorCount} cores");
        Console.WriteLine();
        Console.WriteLine("| stage | median ms | 5 % | 95 % |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (var (stage, q) in stages)
            Console.WriteLine($"| {stage} | {q.Median:0.0} | {q.Low:0.0} | {q.High:0.0} |");
        var residentMb = process.WorkingSet64 / 1e6;
        var peakMb = process.PeakWorkingSet64 / 1e6;
        Console.WriteLine();
        Console.WriteLine($"resident memory {residentMb:0} MB, peak {peakMb:0} MB");
        return new { file = source.File, runs, stages, residentMb, peakMb };
    }
}

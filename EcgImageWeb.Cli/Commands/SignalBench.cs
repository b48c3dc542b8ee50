using System.Diagnostics;
using EcgImageWeb.Analysis.Signals;
using EcgImageWeb.Inference;
using EcgImageWeb.Signal;

namespace EcgImageWeb.Cli.Commands;

/// <summary><c>bench signals</c>: every shipped signal model on one strip of ten seconds, with detection and intervals.</summary>
internal static class SignalBench
{
    private const int WarmUp = 5;
    private const double SampleRateHz = 500, Seconds = 10;

    public static object Run(int runs, CancellationToken cancellationToken)
    {
        using var library = AnalyzeCommand.OpenLibrary(InferenceDevice.Cpu);
        var models = new SignalModels(library);
        var lead = MadeStrip();
        var rows = new List<object>();
        Console.WriteLine($"{Seconds:0} s of one lead at {SampleRateHz:0} Hz, {runs} runs after {WarmUp}, {Environment.ProcessorCount} cores");
        Console.WriteLine();
        Console.WriteLine("| what | file, MB | median ms | 5 % | 95 % |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        Measure("intervals alone", 0, []);
        foreach (var manifest in models.Manifests)
            Measure($"{manifest.Name} and intervals", Size(manifest.Name, manifest.File), [manifest.Name]);
        Measure("all models and intervals", models.Manifests.Sum(manifest => Size(manifest.Name, manifest.File)), [.. models.Manifests.Select(manifest => manifest.Name)]);
        return rows;

        void Measure(string what, double megabytes, string[] names)
        {
            var times = new List<double>();
            for (var run = 0; run < WarmUp + runs; run++)
            {
                var started = Stopwatch.GetTimestamp();
                models.Ask([lead], names, null, cancellationToken);
                if (run >= WarmUp)
                    times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            var q = Quantiles.Of(times);
            Console.WriteLine(FormattableString.Invariant($"| {what} | {megabytes:0.0} | {q.Median:0.0} | {q.Low:0.0} | {q.High:0.0} |"));
            rows.Add(new { what, megabytes, q.Median, q.Low, q.High });
        }

        static double Size(string name, string file) => new FileInfo(Path.Combine(Repository.Models, name, file)).Length / 1e6;
    }

    /// <summary>Beats at 75 a minute with P and T waves: time does not depend on what is seen, but on how much of it.</summary>
    private static LeadSignal MadeStrip()
    {
        static double Wave(double t, double at, double width, double height) => height * Math.Exp(-Math.Pow((t - at) / width, 2));
        return new LeadSignal("II", SampleRateHz, [.. Enumerable.Range(0, (int)(Seconds * SampleRateHz)).Select(i =>
        {
            var t = i / SampleRateHz % 0.8;
            return (float)(Wave(t, 0.2, 0.03, 0.15) + Wave(t, 0.36, 0.012, 1.2) + Wave(t, 0.39, 0.012, -0.2) + Wave(t, 0.62, 0.06, 0.3));
        })]);
    }
}

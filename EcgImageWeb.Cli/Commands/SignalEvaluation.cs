using EcgImageWeb.Signal.Delineation;
using EcgImageWeb.Signal.Detection;
using EcgImageWeb.Signal.Measures;

namespace EcgImageWeb.Cli.Commands;

/// <summary><c>evaluate r-peaks</c> and <c>evaluate delineation</c>, on unpacked recordings.</summary>
internal static class SignalEvaluation
{
    private static readonly double[] StressDb = [24, 18, 12, 6, 0];

    public static object RPeaks(string data, CancellationToken cancellationToken)
    {
        var records = RPeakEvaluation.MeasureFolder(Folder(data, "mitdb"), cancellationToken);
        var (loose, strict) = (records.Select(r => r.Within150Ms).Aggregate(BeatScore.Add), records.Select(r => r.Within50Ms).Aggregate(BeatScore.Add));
        Console.WriteLine($"{records.Count} records, first lead, {loose.TruePositives + loose.FalseNegatives:N0} beats");
        Console.WriteLine();
        Console.WriteLine("| within | Se | +P |");
        Console.WriteLine("| --- | ---: | ---: |");
        Console.WriteLine($"| 150 ms | {loose.Sensitivity:0.000 %} | {loose.PositivePredictivity:0.000 %} |");
        Console.WriteLine($"| 50 ms | {strict.Sensitivity:0.000 %} | {strict.PositivePredictivity:0.000 %} |");
        Console.WriteLine();
        Console.WriteLine($"| noise, Se / +P at 150 ms | {string.Join(" | ", StressDb.Select(db => $"{db} dB"))} |");
        Console.WriteLine($"| --- |{string.Concat(StressDb.Select(_ => " ---: |"))}");
        var curves = new List<NoiseStressPoint>();
        foreach (var noise in new[] { "em", "ma", "bw" })
        {
            var curve = RPeakEvaluation.NoiseStressCurve(Folder(data, "mitdb"), Folder(data, "nstdb-noise"), noise, StressDb, cancellationToken);
            curves.AddRange(curve);
            Console.WriteLine($"| {noise} | {string.Join(" | ", curve.Select(point => $"{point.Within150Ms.Sensitivity:0.0 %} / {point.Within150Ms.PositivePredictivity:0.0 %}"))} |");
        }
        return new { records, curves };
    }

    public static object Delineation(string data, CancellationToken cancellationToken)
    {
        // The delineator's constants were chosen on records 1 to 100.
        var unseen = Enumerable.Range(101, 100).Select(number => $"{number}").ToArray();
        var folder = Path.Combine(Folder(data, "ludb"), "data");
        var together = DelineationEvaluation.AllLeads(folder, unseen, cancellationToken);
        var single = DelineationEvaluation.SingleLeads(folder, unseen, cancellationToken);
        Console.WriteLine("LUDB records 101 to 200, errors in ms, mean ± standard deviation");
        Console.WriteLine();
        Console.WriteLine("| boundary | all leads together | CSE's tolerance (sd) | each lead by itself |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (var (all, one) in together.Boundaries.Zip(single.Boundaries))
            Console.WriteLine($"| {all.Boundary} | {all.MeanMs:0.0} ± {all.DeviationMs:0.0} | {all.ToleranceMs:0.0} | {one.MeanMs:0.0} ± {one.DeviationMs:0.0} |");
        return new { together, single };
    }

    private static string Folder(string data, string set)
    {
        var folder = Path.Combine(data, set);
        return Directory.Exists(folder) ? folder : throw new UsageException($"There is no folder {folder}; name the folder of unpacked recordings with --data.");
    }
}

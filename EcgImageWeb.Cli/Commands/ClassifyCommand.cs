using System.CommandLine;
using EcgImageWeb.Analysis.Output;
using EcgImageWeb.Analysis.Records;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Analysis.Signals;
using EcgImageWeb.Inference;

namespace EcgImageWeb.Cli.Commands;

/// <summary><c>classify RECORD… --out DIR</c>: the signal models on recordings without a page.</summary>
internal static class ClassifyCommand
{
    public static Command Create()
    {
        var records = new Argument<string[]>("RECORD") { Description = "WFDB records (path without suffix), .mat files of the CinC challenges, or .csv tables (time_s, then a column of mV a lead).", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "Folder for the results; one subfolder a record.", Required = true };
        var models = new Option<string?>("--models") { Description = "Signal models to ask, separated by commas (rhythm,af,segments,beats); all when not given." };
        var lead = new Option<string?>("--lead") { Description = "Only these leads, separated by commas (II,V5); all when not given." };
        var why = new Option<bool>("--why") { Description = "Also say what in the trace speaks for each answer (field why); takes seconds a record." };
        var device = new Option<string>("--device") { Description = "cpu, cuda or auto.", DefaultValueFactory = _ => "cpu" };
        device.AcceptOnlyFromAmong("cpu", "cuda", "auto");
        var command = new Command("classify", "Tells rhythm, beats and intervals of recordings.") { records, output, models, lead, why, device };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            parsed.GetValue(records)!,
            parsed.GetValue(output)!,
            new RecordOptions(List(parsed.GetValue(models)), List(parsed.GetValue(lead)), parsed.GetValue(why)),
            Enum.Parse<InferenceDevice>(parsed.GetValue(device)!, ignoreCase: true),
            cancellationToken)));
        return command;
    }

    private static string[]? List(string? text) => text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static int Run(string[] records, string output, RecordOptions options, InferenceDevice device, CancellationToken cancellationToken)
    {
        using var library = AnalyzeCommand.OpenLibrary(device);
        var analyzer = new RecordAnalyzer(new SignalModels(library));
        var known = analyzer.Models.Manifests.Select(manifest => manifest.Name).ToArray();
        if (options.Models?.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new UsageException($"There is no signal model named '{unknown}'; there are: {(known.Length == 0 ? "none" : string.Join(", ", known))}.");
        try
        {
            Directory.CreateDirectory(output);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--out cannot be made a folder: {unwritable.Message}");
        }
        var codes = new List<int>();
        // A record's name may hold dots ("rec.1"); only the endings of record files are taken off.
        var folders = OutputFolders.For(output, [.. records.Select(Stem)]);
        Progress.RunParts("classifying", records.Length, (step, part) =>
        {
            for (var i = 0; i < records.Length; i++)
            {
                step(Path.GetFileName(records[i]));
                codes.Add(One(analyzer, records[i], folders[i], options, part, cancellationToken));
            }
        });
        Console.Error.WriteLine($"{codes.Count(code => code == ExitCode.Success)} of {records.Length} records classified, results in {output}");
        return codes.Max();
    }

    private static string Stem(string record) =>
        RecordFiles.Endings.Contains(Path.GetExtension(record).ToLowerInvariant()) ? record : record + ".hea";

    private static int One(RecordAnalyzer analyzer, string record, string folder, RecordOptions options, IProgress<double> progress, CancellationToken cancellationToken)
    {
        return OneInput.Run("record", Path.GetFileName(record), folder, () =>
        {
            var analysis = analyzer.Analyze(RecordFiles.Open(record), options, progress, cancellationToken);
            AnalysisFolder.WriteRecord(folder, analysis, withSignals: false);
            return Line(analysis.Result);
        });
    }

    private static string Line(RecordResult result) => string.Join('\t',
    [
        .. (result.Page.SignalModels ?? new Dictionary<string, SignalAnswer>()).Select(model => FormattableString.Invariant($"{model.Key} {model.Value.Class} {model.Value.Probabilities[model.Value.Class]:0.00}")),
        .. result.Page.Measurements?.HeartRateBpm is { } rate ? [FormattableString.Invariant($"{rate:0} bpm")] : Array.Empty<string>(),
        .. result.Page.Beats is { } beats ? [string.Join(' ', beats.CountBy(beat => beat.Class).OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key}:{count.Value}"))] : Array.Empty<string>(),
    ]);
}

using System.CommandLine;
using System.Text.Json;
using EcgImageWeb.Analysis;
using EcgImageWeb.Analysis.Results;

namespace EcgImageWeb.Cli.Commands;

/// <summary><c>bench WHAT</c>: timings as medians, with memory.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var what = new Argument<string>("WHAT") { Description = "page: one report from bytes to the image models' result. digitize: one page from bytes to signals. server: uploads from many clients. networks: a training step and an answer of each signal network. signals: the shipped signal models on a strip of 10 s." };
        what.AcceptOnlyFromAmong("page", "digitize", "server", "networks", "signals");
        var file = new Option<string?>("--file") { Description = "The page; a built-in example when not given." };
        var runs = new Option<int?>("--runs") { Description = "Counted runs (page and digitize: 50, server: 200 uploads, networks: 3 steps, signals: 50)." };
        runs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1)
                result.AddError("--runs is a number from 1.");
        });
        var json = new Option<string?>("--json") { Description = "Write the figures to this file, too." };
        var command = new Command("bench", "Measures time and memory.") { what, file, runs, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var page = parsed.GetValue(file) ?? Path.Combine(Repository.Root, "wwwroot", "examples", "normal.jpg");
            if (parsed.GetValue(what) is not ("networks" or "signals") && !File.Exists(page))
                throw new UsageException($"There is no file {page}.");
            object figures = parsed.GetValue(what) switch
            {
                "page" => PageBench.Run(page, parsed.GetValue(runs) ?? 50, new AnalysisOptions(SignalRateHz: null), cancellationToken),
                "digitize" => PageBench.Run(page, parsed.GetValue(runs) ?? 50, new AnalysisOptions(Models: []), cancellationToken),
                "networks" => NetworkBench.Run(parsed.GetValue(runs) ?? 3, cancellationToken),
                "signals" => SignalBench.Run(parsed.GetValue(runs) ?? 50, cancellationToken),
                _ => await ServerBench.RunAsync(page, parsed.GetValue(runs) ?? 200, cancellationToken).ConfigureAwait(false),
            };
            if (parsed.GetValue(json) is { } path)
                await File.WriteAllTextAsync(path, JsonSerializer.Serialize(figures, AnalysisJson.Options), cancellationToken).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}

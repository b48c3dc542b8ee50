using System.CommandLine;
using EcgImageWeb.Analysis;
using EcgImageWeb.Analysis.Attributions;
using EcgImageWeb.Analysis.Corrections;
using EcgImageWeb.Analysis.Output;
using EcgImageWeb.Analysis.Signals;
using EcgImageWeb.Inference;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;
using Spectre.Console;

namespace EcgImageWeb.Cli.Commands;

/// <summary><c>analyze FILE… --out DIR</c>: the same results as in the browser, as files.</summary>
internal static class AnalyzeCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Pictures of ECG pages.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "Folder for the results; one subfolder an input.", Required = true };
        var models = new Option<string?>("--models") { Description = "Models to ask, separated by commas (cnn,crnn,page,rhythm,af,segments,beats); all when not given." };
        var aggregation = new Option<string>("--aggregation")
        {
            Description = "How the leads' answers become the page's: mean, majority, confidence or maximum.",
            DefaultValueFactory = _ => Aggregation.NameOf(new AnalysisOptions().Aggregation),
        };
        var device = new Option<string>("--device") { Description = "cpu, cuda or auto.", DefaultValueFactory = _ => "cpu" };
        device.AcceptOnlyFromAmong("cpu", "cuda", "auto");
        var why = new Option<bool>("--why") { Description = "Also say what in the traces speaks for the answers of page and of the signal models (field why); takes seconds a page." };
        var corrections = CorrectionsOption();
        var report = new Option<bool>("--report") { Description = "Also report.pdf: the page, the signals in their true size, the answers." };
        var command = new Command("analyze", "Finds the leads of report pages, classifies leads and pages, and writes every step.") { files, output, models, aggregation, device, corrections, report, why };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            parsed.GetValue(files)!,
            parsed.GetValue(output)!,
            new AnalysisOptions(
                parsed.GetValue(models)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                Aggregation.Parse(parsed.GetValue(aggregation)!) ?? throw new UsageException("--aggregation is mean, majority, confidence or maximum."),
                Corrections: ReadCorrections(parsed.GetValue(corrections))),
            Enum.Parse<InferenceDevice>(parsed.GetValue(device)!, ignoreCase: true),
            (folder, analysis) =>
            {
                AnalysisFolder.Write(folder, analysis, cancellationToken);
                if (parsed.GetValue(report))
                    AnalysisFolder.WriteReport(folder);
                return string.Join('\t', analysis.Result.Page.ImageModels?.Select(model => $"{model.Key} {model.Value.Class} {model.Value.Probabilities[model.Value.Class]:0.00}") ?? []);
            },
            cancellationToken,
            parsed.GetValue(why))));
        return command;
    }

    internal static Option<string?> CorrectionsOption() => new("--corrections")
    {
        Description = "JSON with what a person set by hand (docs/formats.md): corners, scale, speed, gain, names, boxes, redrawn trace. For all FILEs.",
    };

    /// <summary>The corrections of a file; null without one.</summary>
    /// <exception cref="UsageException">The file cannot be read, or is no corrections.</exception>
    internal static PageCorrections? ReadCorrections(string? file)
    {
        if (file is null)
            return null;
        try
        {
            if (new FileInfo(file).Length > CorrectionsJson.MaxBytes)
                throw new UsageException($"--corrections: {file} is larger than {CorrectionsJson.MaxBytes / 1024} kB.");
            return CorrectionsJson.Read(File.ReadAllBytes(file));
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or RefusalException)
        {
            throw new UsageException($"--corrections: {unusable.Message}");
        }
    }

    /// <summary>Works on every file; <paramref name="write"/> writes one result's folder and says it in a line.</summary>
    internal static int Run(
        string[] files, string output, AnalysisOptions options, InferenceDevice device, Func<string, PageAnalysis, string> write, CancellationToken cancellationToken, bool why = false)
    {
        using var library = OpenLibrary(device);
        var analyzer = new PageAnalyzer(new ImageModels(library), DecodeLimits.Default, new SignalModels(library));
        var reasons = why ? new PageAttribution(library, analyzer.SignalModels) : null;
        var known = library.Manifests.Select(manifest => manifest.Name).ToArray();
        if (options.Models?.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new UsageException($"There is no model named '{unknown}'; there are: {string.Join(", ", known)}.");

        try
        {
            Directory.CreateDirectory(output);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--out cannot be made a folder: {unwritable.Message}");
        }
        var codes = new List<int>();
        var folders = OutputFolders.For(output, files);
        Progress.Run("analyzing", files.Length, step =>
        {
            for (var i = 0; i < files.Length; i++)
            {
                step(Path.GetFileName(files[i]));
                codes.Add(AnalyzeOne(analyzer, files[i], folders[i], options, reasons, write, cancellationToken));
            }
        });
        Console.Error.WriteLine($"{codes.Count(code => code == ExitCode.Success)} of {files.Length} pages analyzed, results in {output}");
        return codes.Max();
    }

    internal static ModelLibrary OpenLibrary(InferenceDevice device)
    {
        try
        {
            return new ModelLibrary(Repository.Models, new InferenceOptions { Device = device });
        }
        catch (InferenceUnavailableException unavailable)
        {
            throw new UsageException(unavailable.Message);
        }
    }

    private static int AnalyzeOne(PageAnalyzer analyzer, string file, string folder, AnalysisOptions options, PageAttribution? reasons, Func<string, PageAnalysis, string> write, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(file);
        return OneInput.Run("page", name, folder, () =>
        {
            var analysis = analyzer.Analyze(name, Read(file), options, null, cancellationToken);
            return write(folder, reasons?.With(analysis, null, cancellationToken) ?? analysis);
        });
    }

    private static byte[] Read(string file)
    {
        try
        {
            if (new FileInfo(file).Length > DecodeLimits.Default.MaxBytes)
                throw new RefusalException(RefusalCode.TooLarge, $"The file is larger than the limit of {DecodeLimits.Default.MaxBytes / 1_000_000} MB.");
            return File.ReadAllBytes(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException(RefusalCode.Damaged, $"The file cannot be read: {unreadable.Message}");
        }
    }
}

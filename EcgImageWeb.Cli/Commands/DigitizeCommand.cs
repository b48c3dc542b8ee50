using System.CommandLine;
using EcgImageWeb.Analysis;
using EcgImageWeb.Analysis.Output;
using EcgImageWeb.Inference;
using EcgImageWeb.Vision.Signals;

namespace EcgImageWeb.Cli.Commands;

/// <summary><c>digitize FILE… --out DIR</c>: signals only.</summary>
internal static class DigitizeCommand
{
    private const double LeastRateHz = 10, MostRateHz = 10_000;

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Pictures of ECG pages.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "Folder for the results; one subfolder an input.", Required = true };
        var rate = new Option<double>("--rate") { Description = "Samples a second.", DefaultValueFactory = _ => SignalReader.DefaultRateHz };
        rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= LeastRateHz and <= MostRateHz))
                result.AddError($"--rate is a number from {LeastRateHz} to {MostRateHz}.");
        });
        var corrections = AnalyzeCommand.CorrectionsOption();
        var command = new Command("digitize", "Reads the leads of ECG pages as signals in mV.") { files, output, rate, corrections };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(AnalyzeCommand.Run(
            parsed.GetValue(files)!,
            parsed.GetValue(output)!,
            new AnalysisOptions(Models: [], SignalRateHz: parsed.GetValue(rate), Corrections: AnalyzeCommand.ReadCorrections(parsed.GetValue(corrections))),
            InferenceDevice.Cpu,
            (folder, analysis) =>
            {
                AnalysisFolder.WriteDigitization(folder, analysis);
                return string.Join('\t', analysis.Signals!.Leads.Select(lead => $"{lead.Signal.Name} {lead.Signal.Coverage:0.00}"));
            },
            cancellationToken)));
        return command;
    }
}

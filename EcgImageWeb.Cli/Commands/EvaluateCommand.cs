using System.CommandLine;
using System.Text.Json;
using EcgImageWeb.Analysis.Results;

namespace EcgImageWeb.Cli.Commands;

/// <summary><c>evaluate WHAT</c>: measures anyone can repeat.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var what = new Argument<string>("WHAT")
        {
            Description = """
                image-models: the paper's protocol and the honest one, side by side; parts that have been run are kept in runs/evaluation.
                boxes: trace pixels outside the leads' boxes, ours and public ones.
                r-peaks: the R-peak detector on MIT-BIH and under noise.
                digitization: pages with known signals, a table a kind of page, the worst pages with pictures.
                delineation: P, QRS and T boundaries on LUDB.
                digitized-signals: how far the signal models' figures fall when a recording is drawn on a page and read again; what was read of the pages is kept in runs/evaluation-digitized.
                papers: every table of the three signal papers, written to docs/results/signal-models.md; parts that have been run are kept in runs/evaluation-signals.
                segments, af, rhythm, beats, or a row of papers as NETWORK@SET: only that one.
                """,
        };
        var data = new Option<string?>("--data") { Description = "Data folder: with ecg-report-images for image-models and boxes (../shared/data when not given), of unpacked recordings for the others." };
        var parts = new Option<string?>("--part")
        {
            Description = """
                image-models: only these parts, for example cnn:b or page:cv1,page:cv2; "report" trains nothing, prints what is there and puts it into the models' manifests. All parts take hours.
                digitized-signals: SET:LOOK, for example rhythms:scan (sets: rhythms, cinc2017, mit-bih); "report" asks the models about the pages that are there.
                papers: ROW:PART, for example grunet@beats:ds1-ds2; "report" as well.
                """,
        };
        var group = new Option<string?>("--group") { Description = "digitization: only these groups, separated by commas; every folder with an index.csv when not given." };
        var output = new Option<string?>("--out") { Description = "digitization: folder for the report as Markdown and HTML and the pictures." };
        var quick = new Option<bool>("--quick") { Description = "digitization: without the slow measure of the 2024 challenge." };
        var generated = new Option<int?>("--generated") { Description = "digitization: draw this many pages of each look from the 12-lead records below --data, and measure these." };
        generated.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1)
                result.AddError("--generated is a number from 1.");
        });
        var seed = new Option<int>("--seed") { Description = "digitization: the same seed draws the same pages.", DefaultValueFactory = _ => 1 };
        var count = new Option<int>("--count") { Description = "digitized-signals: pages a set and look.", DefaultValueFactory = _ => 60 };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--count is a number from 1.");
        });
        var epochs = new Option<int?>("--epochs") { Description = "papers: epochs at most of the parts that are run." };
        var json = new Option<string?>("--json") { Description = "Write the figures to this file, too." };
        var command = new Command("evaluate", "Measures models and stages on data they have not seen.") { what, data, parts, group, output, quick, generated, seed, count, epochs, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var name = parsed.GetValue(what)!;
            var signals = name == "papers" || SignalPapersEvaluation.Knows(name);
            var unpacked = signals || name == "digitized-signals";
            var folder = unpacked ? "" : Repository.DataFolder(parsed.GetValue(data));
            object figures = name switch
            {
                _ when signals => SignalPapersEvaluation.Run(name, parsed.GetValue(data), parsed.GetValue(parts), parsed.GetValue(epochs), cancellationToken),
                "digitized-signals" => DigitizedSignalsEvaluation.Run(SignalPapersEvaluation.Folder(parsed.GetValue(data)), parsed.GetValue(parts), parsed.GetValue(count), cancellationToken),
                "image-models" => ImageModelsEvaluation.Run(folder, parsed.GetValue(parts), cancellationToken),
                "boxes" => BoxesEvaluation.Run(folder, cancellationToken),
                "digitization" => DigitizationEvaluation.Run(folder, parsed.GetValue(group), parsed.GetValue(output), parsed.GetValue(quick), parsed.GetValue(generated), parsed.GetValue(seed), cancellationToken),
                "r-peaks" => SignalEvaluation.RPeaks(folder, cancellationToken),
                "delineation" => SignalEvaluation.Delineation(folder, cancellationToken),
                _ => throw new UsageException($"There is nothing '{name}' to evaluate; see ./ecg evaluate --help."),
            };
            if (parsed.GetValue(json) is { } path)
                File.WriteAllText(path, JsonSerializer.Serialize(figures, AnalysisJson.Options));
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }
}

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
                delineation: P, QRS and T boundaries on LUDB.
                """,
        };
        what.AcceptOnlyFromAmong("image-models", "boxes", "r-peaks", "delineation");
        var data = new Option<string?>("--data") { Description = "Data folder: with ecg-report-images for image-models and boxes (../shared/data when not given), of unpacked recordings for the others." };
        var parts = new Option<string?>("--part") { Description = "image-models: only these parts, for example cnn:b or page:cv1,page:cv2; \"report\" trains nothing, prints what is there and puts it into the models' manifests. All parts take hours." };
        var json = new Option<string?>("--json") { Description = "Write the figures to this file, too." };
        var command = new Command("evaluate", "Measures models and stages on data they have not seen.") { what, data, parts, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var folder = Repository.DataFolder(parsed.GetValue(data));
            object figures = parsed.GetValue(what) switch
            {
                "image-models" => ImageModelsEvaluation.Run(folder, parsed.GetValue(parts), cancellationToken),
                "boxes" => BoxesEvaluation.Run(folder, cancellationToken),
                "r-peaks" => SignalEvaluation.RPeaks(folder, cancellationToken),
                _ => SignalEvaluation.Delineation(folder, cancellationToken),
            };
            if (parsed.GetValue(json) is { } path)
                File.WriteAllText(path, JsonSerializer.Serialize(figures, AnalysisJson.Options));
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }
}

using System.Globalization;
using System.Text;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Evaluation;

namespace EcgImageWeb.Training.Models;

/// <summary>What the signal experiments found, as Markdown: the papers' tables with our figures beside theirs, and each protocol's confusion matrices.</summary>
public static class SignalReport
{
    /// <summary>Writes the report of what has been run, and names what has not.</summary>
    /// <param name="find">Gives the result of an experiment's part, or null.</param>
    /// <param name="commit">The commit that measured.</param>
    public static string Write(Func<string, string, SignalPartResult?> find, string? commit)
    {
        var report = new StringBuilder("# Signal models: the papers' tables, with our figures beside theirs\n\n")
            .Append("In percent. `mixed` is the papers' protocol: examples of one person stand on both sides; the row below it is measured on persons (or records) who are not learned from. ")
            .Append("The seven rhythms and CinC 2017 have a recording a person as far as their sources say: `mixed` is by person there. ")
            .Append("Intervals are 95 % bootstrap intervals over persons. `share` is the part of the full training: epochs of the paper's, times folds that were run. ")
            .Append(CultureInfo.InvariantCulture, $"Seed 1; commit {commit ?? "unknown"}; `./ecg evaluate papers` repeats it.\n");
        foreach (var table in SignalExperiments.All.GroupBy(experiment => experiment.Printed?.Table ?? "Our own"))
            report.Append(CultureInfo.InvariantCulture, $"\n## {table.Key}\n\n").Append(Table([.. table], find));
        foreach (var experiment in SignalExperiments.All.Where(experiment => SignalExperiments.Shipped.Values.Contains(experiment.Name) || experiment.Name == "grunet@beats"))
        {
            foreach (var (protocol, results) in Protocols(experiment, find))
                report.Append(CultureInfo.InvariantCulture, $"\n### {experiment.Name}, {protocol}\n\n").Append(Detail(Matrix(experiment, results)));
        }

        var missing = SignalExperiments.All.SelectMany(experiment => experiment.Parts.Where(part => find(experiment.Name, part) is null).Select(part => $"{experiment.Name}:{part}")).ToArray();
        if (missing.Length > 0) report.Append($"\nNot run yet: {string.Join(", ", missing)}.\n");
        return report.ToString();
    }

    /// <summary>The results of an experiment's protocols, folds of a protocol together; protocols without a result are left out.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="find">Gives the result of a part, or null.</param>
    public static IReadOnlyList<(string Protocol, IReadOnlyList<SignalPartResult> Results)> Protocols(SignalExperiment experiment, Func<string, string, SignalPartResult?> find) =>
    [
        .. experiment.Parts.GroupBy(part => part is SignalProtocols.Ds1ToDs2 ? part : part.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'))
            .Select(group => (group.Key, (IReadOnlyList<SignalPartResult>)[.. group.Select(part => find(experiment.Name, part)).OfType<SignalPartResult>()]))
            .Where(group => group.Item2.Count > 0),
    ];

    /// <summary>The confusion matrix of some parts together.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="results">Its parts.</param>
    public static ConfusionMatrix Matrix(SignalExperiment experiment, IReadOnlyList<SignalPartResult> results)
        => ConfusionMatrix.Of(experiment.Network.Labels, [.. results.SelectMany(result => result.Truth)], [.. results.SelectMany(result => result.Answers)]);

    /// <summary>Precision, recall and F1 of every class, counts, and the matrix normalized by row.</summary>
    /// <param name="matrix">The answers.</param>
    public static string Detail(ConfusionMatrix matrix)
        => MarkdownTable.Of(matrix) + "\n" + MarkdownTable.Counts(matrix) + "\n" + MarkdownTable.Shares(matrix);

    private static string Table(IReadOnlyList<SignalExperiment> experiments, Func<string, string, SignalPartResult?> find)
    {
        var rows = new List<string[]>();
        PaperFigures? above = null;
        foreach (var experiment in experiments)
        {
            if (experiment.Printed is { } printed && printed != above)
                rows.Add([$"{printed.Row}, the paper", "", Percent(printed.Accuracy), "", Percent(printed.Recall), Percent(printed.Precision), Percent(printed.F1), "", "", ""]);
            above = experiment.Printed;
            foreach (var (protocol, results) in Protocols(experiment, find))
            {
                var matrix = Matrix(experiment, results);
                var (truth, answers) = (results.SelectMany(result => result.Truth).ToArray(), results.SelectMany(result => result.Answers).ToArray());
                var f1 = Bootstrap.Percentile(
                    [.. results.SelectMany(result => result.Patients)],
                    chosen => ConfusionMatrix.Of(experiment.Network.Labels, [.. chosen.Select(index => truth[index])], [.. chosen.Select(index => answers[index])]).MacroF1);
                var folds = experiment.Parts.Count(part => part.StartsWith(protocol, StringComparison.Ordinal));
                var share = experiment.PaperEpochs is { } epochs
                    ? string.Create(CultureInfo.InvariantCulture, $"{results[0].History.Count}/{epochs} epochs, {results.Count}/{folds} folds")
                    : string.Create(CultureInfo.InvariantCulture, $"{results[0].History.Count} epochs, {results.Count}/{folds} folds");
                rows.Add([
                    $"{experiment.Name}, {(protocol == SignalProtocols.Paper ? "mixed" : protocol)}", $"{matrix.Total}", Percent(matrix.Accuracy), Percent(matrix.MeanClassAccuracy), Percent(matrix.MacroRecall),
                    Percent(matrix.MacroPrecision), Percent(matrix.MacroF1), $"{Percent(f1.Low)} … {Percent(f1.High)}", share, results.Sum(result => result.Seconds).ToString("0", CultureInfo.InvariantCulture)]);
            }
        }

        return MarkdownTable.Of(["row", "examples", "accuracy", "mean class accuracy", "sensitivity", "precision", "F1", "interval", "share", "seconds"], rows);
    }

    private static string Percent(double? share) => share is { } value ? MarkdownTable.Percent(value) : "";
}

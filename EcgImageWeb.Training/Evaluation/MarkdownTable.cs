using System.Globalization;

namespace EcgImageWeb.Training.Evaluation;

/// <summary>Tables for terminals, cards and documents.</summary>
public static class MarkdownTable
{
    /// <summary>A table of cells; the first column is text, the others are set right.</summary>
    /// <param name="header">Column names.</param>
    /// <param name="rows">Rows of as many cells.</param>
    public static string Of(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.Prepend(header).ToArray();
        var widths = header.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        string Line(IReadOnlyList<string> row)
            => $"| {string.Join(" | ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))} |";
        var rule = $"| {string.Join(" | ", widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', Math.Max(1, width - 1)) + ':'))} |";
        return string.Join('\n', all.Skip(1).Select(Line).Prepend(rule).Prepend(Line(header))) + "\n";
    }

    /// <summary>Precision, recall and F1 of every class and their means, in percent.</summary>
    /// <param name="matrix">The answers.</param>
    public static string Of(ConfusionMatrix matrix) => Of(
        ["class", "precision", "recall", "F1", "examples"],
        matrix.Labels.Select((label, index) => (IReadOnlyList<string>)[label, Percent(matrix.Precision(index)), Percent(matrix.Recall(index)), Percent(matrix.F1(index)), Number(matrix.Support(index))])
            .Append(["mean", Percent(matrix.MacroPrecision), Percent(matrix.MacroRecall), Percent(matrix.MacroF1), Number(matrix.Total)]));

    /// <summary>The confusion matrix itself: a row a true class, a column an answer.</summary>
    /// <param name="matrix">The answers.</param>
    public static string Counts(ConfusionMatrix matrix) => Of(
        ["truth \\ answer", .. matrix.Labels],
        matrix.Labels.Select((label, truth) => (IReadOnlyList<string>)[label, .. matrix.Labels.Select((_, answer) => Number(matrix.Counts[truth, answer]))]));

    /// <summary>The confusion matrix normalized by row, in percent: which share of a true class got which answer.</summary>
    /// <param name="matrix">The answers.</param>
    public static string Shares(ConfusionMatrix matrix) => Of(
        ["truth \\ answer, %", .. matrix.Labels],
        matrix.Labels.Select((label, truth) => (IReadOnlyList<string>)[label, .. matrix.Labels.Select((_, answer) => Percent((double)matrix.Counts[truth, answer] / Math.Max(1, matrix.Support(truth))))]));

    internal static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

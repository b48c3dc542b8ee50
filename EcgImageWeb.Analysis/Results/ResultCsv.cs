using System.Globalization;
using System.Text;

namespace EcgImageWeb.Analysis.Results;

/// <summary>A result as a table: one row per model and lead, and one per model for the page.</summary>
public static class ResultCsv
{
    /// <summary>Header <c>file,model,lead,aggregation,class,</c> and one column of probability a class (four decimals); <c>lead</c> is <c>page</c> in the rows of the page.</summary>
    public static string Write(AnalysisResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var text = new StringBuilder();
        var models = result.Page.ImageModels ?? new Dictionary<string, PageClass>();
        string[] classes = [.. models.Values.SelectMany(page => page.Probabilities.Keys).Distinct()];
        Row("file", "model", "lead", "aggregation", "class", classes);
        foreach (var (model, page) in models)
        {
            Row(result.Source.File, model, "page", page.Aggregation ?? "", page.Class, Values(page.Probabilities));
            foreach (var lead in result.Leads)
                if (lead.ImageModels?.GetValueOrDefault(model) is { } own)
                    Row(result.Source.File, model, lead.Key, "", own.MaxBy(p => p.Value).Key, Values(own));
        }
        return text.ToString();

        IEnumerable<string> Values(IReadOnlyDictionary<string, double> probabilities) =>
            classes.Select(name => probabilities.TryGetValue(name, out var p) ? p.ToString("0.0000", CultureInfo.InvariantCulture) : "");

        void Row(string file, string model, string lead, string aggregation, string top, IEnumerable<string> values) =>
            text.AppendJoin(',', new[] { file, model, lead, aggregation, top }.Concat(values).Select(Cell)).Append("\r\n");
    }

    /// <summary>One field as RFC 4180 has it; a leading <c>= + - @</c> is defused with an apostrophe, because spreadsheets run it as a formula.</summary>
    public static string Cell(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var safe = value.Length > 0 && "=+-@\t\r".Contains(value[0], StringComparison.Ordinal) ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

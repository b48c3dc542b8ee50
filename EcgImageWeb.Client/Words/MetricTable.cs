using System.Text.Json.Nodes;

namespace EcgImageWeb.Client.Words;

/// <summary>The metrics of a manifest as a table: a column per protocol (an object), a row per measure.</summary>
/// <param name="Columns">The protocols.</param>
/// <param name="Rows">The measures, with one cell a protocol.</param>
internal sealed record MetricTable(IReadOnlyList<string> Columns, IReadOnlyList<(string Name, IReadOnlyList<string> Cells)> Rows)
{
    /// <summary>Lays the metrics out; values that stand alone go to a first column.</summary>
    public static MetricTable Of(JsonObject metrics)
    {
        var protocols = new List<(string Name, Dictionary<string, string> Values)>();
        var alone = new Dictionary<string, string>();
        foreach (var (name, value) in metrics)
            if (value is JsonObject protocol)
                protocols.Add((Words(name), Flat(protocol, "").ToDictionary()));
            else
                alone[Words(name)] = Text(value);
        if (alone.Count > 0)
            protocols.Insert(0, ("value", alone));
        string[] rows = [.. protocols.SelectMany(protocol => protocol.Values.Keys).Distinct()];
        return new MetricTable(
            [.. protocols.Select(protocol => protocol.Name)],
            [.. rows.Select(row => (row, (IReadOnlyList<string>)[.. protocols.Select(protocol => protocol.Values.GetValueOrDefault(row, "–"))]))]);
    }

    private static IEnumerable<KeyValuePair<string, string>> Flat(JsonObject values, string prefix) => values.SelectMany(pair =>
        pair.Value is JsonObject inner ? Flat(inner, $"{prefix}{Words(pair.Key)}, ") : [new(prefix + Words(pair.Key), Text(pair.Value))]);

    // Two numbers are an interval; anything else is shown as it stands.
    private static string Text(JsonNode? value) => value switch
    {
        null => "–",
        JsonArray { Count: 2 } interval => $"{Text(interval[0])} to {Text(interval[1])}",
        JsonArray many => string.Join(", ", many.Select(Text)),
        JsonValue number when number.TryGetValue(out double d) => Phrases.Number(d, Math.Abs(d) < 10 ? 3 : 1),
        _ => value.ToString(),
    };

    private static string Words(string name) => name.Replace('_', ' ').Replace('-', ' ');
}

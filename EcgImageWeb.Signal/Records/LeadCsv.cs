using System.Globalization;

namespace EcgImageWeb.Signal.Records;

/// <summary>
/// The project's CSV of leads: header <c>time_s,I,II,…</c>, one row a sample, mV with four decimals, empty where a lead is unknown.
/// </summary>
public static class LeadCsv
{
    private const string TimeColumn = "time_s";

    /// <summary>Writes leads of one sampling rate; a lead that begins later or ends earlier has empty cells there.</summary>
    /// <exception cref="ArgumentException">No leads, or leads of different sampling rates.</exception>
    public static void Write(TextWriter writer, IReadOnlyList<LeadSignal> leads)
    {
        var (startS, aligned) = LeadAlignment.Align(leads);
        var rateHz = leads[0].SampleRateHz;
        writer.Write(TimeColumn);
        foreach (var lead in leads)
            writer.Write("," + lead.Name);
        writer.Write('\n');
        for (var row = 0; row < aligned[0].Length; row++)
        {
            writer.Write((startS + row / rateHz).ToString("0.######", CultureInfo.InvariantCulture));
            foreach (var samples in aligned)
            {
                writer.Write(',');
                if (float.IsFinite(samples[row]))
                    writer.Write(samples[row].ToString("F4", CultureInfo.InvariantCulture));
            }
            writer.Write('\n');
        }
    }

    /// <summary>Reads leads; empty cells become NaN, the sampling rate comes from the time column.</summary>
    /// <param name="fileName">Name of the file, for messages.</param>
    /// <param name="text">The whole file.</param>
    /// <param name="limits">How much to take into memory.</param>
    /// <exception cref="RecordFormatException">The text is not such a table.</exception>
    public static IReadOnlyList<LeadSignal> Read(string fileName, string text, RecordLimits? limits = null)
    {
        var budget = (limits ?? RecordLimits.Default).MaxSamples;
        string[]? names = null;
        var columns = Array.Empty<List<float>>();
        var times = new List<double>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0)
                end = text.Length;
            var cells = text[start..end].TrimEnd('\r').Split(',');
            if (names is null)
            {
                if (cells.Length < 2 || cells[0].Trim('\uFEFF', ' ', '"') != TimeColumn)
                    throw new RecordFormatException(fileName, start, "the first line is not time_s and the names of the leads.");
                names = [.. cells[1..].Select(cell => cell.Trim(' ', '"'))];
                columns = [.. names.Select(_ => new List<float>())];
            }
            else if (end > start)
            {
                if (cells.Length != names.Length + 1)
                    throw new RecordFormatException(fileName, start, $"a row of {cells.Length} cells under {names.Length + 1} names.");
                if ((budget -= names.Length) < 0)
                    throw new RecordFormatException(fileName, start, "the table has more samples than the limit.");
                times.Add(Number(fileName, start, cells[0]) ?? throw new RecordFormatException(fileName, start, "a row without time."));
                for (var i = 0; i < names.Length; i++)
                    columns[i].Add((float)(Number(fileName, start, cells[i + 1]) ?? double.NaN));
            }
            start = end + 1;
        }
        var durationS = times.Count > 1 ? times[^1] - times[0] : 0;
        if (names is null || !(durationS > 0))
            throw new RecordFormatException(fileName, text.Length, "the table needs at least two rows of rising time.");
        // Times are rounded to microseconds: a rate within a millionth of a whole number is that number.
        var rateHz = (times.Count - 1) / durationS;
        if (Math.Abs(rateHz - Math.Round(rateHz)) < 1e-4 * rateHz)
            rateHz = Math.Round(rateHz);
        return [.. names.Select((name, i) => new LeadSignal(name, rateHz, [.. columns[i]], times[0]))];
    }

    private static double? Number(string fileName, int offset, string cell) =>
        string.IsNullOrWhiteSpace(cell) ? null
        : double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : throw new RecordFormatException(fileName, offset, $"\"{cell.Trim()}\" is not a number.");
}

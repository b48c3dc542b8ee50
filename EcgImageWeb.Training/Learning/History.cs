using System.Globalization;
using CsvHelper;

namespace EcgImageWeb.Training.Learning;

/// <summary>A training's history as a table.</summary>
public static class History
{
    /// <summary>Writes a CSV with one row an epoch, columns as in <see cref="EpochRecord"/>.</summary>
    /// <param name="path">The file, replaced if it exists.</param>
    /// <param name="history">The epochs.</param>
    public static void Write(string path, IReadOnlyList<EpochRecord> history) => AtomicFile.Write(path, stream =>
    {
        using var csv = new CsvWriter(new StreamWriter(stream), CultureInfo.InvariantCulture);
        csv.WriteRecords(history);
    });
}

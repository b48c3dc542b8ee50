using System.Globalization;
using CsvHelper;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Data;

/// <summary>The report pages of a data folder.</summary>
public static class ReportPages
{
    /// <summary>Reads <c>DIR/ecg-report-images/splits.csv</c>.</summary>
    /// <param name="dataFolder">DIR.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such file.</exception>
    public static IReadOnlyList<ReportPage> Read(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "ecg-report-images");
        var table = Path.Combine(folder, "splits.csv");
        if (!File.Exists(table)) throw new DirectoryNotFoundException($"{table} is missing: --data names the folder that holds ecg-report-images.");
        using var csv = new CsvReader(new StreamReader(table), CultureInfo.InvariantCulture);
        var pages = new List<ReportPage>();
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            pages.Add(new ReportPage(
                csv.GetField("page_id")!,
                ImageNetworks.Labels.ToList().IndexOf(csv.GetField("class")!),
                csv.GetField("split") == "validation",
                Path.Combine(folder, csv.GetField("file")!),
                csv.GetField("id_group")!,
                csv.GetField<int>("copies_in_published_set"),
                csv.GetField("rhythm_lead")!));
        }

        return pages;
    }
}

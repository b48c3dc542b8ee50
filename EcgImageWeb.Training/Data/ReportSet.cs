namespace EcgImageWeb.Training.Data;

/// <summary>The report pages with what the pipeline made of them.</summary>
/// <param name="Pages">The pages.</param>
/// <param name="Prepared">Their inputs, in the same order.</param>
public sealed record ReportSet(IReadOnlyList<ReportPage> Pages, IReadOnlyList<PreparedPage> Prepared)
{
    /// <summary>Reads the pages of a data folder and prepares them, or takes them from the cache.</summary>
    /// <param name="dataFolder">Holds ecg-report-images.</param>
    /// <param name="cacheFolder">Where prepared pages are kept.</param>
    /// <param name="blanked">Whether everything that is not ECG is painted white first.</param>
    /// <param name="progress">Told the number of pages done.</param>
    /// <param name="cancellationToken">Stops between pages.</param>
    public static ReportSet Load(string dataFolder, string cacheFolder, bool blanked = false, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        var pages = ReportPages.Read(dataFolder);
        return new ReportSet(pages, PagePreparation.PrepareAll(pages, cacheFolder, blanked, progress, cancellationToken));
    }
}

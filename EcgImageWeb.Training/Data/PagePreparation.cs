using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Leads;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Training.Data;

/// <summary>From a page's file to the networks' inputs, by the same stages as in the application; prepared pages are kept in a cache folder.</summary>
public static class PagePreparation
{
    /// <summary>Pages of the cache that are made again and compared before the rest is believed.</summary>
    private const int Checked = 3;

    /// <summary>Prepares a page.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="blanked">Whether everything that is not ECG is painted white first: lead names, "Lead Off", header, footer, grid.</param>
    /// <param name="cancellationToken">Stops between stages.</param>
    /// <exception cref="RefusalException">The pipeline refuses the page.</exception>
    public static PreparedPage Prepare(string path, bool blanked, CancellationToken cancellationToken = default)
    {
        var image = PageDecoder.Decode(File.ReadAllBytes(path), new DecodeLimits(), cancellationToken);
        var page = PageUprighter.Upright(image, cancellationToken);
        var layout = LayoutFinder.Find(page, cancellationToken);
        if (blanked)
        {
            page = PageBlanker.KeepTraces(page, layout, cancellationToken);
            // The ink that was found stays behind: the blanked page is read anew, in the same boxes.
            layout = new PageLayout(layout.Name, layout.From, layout.Confidence, layout.ColumnsSimultaneous, layout.Leads, layout.Notes) { Frame = layout.Frame, TimeZeroX = layout.TimeZeroX };
        }

        var traces = LeadTracer.Trace(page, layout, cancellationToken);
        var leads = LeadCutter.Cut(page, layout, cancellationToken);
        return new PreparedPage([.. leads.Select(lead => NetworkInput.FromBinary(lead).Pixels)], PageInput.From(page, traces));
    }

    /// <summary>Prepares all pages, or takes them from the cache where it still holds what the pipeline makes today.</summary>
    /// <param name="pages">The pages.</param>
    /// <param name="cacheFolder">One file a page; pages that are missing are added.</param>
    /// <param name="blanked">See <see cref="Prepare"/>.</param>
    /// <param name="progress">Told the number of pages done.</param>
    /// <param name="cancellationToken">Stops between pages.</param>
    public static IReadOnlyList<PreparedPage> PrepareAll(
        IReadOnlyList<ReportPage> pages, string cacheFolder, bool blanked, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        var folder = Path.Combine(cacheFolder, blanked ? "pages-blanked" : "pages");
        string FileOf(ReportPage page) => Path.Combine(folder, page.Id + ".bin");
        var cached = pages.Where(page => File.Exists(FileOf(page))).ToArray();
        var stale = cached.Take(Checked).Any(page => !Same(Read(FileOf(page)), Prepare(page.Path, blanked, cancellationToken)));
        if (stale) Directory.Delete(folder, recursive: true);

        var done = 0;
        var prepared = new PreparedPage[pages.Count];
        Parallel.For(0, pages.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, index =>
        {
            var file = FileOf(pages[index]);
            if (!File.Exists(file))
            {
                var made = Prepare(pages[index].Path, blanked, cancellationToken);
                AtomicFile.Write(file, stream => Write(stream, made));
            }

            prepared[index] = Read(file);
            progress?.Report(Interlocked.Increment(ref done));
        });
        return prepared;
    }

    private static bool Same(PreparedPage left, PreparedPage right)
        => left.PageInput.AsSpan().SequenceEqual(right.PageInput)
            && left.LeadImages.Count == right.LeadImages.Count
            && left.LeadImages.Zip(right.LeadImages).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    private static void Write(Stream stream, PreparedPage page)
    {
        using var writer = new BinaryWriter(stream);
        writer.Write(page.LeadImages.Count);
        foreach (var image in page.LeadImages)
        {
            writer.Write(image.Length);
            writer.Write(image);
        }

        writer.Write(page.PageInput.Length);
        foreach (var value in page.PageInput) writer.Write(value);
    }

    private static PreparedPage Read(string path)
    {
        using var reader = new BinaryReader(new MemoryStream(File.ReadAllBytes(path)));
        var images = new byte[reader.ReadInt32()][];
        for (var index = 0; index < images.Length; index++) images[index] = reader.ReadBytes(reader.ReadInt32());
        var input = new float[reader.ReadInt32()];
        for (var index = 0; index < input.Length; index++) input[index] = reader.ReadSingle();
        return new PreparedPage(images, input);
    }
}

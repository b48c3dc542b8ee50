using System.Text.Json;
using EcgImageWeb.Analysis.Records;
using EcgImageWeb.Analysis.Report;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Filtering;
using EcgImageWeb.Signal.Records;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Rendering;
using EcgImageWeb.Vision.Signals;

namespace EcgImageWeb.Analysis.Output;

/// <summary>Writes and reads the folder of one analysis, the files of docs/formats.md. It holds <c>analysis.json</c> or <c>error.json</c>, never both.</summary>
public static class AnalysisFolder
{
    /// <summary>The result's file; where it is, the folder is complete.</summary>
    public const string ResultFile = "analysis.json";

    /// <summary>The refusal's file.</summary>
    public const string ErrorFile = "error.json";

    /// <summary>The upright page.</summary>
    public const string PageFile = "page.jpg";

    /// <summary>The report, which is made on request (<see cref="WriteReport"/>).</summary>
    public const string ReportFile = "report.pdf";

    /// <summary>The picture as it was handed in, where the page was turned or made flat: the corners lie in it.</summary>
    private const string SourceFile = "source.jpg";

    /// <summary>The true signals of a page that was drawn to be read.</summary>
    private const string TruthFile = "truth.csv";

    private const string LeadsFolder = "leads";

    // Wide enough for a table row on a screen of twice the density.
    private const int ThumbnailWidth = 320;

    /// <summary>Stem of the files that hold the signals.</summary>
    public const string SignalsName = "signals";

    // A table is for people and short recordings; all of a long one is in signals.dat.
    private const double LongestTableS = 60;

    // What sixteen bits hold at 1000 units a mV; no heart gives as much.
    private const float LargestMv = 32;

    private static readonly string[] PageFiles = [PageFile, "thumbnail.jpg", "gray.png", "overlay.png"];
    private static readonly string[] SignalFiles = [SignalsName + ".csv", SignalsName + ".hea", SignalsName + ".dat"];
    private static readonly string[] LeadEndings = ["-raw.png", "-smooth.png", "-binary.png"];

    /// <summary>Removes what an earlier analysis left in a folder, its answer first; what is not of an analysis stays.</summary>
    /// <param name="folder">Made when it is not there.</param>
    public static void Clear(string folder)
    {
        var leads = Path.Combine(folder, LeadsFolder);
        Directory.CreateDirectory(folder);
        foreach (var name in (string[])[ResultFile, ErrorFile, ReportFile, SourceFile, TruthFile, .. PageFiles, .. SignalFiles])
            File.Delete(Path.Combine(folder, name));
        if (!Directory.Exists(leads))
            return;
        foreach (var picture in Directory.GetFiles(leads).Where(file => LeadEndings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal))))
            File.Delete(picture);
        if (!Directory.EnumerateFileSystemEntries(leads).Any())
            Directory.Delete(leads);
    }

    /// <summary>Clears the folder and writes every file of a result; <c>analysis.json</c> last and in one step.</summary>
    /// <param name="folder">Made when it is not there.</param>
    /// <param name="analysis">What to write.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    public static void Write(string folder, PageAnalysis analysis, CancellationToken cancellationToken)
    {
        Clear(folder);
        Directory.CreateDirectory(Path.Combine(folder, LeadsFolder));
        var page = analysis.Page.Pixels;
        Save(PageFiles[0], () => RasterEncoder.Jpeg(page));
        Save(PageFiles[1], () => RasterEncoder.Thumbnail(page, ThumbnailWidth));
        Save(PageFiles[2], () => RasterEncoder.Png(RasterEncoder.Gray(page)));
        Save(PageFiles[3], () => RasterEncoder.Png(OverlayPainter.Paint(page, analysis.DrawnTraces)));
        if (analysis.Source is { } source && !ReferenceEquals(source, page))
            Save(SourceFile, () => RasterEncoder.Jpeg(source));
        foreach (var lead in analysis.Leads)
            foreach (var (ending, picture) in LeadEndings.Zip((Raster[])[lead.Raw, lead.Smoothed, lead.Binary]))
                Save(Path.Combine(LeadsFolder, lead.Place.Key + ending), () => RasterEncoder.Png(picture));
        cancellationToken.ThrowIfCancellationRequested();
        if (analysis.Signals is { } signals)
            WriteSignals(folder, signals);
        if (analysis.Truth is { } truth)
            WriteCsv(Path.Combine(folder, TruthFile), truth);
        WriteAtomically(Path.Combine(folder, ResultFile), analysis.Result);

        void Save(string name, Func<byte[]> encode)
        {
            cancellationToken.ThrowIfCancellationRequested();
            File.WriteAllBytes(Path.Combine(folder, name), encode());
        }
    }

    /// <summary>Clears the folder and writes a refusal.</summary>
    /// <param name="folder">Made when it is not there.</param>
    /// <param name="error">What to write.</param>
    /// <param name="page">The page, where it is not a person's own; null leaves it out.</param>
    public static void WriteError(string folder, AnalysisError error, Raster? page = null)
    {
        Clear(folder);
        if (page is not null)
            File.WriteAllBytes(Path.Combine(folder, PageFile), RasterEncoder.Jpeg(page));
        WriteAtomically(Path.Combine(folder, ErrorFile), error);
    }

    /// <summary>Writes <c>report.pdf</c> from the other files of a complete folder.</summary>
    /// <param name="folder">A folder with a result.</param>
    /// <exception cref="InvalidOperationException">There is no result in it.</exception>
    public static void WriteReport(string folder)
    {
        var result = ReadResult(folder) ?? throw new InvalidOperationException($"There is no result in {folder}.");
        var overlay = PageDecoder.Decode(File.ReadAllBytes(Path.Combine(folder, PageFiles[3])), DecodeLimits.None);
        var signals = Path.Combine(folder, SignalFiles[0]);
        var leads = File.Exists(signals) ? LeadCsv.Read(SignalFiles[0], File.ReadAllText(signals)) : [];
        var part = Path.Combine(folder, ReportFile + ".part");
        File.WriteAllBytes(part, ReportPdf.Write(result, overlay.Pixels, leads));
        File.Move(part, Path.Combine(folder, ReportFile), overwrite: true);
    }

    /// <summary>The result of a page in a folder; null when there is none.</summary>
    public static AnalysisResult? ReadResult(string folder) => Read<AnalysisResult>(Path.Combine(folder, ResultFile)) is { Geometry: not null } page ? page : null;

    /// <summary>The refusal in a folder; null when there is none.</summary>
    public static AnalysisError? ReadError(string folder) => Read<AnalysisError>(Path.Combine(folder, ErrorFile));

    /// <summary>Writes <c>overlay.png</c>, the signals and <c>analysis.json</c> only: what <c>./ecg digitize</c> is asked for.</summary>
    /// <param name="folder">Made when it is not there.</param>
    /// <param name="analysis">A result with signals.</param>
    public static void WriteDigitization(string folder, PageAnalysis analysis)
    {
        Clear(folder);
        File.WriteAllBytes(Path.Combine(folder, PageFiles[3]), RasterEncoder.Png(OverlayPainter.Paint(analysis.Page.Pixels, analysis.DrawnTraces)));
        if (analysis.Signals is { } signals)
            WriteSignals(folder, signals);
        WriteAtomically(Path.Combine(folder, ResultFile), analysis.Result);
    }

    /// <summary>Clears the folder and writes a record's <c>analysis.json</c>.</summary>
    /// <param name="folder">Made when it is not there.</param>
    /// <param name="analysis">What to write.</param>
    /// <param name="withSignals">Whether to write <c>signals.hea</c> and <c>.dat</c>, at the first lead's rate, and the first minute as <c>signals.csv</c>.</param>
    public static void WriteRecord(string folder, RecordAnalysis analysis, bool withSignals)
    {
        Clear(folder);
        if (withSignals)
        {
            var rateHz = analysis.Leads[0].SampleRateHz;
            var leads = analysis.Leads.Select((lead, i) => Resampler.Resample(lead, rateHz) with { Name = analysis.Result.Leads[i].Key })
                .Select(lead => lead with { Mv = Array.ConvertAll(lead.Mv, mv => Math.Clamp(mv, -LargestMv, LargestMv)) }).ToArray();
            WfdbWriter.Write(folder, SignalsName, leads);
            var rows = (int)(LongestTableS * rateHz);
            using var csv = new StreamWriter(Path.Combine(folder, SignalFiles[0]));
            LeadCsv.Write(csv, [.. leads.Select(lead => lead with { Mv = lead.Mv[..Math.Min(rows, lead.Mv.Length)] })]);
        }
        WriteAtomically(Path.Combine(folder, ResultFile), analysis.Result);
    }

    /// <summary>A record's result in a folder; null when there is none.</summary>
    public static RecordResult? ReadRecord(string folder) => Read<RecordResult>(Path.Combine(folder, ResultFile)) is { Source.SampleRateHz: > 0 } record ? record : null;

    private static void WriteSignals(string folder, DigitizedPage signals)
    {
        var table = signals.Table();
        WriteCsv(Path.Combine(folder, SignalFiles[0]), table);
        WfdbWriter.Write(folder, SignalsName, table);
    }

    private static void WriteCsv(string path, IReadOnlyList<LeadSignal> leads)
    {
        using var csv = new StreamWriter(path);
        LeadCsv.Write(csv, leads);
    }

    private static T? Read<T>(string path)
        where T : class
    {
        if (!File.Exists(path))
            return null;
        using var stream = File.OpenRead(path);
        return JsonSerializer.Deserialize<T>(stream, AnalysisJson.Options);
    }

    private static void WriteAtomically<T>(string path, T value)
    {
        var part = path + ".part";
        File.WriteAllText(part, JsonSerializer.Serialize(value, AnalysisJson.Options) + "\n");
        File.Move(part, path, overwrite: true);
    }
}

using System.Text.Json;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Vision.Rendering;

namespace EcgImageWeb.Analysis.Output;

/// <summary>Writes and reads the folder of one analysis, the files of docs/formats.md.</summary>
public static class AnalysisFolder
{
    /// <summary>The result's file; where it is, the folder is complete.</summary>
    public const string ResultFile = "analysis.json";

    /// <summary>The refusal's file.</summary>
    public const string ErrorFile = "error.json";

    // Wide enough for a table row on a screen of twice the density.
    private const int ThumbnailWidth = 320;

    /// <summary>Writes every file of a result; <c>analysis.json</c> last and in one step.</summary>
    /// <param name="folder">Made when it is not there.</param>
    /// <param name="analysis">What to write.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    public static void Write(string folder, PageAnalysis analysis, CancellationToken cancellationToken)
    {
        var leadsFolder = Path.Combine(folder, "leads");
        Directory.CreateDirectory(leadsFolder);
        Save(Path.Combine(folder, "page.jpg"), RasterEncoder.Jpeg(analysis.Page.Pixels));
        Save(Path.Combine(folder, "thumbnail.jpg"), RasterEncoder.Thumbnail(analysis.Page.Pixels, ThumbnailWidth));
        Save(Path.Combine(folder, "gray.png"), RasterEncoder.Png(RasterEncoder.Gray(analysis.Page.Pixels)));
        Save(Path.Combine(folder, "overlay.png"), RasterEncoder.Png(OverlayPainter.Paint(analysis.Page.Pixels, analysis.Traces)));
        foreach (var lead in analysis.Leads)
        {
            Save(Path.Combine(leadsFolder, $"{lead.Place.Key}-raw.png"), RasterEncoder.Png(lead.Raw));
            Save(Path.Combine(leadsFolder, $"{lead.Place.Key}-smooth.png"), RasterEncoder.Png(lead.Smoothed));
            Save(Path.Combine(leadsFolder, $"{lead.Place.Key}-binary.png"), RasterEncoder.Png(lead.Binary));
        }
        WriteAtomically(Path.Combine(folder, ResultFile), analysis.Result);

        void Save(string path, byte[] bytes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            File.WriteAllBytes(path, bytes);
        }
    }

    /// <summary>Writes a refusal.</summary>
    public static void WriteError(string folder, AnalysisError error)
    {
        Directory.CreateDirectory(folder);
        WriteAtomically(Path.Combine(folder, ErrorFile), error);
    }

    /// <summary>The result in a folder; null when there is none.</summary>
    public static AnalysisResult? ReadResult(string folder) => Read<AnalysisResult>(Path.Combine(folder, ResultFile));

    /// <summary>The refusal in a folder; null when there is none.</summary>
    public static AnalysisError? ReadError(string folder) => Read<AnalysisError>(Path.Combine(folder, ErrorFile));

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

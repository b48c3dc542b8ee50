using System.Text.RegularExpressions;

namespace EcgImageWeb.Server.Api;

/// <summary>Which paths below an analysis are served, and as what.</summary>
internal static partial class ResultFiles
{
    /// <summary>Content type of a path; null for anything that is not the plain name of a result's file.</summary>
    public static string? TypeOf(string path) => !Plain().IsMatch(path) ? null : Path.GetExtension(path) switch
    {
        ".json" => "application/json",
        ".jpg" => "image/jpeg",
        ".png" => "image/png",
        ".csv" => "text/csv; charset=utf-8",
        ".pdf" => "application/pdf",
        ".hea" => "text/plain; charset=utf-8",
        ".dat" => "application/octet-stream",
        _ => null,
    };

    [GeneratedRegex(@"\A(leads/)?[A-Za-z0-9-]+\.[a-z]+\z")]
    private static partial Regex Plain();
}

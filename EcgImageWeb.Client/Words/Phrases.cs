using System.Globalization;

namespace EcgImageWeb.Client.Words;

/// <summary>Numbers and durations as a person reads them; always the same everywhere.</summary>
internal static class Phrases
{
    /// <summary>A probability with two digits, 0.91.</summary>
    public static string Probability(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A share as a CSS percentage.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    /// <summary>A number with at most that many digits after the point.</summary>
    public static string Number(double value, int digits) => value.ToString("0." + new string('#', digits), CultureInfo.InvariantCulture);

    /// <summary>Milliseconds without digits after the point; below 10 ms with one.</summary>
    public static string Milliseconds(double value) => value.ToString(value < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " ms";

    /// <summary>A file's size.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} B",
        < 1_000_000 => $"{bytes / 1000.0:0} kB",
        _ => $"{bytes / 1e6:0.#} MB",
    };

    /// <summary>How long, in the largest unit that fits.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalHours: 1 } => "an hour",
        { TotalHours: > 1 } => $"{time.TotalHours:0.#} hours",
        { TotalMinutes: >= 2 } => $"{time.TotalMinutes:0} minutes",
        _ => $"{time.TotalSeconds:0} seconds",
    };

    /// <summary>How long ago.</summary>
    public static string Ago(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalMinutes: < 2 } => "a minute ago",
        { TotalHours: < 1 } => $"{Math.Floor(time.TotalMinutes):0} minutes ago",
        { TotalHours: < 2 } => "an hour ago",
        _ => $"{Math.Floor(time.TotalHours):0} hours ago",
    };
}

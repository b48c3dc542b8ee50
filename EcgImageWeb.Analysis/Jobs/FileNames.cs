using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EcgImageWeb.Analysis.Jobs;

/// <summary>Names as people's machines give them, made safe to show and to use as the name of a file or folder.</summary>
public static partial class FileNames
{
    // File systems take 255 bytes; this leaves room for what is put behind a name ("-2", ".csv").
    private const int MaxBytes = 200;

    private const string Nameless = "page";

    /// <summary>
    /// The last part of a path of any system, without what cannot be seen (control characters, marks that turn the
    /// direction of writing, broken surrogates) or is special to a file system; at most 200 bytes of UTF-8, of which the
    /// end is kept; <c>page</c> when nothing is left.
    /// </summary>
    public static string Clean(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var visible = string.Concat(last.EnumerateRunes().Where(IsKept)).Trim([' ', '.', '\u00A0', '\u3000']);
        var start = 0;
        while (Encoding.UTF8.GetByteCount(visible.AsSpan(start)) > MaxBytes)
            start += Rune.GetRuneAt(visible, start).Utf16SequenceLength;
        visible = visible[start..].TrimStart(' ', '.');
        if (visible.Length == 0)
            return Nameless;
        return DeviceName().IsMatch(visible) ? $"{Nameless}-{visible}" : visible;
    }

    // A lone surrogate is enumerated as U+FFFD.
    private static bool IsKept(Rune rune) =>
        rune != Rune.ReplacementChar
        && !"<>:\"|?*".Contains((char)Math.Min(rune.Value, char.MaxValue))
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);

    // Names that Windows takes for devices, with any ending: a result may be saved there.
    [GeneratedRegex(@"\A(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DeviceName();
}

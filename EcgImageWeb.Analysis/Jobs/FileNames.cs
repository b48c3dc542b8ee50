namespace EcgImageWeb.Analysis.Jobs;

/// <summary>Names as people's machines give them, made safe to show and to use as a folder's name.</summary>
public static class FileNames
{
    private const int MaxLength = 120;

    /// <summary>The last part of a path of any system, without control characters; <c>page</c> when nothing is left.</summary>
    public static string Clean(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var visible = string.Concat(last.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && !"<>:\"|?*".Contains(c))).Trim(' ', '.');
        if (visible.Length == 0)
            return "page";
        return visible.Length <= MaxLength ? visible : visible[^MaxLength..].TrimStart(' ', '.');
    }
}

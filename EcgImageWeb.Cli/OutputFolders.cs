namespace EcgImageWeb.Cli;

/// <summary>One output folder an input, named after its stem; <c>-2</c>, <c>-3</c>, … when inputs share it.</summary>
internal static class OutputFolders
{
    public static string[] For(string output, IReadOnlyList<string> files)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var folders = new string[files.Count];
        for (var i = 0; i < folders.Length; i++)
        {
            // A stem of nothing or of dots would be the output folder itself, or one above it.
            var stem = Path.GetFileNameWithoutExtension(files[i]) is { } own and not ("" or "." or "..") ? own : "page";
            var name = stem;
            for (var n = 2; !taken.Add(name); n++)
                name = $"{stem}-{n}";
            folders[i] = Path.Combine(output, name);
        }
        return folders;
    }
}

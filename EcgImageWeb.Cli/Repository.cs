namespace EcgImageWeb.Cli;

/// <summary>Where things lie. <c>./ecg</c> says where the repository is; without it, it is looked for upwards from the program.</summary>
internal static class Repository
{
    public static string Root { get; } = Environment.GetEnvironmentVariable("ECG_ROOT") ?? Find();

    public static string Models => Path.Combine(Root, "models");

    public static string Cache => Path.Combine(Root, ".cache");

    /// <summary>What <c>--data</c> says, or the data beside the checkout.</summary>
    public static string DataFolder(string? given)
    {
        var folder = Path.GetFullPath(given ?? Path.Combine(Root, "..", "shared", "data"));
        return Directory.Exists(folder) ? folder : throw new UsageException($"There is no data folder {folder}; say where it is with --data.");
    }

    /// <summary>The checked-out commit; null outside a checkout.</summary>
    public static string? Commit()
    {
        var head = Path.Combine(Root, ".git", "HEAD");
        if (!File.Exists(head))
            return null;
        var text = File.ReadAllText(head).Trim();
        if (!text.StartsWith("ref: ", StringComparison.Ordinal))
            return text;
        var branch = Path.Combine(Root, ".git", text["ref: ".Length..]);
        return File.Exists(branch) ? File.ReadAllText(branch).Trim() : null;
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "EcgImageWeb.slnx")))
                return folder.FullName;
        throw new UsageException("The repository was not found; start the program with ./ecg.");
    }
}

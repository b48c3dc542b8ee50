namespace EcgImageWeb.Cli;

/// <summary>Where things lie. <c>./ecg</c> says where the repository is; without it, it is looked for upwards from the program.</summary>
internal static class Repository
{
    public static string Root { get; } = Environment.GetEnvironmentVariable("ECG_ROOT") ?? Find();

    public static string Models => Path.Combine(Root, "models");

    /// <summary>The data beside the checkout, when <c>--data</c> is not given.</summary>
    public static string SharedData => Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "EcgImageWeb.slnx")))
                return folder.FullName;
        throw new UsageException("The repository was not found; start the program with ./ecg.");
    }
}

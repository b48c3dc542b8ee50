namespace EcgImageWeb.Browser.Tests;

/// <summary>Where things are in the repository these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>A real report page that ships as an example.</summary>
    public static string Example(string name) => Path.Combine(Root, "wwwroot", "examples", name);

    /// <summary>The server, built in the same configuration as these tests.</summary>
    public static string Server
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(Root, "EcgImageWeb.Server", "bin", output.Parent!.Name, output.Name, "EcgImageWeb.Server.dll");
        }
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "EcgImageWeb.slnx")))
                return folder.FullName;
        throw new DirectoryNotFoundException("The tests were started outside the repository.");
    }
}

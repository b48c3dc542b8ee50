namespace EcgImageWeb.Server;

/// <summary>Where appsettings.json and models/ are: beside the program once published, at the top of the repository otherwise.</summary>
internal static class ContentRoot
{
    private const string Settings = "appsettings.json";

    /// <summary>The folder with the settings, from the program upwards; independent of where it is started.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, Settings)))
                return folder.FullName;
        throw new FileNotFoundException($"{Settings} is missing: it belongs beside the program or at the top of the repository.");
    }
}

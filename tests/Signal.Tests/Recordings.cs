using System.Runtime.CompilerServices;

namespace EcgImageWeb.Signal.Tests;

/// <summary>Where the published recordings are, for tests that measure on them.</summary>
internal static class Recordings
{
    /// <summary>A data set's folder below ECG_DATA (default: .cache/signals of the repository); skips the test where it is not.</summary>
    public static string Folder(string name)
    {
        var folder = Path.Combine(Root, name);
        Assert.SkipUnless(Directory.Exists(folder), $"The recordings \"{name}\" are not in {Root}; unpack them there or set ECG_DATA.");
        return folder;
    }

    private static string Root { get; } = Environment.GetEnvironmentVariable("ECG_DATA")
        ?? Path.GetFullPath(Path.Combine(Here(), "../../../.cache/signals"));

    private static string Here([CallerFilePath] string file = "") => file;
}

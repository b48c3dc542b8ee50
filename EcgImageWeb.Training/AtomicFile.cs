namespace EcgImageWeb.Training;

/// <summary>Files that are complete or not there: written beside their place, then moved over it.</summary>
internal static class AtomicFile
{
    public static void Write(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var partial = path + ".partial";
        using (var stream = File.Create(partial)) write(stream);
        File.Move(partial, path, overwrite: true);
    }

    public static void WriteText(string path, string text) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream);
        writer.Write(text);
    });
}

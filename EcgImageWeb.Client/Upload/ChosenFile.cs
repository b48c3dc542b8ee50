namespace EcgImageWeb.Client.Upload;

/// <summary>A file as the browser describes it; the file itself stays there.</summary>
/// <param name="Key">The browser's key for it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Size">Its bytes.</param>
public sealed record ChosenFile(int Key, string Name, long Size);

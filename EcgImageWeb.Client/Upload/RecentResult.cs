namespace EcgImageWeb.Client.Upload;

/// <summary>A result this browser remembers (localStorage).</summary>
/// <param name="Id">The analysis.</param>
/// <param name="Name">The file's name.</param>
public sealed record RecentResult(string Id, string Name);

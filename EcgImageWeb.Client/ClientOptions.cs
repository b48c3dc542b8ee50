namespace EcgImageWeb.Client;

/// <summary>Settings of the server that a person should know of.</summary>
/// <param name="MaxFileBytes">Files above this are refused before they are sent.</param>
/// <param name="KeepFor">How long files and results stay.</param>
public sealed record ClientOptions(long MaxFileBytes, TimeSpan KeepFor);

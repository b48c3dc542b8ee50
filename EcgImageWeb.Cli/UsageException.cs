namespace EcgImageWeb.Cli;

/// <summary>The command was called wrongly; the message says how it is called.</summary>
internal sealed class UsageException(string message) : Exception(message);

namespace EcgImageWeb.Vision;

/// <summary>An input that cannot be worked on, told to the person who gave it.</summary>
/// <param name="code">One of <see cref="RefusalCode"/>; stable, see docs/formats.md.</param>
/// <param name="message">One or two sentences: what was seen, what was expected, what to do.</param>
public sealed class RefusalException(string code, string message) : Exception(message)
{
    /// <summary>The stable code.</summary>
    public string Code { get; } = code;
}

namespace EcgImageWeb.Inference;

/// <summary>The device asked for cannot be used; the message is a sentence that says why.</summary>
public sealed class InferenceUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

namespace EcgImageWeb.Inference.Models;

/// <summary>A model cannot be used; the message is a sentence that says why.</summary>
public sealed class ModelException(ModelFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Which fault.</summary>
    public ModelFault Fault { get; } = fault;
}

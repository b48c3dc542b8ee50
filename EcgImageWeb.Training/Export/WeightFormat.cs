namespace EcgImageWeb.Training.Export;

/// <summary>How the large weights stand in an ONNX file; the arithmetic is always 32-bit float. Biases and norms stay 32 bit.</summary>
public enum WeightFormat
{
    /// <summary>32-bit float.</summary>
    Full,

    /// <summary>16-bit float, widened by a Cast node.</summary>
    Half,

    /// <summary>8-bit integer with one scale a channel, widened by a DequantizeLinear node.</summary>
    Byte,
}

namespace EcgImageWeb.Inference;

/// <summary>Where models run: the setting <c>Inference:Device</c>.</summary>
public enum InferenceDevice
{
    /// <summary>The processor; needs nothing else.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU, or refuse.</summary>
    Cuda,

    /// <summary>An NVIDIA GPU where one can be used, else the processor, saying why.</summary>
    Auto,
}

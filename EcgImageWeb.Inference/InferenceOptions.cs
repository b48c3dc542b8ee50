namespace EcgImageWeb.Inference;

/// <summary>Where and how models run: the settings under <c>Inference</c>.</summary>
public sealed record InferenceOptions
{
    /// <summary>The device.</summary>
    public InferenceDevice Device { get; init; } = InferenceDevice.Cpu;

    /// <summary>Threads that one run may use; 0 for one a core.</summary>
    public int Threads { get; init; }
}

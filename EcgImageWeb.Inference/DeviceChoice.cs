using Microsoft.ML.OnnxRuntime;

namespace EcgImageWeb.Inference;

/// <summary>What models run on, after looking at what there is.</summary>
/// <param name="Device"><see cref="InferenceDevice.Cpu"/> or <see cref="InferenceDevice.Cuda"/>.</param>
/// <param name="Notice">A sentence to show where <see cref="InferenceDevice.Auto"/> fell back to the processor; else null.</param>
public sealed record DeviceChoice(InferenceDevice Device, string? Notice)
{
    /// <summary>Chooses the device for these options.</summary>
    /// <exception cref="InferenceUnavailableException"><see cref="InferenceDevice.Cuda"/> was asked for and cannot be used.</exception>
    public static DeviceChoice For(InferenceOptions options)
    {
        var (session, choice) = SessionOptionsFor(options);
        session.Dispose();
        return choice;
    }

    internal static (SessionOptions Session, DeviceChoice Choice) SessionOptionsFor(InferenceOptions options)
    {
        var session = new SessionOptions();
        if (options.Threads > 0)
            session.IntraOpNumThreads = options.Threads;
        if (options.Device == InferenceDevice.Cpu)
            return (session, new DeviceChoice(InferenceDevice.Cpu, null));
        try
        {
            session.AppendExecutionProvider(OrtEnv.Instance(), [CudaProvider.FirstGpu()], null);
            return (session, new DeviceChoice(InferenceDevice.Cuda, null));
        }
        catch (Exception e) when (e is OnnxRuntimeException or InferenceUnavailableException)
        {
            if (options.Device == InferenceDevice.Auto)
                return (session, Fallback(e));
            session.Dispose();
            throw Refusal(e);
        }
    }

    internal static DeviceChoice Fallback(Exception e) =>
        new(InferenceDevice.Cpu, $"Models run on the CPU, because the GPU cannot be used: {e.Message}.");

    internal static InferenceUnavailableException Refusal(Exception e) => new(
        $"Inference:Device is 'cuda', but the GPU cannot be used: {e.Message}. Put that right, or set it to 'cpu' or 'auto'.", e);
}

using Microsoft.ML.OnnxRuntime;

namespace EcgImageWeb.Inference;

/// <summary>
/// ONNX Runtime's CUDA provider, registered at run time as a plugin: so it works beside an engine that
/// was built without CUDA (the npm package's) as well as beside one that was built with it.
/// </summary>
internal static class CudaProvider
{
    private const string Name = "CUDAExecutionProvider";
    private const string Library = "libonnxruntime_providers_cuda.so";

    // Beside the program, or where a published package's libraries lie.
    private static readonly string[] Folders = ["", "runtimes/linux-x64/native"];

    private static readonly Lock Registering = new();
    private static bool registered;

    /// <summary>The first GPU that the provider can use.</summary>
    /// <exception cref="InferenceUnavailableException">The provider is not installed, or it finds no GPU.</exception>
    /// <exception cref="OnnxRuntimeException">The provider cannot be loaded: it wants CUDA 13's cublas, cudart and curand, cuDNN and the driver.</exception>
    public static OrtEpDevice FirstGpu()
    {
        var library = Folders.Select(folder => Path.Combine(AppContext.BaseDirectory, folder, Library)).FirstOrDefault(File.Exists)
            ?? throw new InferenceUnavailableException("the CUDA provider is not installed; './ecg setup --cuda' fetches it");
        lock (Registering)
        {
            if (!registered)
                OrtEnv.Instance().RegisterExecutionProviderLibrary(Name, library);
            registered = true;
            return Gpu() ?? throw new InferenceUnavailableException("the CUDA provider finds no NVIDIA GPU");
        }
    }

    private static OrtEpDevice? Gpu() => OrtEnv.Instance().GetEpDevices().FirstOrDefault(device => device.EpName == Name);
}

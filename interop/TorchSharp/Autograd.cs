namespace TorchSharp;

public static partial class torch
{
    /// <summary>Sets LibTorch's gradient mode of this thread until disposed.</summary>
    internal sealed class AutoGradMode : IDisposable
    {
        private readonly int _was;

        internal AutoGradMode(bool enabled) => _was = Native.ecgth_grad_enabled(enabled ? 1 : 0);

        public void Dispose() => Native.ecgth_grad_enabled(_was);
    }

    internal sealed class InferenceMode : IDisposable
    {
        private nint _guard;

        internal InferenceMode(bool mode) => _guard = Native.ecgth_inference_guard(mode ? 1 : 0);

        public void Dispose()
        {
            var guard = Interlocked.Exchange(ref _guard, 0);
            if (guard != 0)
                Native.ecgth_inference_guard_free(guard);
        }
    }

    public static IDisposable no_grad() => new AutoGradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    public static bool is_grad_enabled() => Native.ecgth_grad_enabled(-1) != 0;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => Native.ecgth_inference_enabled() != 0;
}

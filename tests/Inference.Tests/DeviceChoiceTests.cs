namespace EcgImageWeb.Inference.Tests;

public sealed class DeviceChoiceTests
{
    [Fact]
    public void The_cpu_needs_no_excuse() =>
        Assert.Equal(new DeviceChoice(InferenceDevice.Cpu, null), DeviceChoice.For(new InferenceOptions()));

    [Fact]
    public void Cuda_without_a_usable_gpu_refuses_with_the_reason_and_what_to_do()
    {
        SkipWithGpu();

        var error = Assert.Throws<InferenceUnavailableException>(() => TinyModel.Load(true, new InferenceOptions { Device = InferenceDevice.Cuda }));

        Assert.StartsWith("Inference:Device is 'cuda', but the GPU cannot be used: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("set it to 'cpu' or 'auto'.", error.Message, StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine(error.Message);
    }

    [Fact]
    public void Auto_without_a_usable_gpu_runs_on_the_cpu_and_says_why()
    {
        SkipWithGpu();

        using var model = TinyModel.Load(true, new InferenceOptions { Device = InferenceDevice.Auto });

        Assert.Equal(InferenceDevice.Cpu, model.Device.Device);
        Assert.StartsWith("Models run on the CPU, because the GPU cannot be used: ", model.Device.Notice, StringComparison.Ordinal);
        Assert.Single(model.Run([1, 2, 3], [1, 3], TestContext.Current.CancellationToken));
    }

    private static void SkipWithGpu() => Assert.SkipWhen(
        UsableGpu(), "This machine has a GPU that can be used.");

    private static bool UsableGpu()
    {
        using var model = TinyModel.Load(true, new InferenceOptions { Device = InferenceDevice.Auto });
        return model.Device.Device == InferenceDevice.Cuda;
    }
}

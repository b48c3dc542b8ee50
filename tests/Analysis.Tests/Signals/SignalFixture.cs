using EcgImageWeb.Analysis.Signals;
using EcgImageWeb.Inference;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Tests;

namespace EcgImageWeb.Analysis.Tests.Signals;

/// <summary>Hand-made signal models, and a strip with one wide, early beat among regular ones.</summary>
public sealed class SignalFixture : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecg-tests-").FullName;
    private readonly ModelLibrary library;

    public SignalFixture()
    {
        TinyModels.WriteSignalsTo(folder);
        library = new ModelLibrary(folder, new InferenceOptions { Threads = 1 });
        Models = new SignalModels(library);
    }

    /// <summary>Seconds at which the wide beat of <see cref="Strip"/> has its peak.</summary>
    public const double WideS = 4.9;

    public SignalModels Models { get; }

    /// <summary>Ten seconds of lead II at 500 Hz, 75 beats a minute; the beat at 5.3 s gives way to a wide one at <see cref="WideS"/>.</summary>
    public static LeadSignal Strip { get; } = WithWideBeat();

    public void Dispose()
    {
        library.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static LeadSignal WithWideBeat()
    {
        var regular = MadeUp.Lead(500, 10, 0.8);
        var mv = (float[])regular.Mv.Clone();
        for (var i = 0; i < mv.Length; i++)
        {
            var t = i / 500.0;
            if (t is > 4.62 and < 6.0)
                mv[i] = t > 5.7 ? mv[i] : 0;
            mv[i] += (float)(1.6 * Math.Exp(-Math.Pow((t - WideS) / 0.045, 2) / 2));
        }
        return regular with { Mv = mv };
    }
}

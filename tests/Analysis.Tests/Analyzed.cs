using EcgImageWeb.Analysis.Tests;
using EcgImageWeb.Inference;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Vision.Decoding;

[assembly: AssemblyFixture(typeof(Analyzed))]

namespace EcgImageWeb.Analysis.Tests;

/// <summary>An analyzer with tiny models, and one report page analyzed by it once for all tests.</summary>
public sealed class Analyzed : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecg-tests-").FullName;
    private readonly ModelLibrary library;

    public Analyzed()
    {
        TinyModels.WriteTo(folder);
        library = new ModelLibrary(folder, new InferenceOptions { Threads = 1 });
        Models = new ImageModels(library);
        Analyzer = new PageAnalyzer(Models, DecodeLimits.Default);
        Page = Analyzer.Analyze("page.jpg", PageBytes, new AnalysisOptions(), null, CancellationToken.None);
    }

    /// <summary>A report page of 2213 x 1572 px, 3x4+1.</summary>
    public static byte[] PageBytes { get; } = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "page.jpg"));

    public ModelLibrary Library => library;

    public ImageModels Models { get; }

    public PageAnalyzer Analyzer { get; }

    public PageAnalysis Page { get; }

    public void Dispose()
    {
        library.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}

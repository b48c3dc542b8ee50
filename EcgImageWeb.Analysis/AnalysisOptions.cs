using EcgImageWeb.Analysis.Corrections;
using EcgImageWeb.Inference;
using EcgImageWeb.Vision.Signals;

namespace EcgImageWeb.Analysis;

/// <summary>What to do with a page.</summary>
/// <param name="Models">Image models to ask, by name; every model that is there when null.</param>
/// <param name="Aggregation">How the leads' answers become the page's.</param>
/// <param name="SignalRateHz">Samples a second of the digitized leads; null leaves the signals out.</param>
/// <param name="Corrections">What a person set by hand; null when nothing.</param>
public sealed record AnalysisOptions(
    IReadOnlyList<string>? Models = null,
    AggregationMethod Aggregation = EcgImageWeb.Inference.Aggregation.Default,
    double? SignalRateHz = SignalReader.DefaultRateHz,
    PageCorrections? Corrections = null);

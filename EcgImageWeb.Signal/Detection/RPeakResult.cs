using EcgImageWeb.Signal.Measures;

namespace EcgImageWeb.Signal.Detection;

/// <summary>Detected R peaks of one record against its annotated beats.</summary>
/// <param name="Record">Name of the record.</param>
/// <param name="Within150Ms">Pairs at most 150 ms apart (the tolerance of EC57).</param>
/// <param name="Within50Ms">Pairs at most 50 ms apart.</param>
public sealed record RPeakResult(string Record, BeatScore Within150Ms, BeatScore Within50Ms);

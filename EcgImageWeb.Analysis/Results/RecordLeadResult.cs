namespace EcgImageWeb.Analysis.Results;

/// <summary>One lead of a record.</summary>
/// <param name="Key">Its name, with <c>-2</c>, <c>-3</c>, … where the record repeats one.</param>
/// <param name="Name">The lead.</param>
/// <param name="StartS">Seconds at its first sample.</param>
/// <param name="EndS">Seconds at its end.</param>
/// <param name="Coverage">Share of its samples that are known, 0 to 1.</param>
/// <param name="SignalModels">The answer of each signal model; absent for a lead that is too short.</param>
public sealed record RecordLeadResult(
    string Key, string Name, double StartS, double EndS, double Coverage, IReadOnlyDictionary<string, SignalAnswer>? SignalModels);

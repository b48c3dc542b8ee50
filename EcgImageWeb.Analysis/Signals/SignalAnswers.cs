using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Analysis.Signals;

/// <summary>What the signal models say of some leads recorded or printed together.</summary>
/// <param name="Leads">By model, one entry a lead; null for a lead that is too short for any.</param>
/// <param name="Whole">By model, the answer of the longest lead; null where no model answered.</param>
/// <param name="Measurements">Rate and intervals; null where no lead shows two beats.</param>
/// <param name="Beats">Every beat of the longest lead with its class; null without a beat model.</param>
/// <param name="Models">The models that answered.</param>
/// <param name="Notes">What was left out, and why.</param>
public sealed record SignalAnswers(
    IReadOnlyList<IReadOnlyDictionary<string, SignalAnswer>?> Leads,
    IReadOnlyDictionary<string, SignalAnswer>? Whole,
    Measurements? Measurements,
    IReadOnlyList<BeatAnswer>? Beats,
    IReadOnlyList<ModelInfo> Models,
    IReadOnlyList<Note> Notes);

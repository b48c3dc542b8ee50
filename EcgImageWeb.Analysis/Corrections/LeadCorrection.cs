using EcgImageWeb.Analysis.Results;

namespace EcgImageWeb.Analysis.Corrections;

/// <summary>What a person set about one lead.</summary>
/// <param name="Key">The place on the page, as in the result; it stays what it is when the name changes.</param>
/// <param name="Name">The lead that stands there; null leaves the name.</param>
/// <param name="Box">Its rectangle in the upright page; null leaves the box.</param>
public sealed record LeadCorrection(string Key, string? Name = null, Box? Box = null);

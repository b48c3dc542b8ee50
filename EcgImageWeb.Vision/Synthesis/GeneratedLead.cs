using EcgImageWeb.Signal;

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>One strip of a generated page. Its label in the mask is its place in <see cref="GeneratedPage.Leads"/> plus one.</summary>
/// <param name="Key">Lead name, or <c>rhythm</c> (<c>rhythm1</c>, <c>rhythm2</c>, … of several).</param>
/// <param name="Printed">The name as printed; <c>-aVR</c> is drawn upside down.</param>
/// <param name="IsRhythm">A long strip.</param>
/// <param name="Box">Around the trace, at least half a row up and down, pixels of the picture.</param>
/// <param name="Polyline">Where each sample of the signal is in the picture; NaN where it is not on the page.</param>
/// <param name="Signal">What is drawn, 500 Hz; NaN where nothing is.</param>
public sealed record GeneratedLead(
    string Key, string Printed, bool IsRhythm, PixelBox Box, IReadOnlyList<PixelPoint> Polyline, LeadSignal Signal);

using EcgImageWeb.Signal;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Signals;

/// <summary>One lead of a page as a signal.</summary>
/// <param name="Trace">Where it was read: a row for every column of the lead's box, NaN where there is no ink.</param>
/// <param name="Signal">Millivolts over seconds of the page's time axis; NaN where the page shows nothing. A column whose lead is also a strip is named <c>II@column</c>.</param>
/// <param name="Confidence">One value a sample, 0 (no ink) to 1 (the page's ink is just what a pen on this signal would leave).</param>
public sealed record DigitizedLead(LeadTrace Trace, LeadSignal Signal, float[] Confidence)
{
    /// <summary>Mean of <see cref="Confidence"/> over the lead's time, 0 to 1.</summary>
    public double MeanConfidence => Confidence.Length == 0 ? 0 : Confidence.Average();
}

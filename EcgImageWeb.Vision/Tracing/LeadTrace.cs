using EcgImageWeb.Vision.Layout;

namespace EcgImageWeb.Vision.Tracing;

/// <summary>The trace of one lead: a sub-pixel row for every column of its box.</summary>
/// <param name="Place">Where the lead stands.</param>
/// <param name="Row">One value a column of the box: continuous row in the upright page, NaN where no trace was found.</param>
/// <param name="BaselineRow">Row of the isoelectric line (median of the trace when there is nothing better), continuous, upright page.</param>
/// <param name="Coverage">Share of columns with a trace, 0 to 1.</param>
public sealed record LeadTrace(LeadPlace Place, float[] Row, double BaselineRow, double Coverage);

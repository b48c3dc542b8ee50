using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;

namespace EcgImageWeb.Vision.Tracing;

/// <summary>A trace as millivolts at even times, for the models that see a page's traces.</summary>
public static class TraceSampler
{
    /// <summary>Samples a trace in the middle of each interval: sample n stands for second StartS + (n + 0.5) / rate.</summary>
    /// <param name="trace">Rows of the trace.</param>
    /// <param name="page">Its page, for the scale.</param>
    /// <param name="layout">Its layout, for second 0.</param>
    /// <param name="sampleRateHz">Samples a second.</param>
    /// <param name="mmPerS">Paper speed.</param>
    /// <param name="mmPerMv">Gain.</param>
    /// <returns>(EndS - StartS) x rate values in mV above the trace's baseline row; NaN throughout where nothing was traced.</returns>
    public static float[] Sample(LeadTrace trace, UprightPage page, PageLayout layout, double sampleRateHz, double mmPerS = 25, double mmPerMv = 10)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(layout);
        var samples = new float[(int)Math.Round((trace.Place.EndS - trace.Place.StartS) * sampleRateHz)];
        var columnStart = layout.ColumnsSimultaneous ? trace.Place.Box.X : layout.TimeZeroX + (trace.Place.StartS * mmPerS * page.PxPerMmX);
        for (var n = 0; n < samples.Length; n++)
        {
            var x = columnStart + ((n + 0.5) / sampleRateHz * mmPerS * page.PxPerMmX) - 0.5 - trace.Place.Box.X;
            var column = Math.Clamp(x, 0, trace.Row.Length - 1);
            var before = Math.Min((int)column, Math.Max(trace.Row.Length - 2, 0));
            var after = Math.Min(before + 1, trace.Row.Length - 1);
            var row = trace.Row[before] + ((trace.Row[after] - trace.Row[before]) * (column - before));
            samples[n] = (float)((trace.BaselineRow - row) / (mmPerMv * page.PxPerMmY));
        }

        return samples;
    }
}

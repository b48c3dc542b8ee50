using EcgImageWeb.Vision.Geometry;

namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// What the <c>page</c> model sees: the traces of a 3x4+1 page in mV at 100 Hz around each lead's median, I, II, III, aVR, aVL,
/// aVF, V1 … V6 of 2.5 s one after the other, then the rhythm strip of 10 s, then what is measured on these (<see cref="PageFeatures"/>).
/// Nothing else of the page reaches the model.
/// </summary>
public static class PageInput
{
    /// <summary>Samples a second.</summary>
    public const int SampleRateHz = 100;

    /// <summary>The leads before the rhythm strip.</summary>
    public const int Leads = 12;

    /// <summary>Samples of each of the twelve leads.</summary>
    public const int LeadSamples = 250;

    /// <summary>Samples of the rhythm strip.</summary>
    public const int RhythmSamples = 1000;

    /// <summary>Samples of all traces; the measures follow them.</summary>
    public const int Samples = (Leads * LeadSamples) + RhythmSamples;

    /// <summary>Numbers in all.</summary>
    public const int Length = Samples + PageFeatures.Count;

    // Reports of this look are printed at 10 mm/mV.
    private const double MmPerMv = 10;

    /// <summary>Samples the traces of a page.</summary>
    /// <param name="page">The upright page: its scale makes millivolts of rows.</param>
    /// <param name="traces">Twelve leads and one rhythm strip, in the layout's order.</param>
    /// <returns><see cref="Length"/> values: samples in mV around each trace's median (gaps are bridged by a straight line, a lead without a trace is 0), then the measures.</returns>
    /// <exception cref="ArgumentException">Not thirteen traces.</exception>
    public static float[] From(UprightPage page, IReadOnlyList<LeadTrace> traces)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(traces);
        if (traces.Count != Leads + 1)
            throw new ArgumentException($"A page of 3x4+1 has thirteen traces, not {traces.Count}.", nameof(traces));
        var input = new float[Length];
        for (var lead = 0; lead < traces.Count; lead++)
            Sample(traces[lead], page.PxPerMmY * MmPerMv, input.AsSpan(lead * LeadSamples, lead < Leads ? LeadSamples : RhythmSamples));
        PageFeatures.Of(input.AsSpan(0, Samples)).CopyTo(input.AsSpan(Samples));
        return input;
    }

    private static void Sample(LeadTrace trace, double pxPerMv, Span<float> samples)
    {
        var rows = Bridged(trace.Row);
        if (rows is null)
            return;
        for (var i = 0; i < samples.Length; i++)
        {
            // Sample i stands in the middle of its share of the box.
            var column = Math.Clamp(((i + 0.5) / samples.Length * rows.Length) - 0.5, 0, rows.Length - 1);
            var before = (int)column;
            var after = Math.Min(before + 1, rows.Length - 1);
            var row = rows[before] + ((rows[after] - rows[before]) * (column - before));
            samples[i] = (float)((trace.BaselineRow - row) / pxPerMv);
        }

        var sorted = samples.ToArray();
        Array.Sort(sorted);
        var median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        for (var i = 0; i < samples.Length; i++)
            samples[i] -= median;
    }

    private static float[]? Bridged(float[] rows)
    {
        var bridged = (float[])rows.Clone();
        var last = -1;
        for (var column = 0; column < rows.Length; column++)
        {
            if (float.IsNaN(rows[column]))
                continue;
            for (var gap = last + 1; gap < column; gap++)
                bridged[gap] = last < 0 ? rows[column] : rows[last] + ((rows[column] - rows[last]) * (gap - last) / (column - last));
            last = column;
        }
        if (last < 0)
            return null;
        bridged.AsSpan(last + 1).Fill(rows[last]);
        return bridged;
    }
}

using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Filtering;

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>One strip of trace on the flat sheet.</summary>
/// <param name="Key">Lead name, or <c>rhythm</c> (<c>rhythm1</c>, <c>rhythm2</c>, … of several).</param>
/// <param name="Name">The lead.</param>
/// <param name="Printed">What is printed beside it: the lead, or <c>-aVR</c>.</param>
/// <param name="Column">Column from 0; 0 for a long strip.</param>
/// <param name="ZeroMm">Row of 0 mV.</param>
/// <param name="StartS">Time of the first sample on the page's time axis.</param>
/// <param name="Mv">Samples of the lead (never upside down) at <see cref="PageGenerator.SampleRateHz"/>; NaN where nothing is drawn.</param>
/// <param name="Points">Where each sample is drawn; NaN where nothing is.</param>
internal sealed record PlacedTrace(
    string Key, string Name, string Printed, int Column, double ZeroMm, double StartS, float[] Mv, PagePoint[] Points)
{
    public bool IsRhythm => Key.StartsWith("rhythm", StringComparison.Ordinal);

    /// <summary>All strips of a page in the order of its format: down the first column, then down the next, then the long strips.</summary>
    /// <exception cref="ArgumentException">A lead that the format shows is missing.</exception>
    public static IReadOnlyList<PlacedTrace> All(PageDesign design, IReadOnlyList<LeadSignal> leads)
    {
        var format = design.Format;
        if (design.RhythmLeads.Count != format.RhythmStrips)
            throw new ArgumentException($"{format.Name} has {format.RhythmStrips} long strips, the design {design.RhythmLeads.Count}.", nameof(design));
        var samples = new Dictionary<string, float[]>(StringComparer.OrdinalIgnoreCase);
        foreach (var lead in leads)
            samples[lead.Name] = Resampler.Resample(lead.Mv, lead.SampleRateHz, PageGenerator.SampleRateHz);

        var columnS = design.Seconds / format.Columns;
        var traces = new List<PlacedTrace>();
        for (var column = 0; column < format.Columns; column++)
            for (var row = 0; row < format.Rows; row++)
                traces.Add(Place(
                    null, format.LeadAt(row, column), column, row,
                    design.LeftMm + (column * ((columnS * design.MmPerS) + design.ColumnGapMm)),
                    design.ColumnsSimultaneous ? 0 : column * columnS, columnS));
        for (var strip = 0; strip < format.RhythmStrips; strip++)
            traces.Add(Place(
                format.RhythmStrips == 1 ? "rhythm" : $"rhythm{strip + 1}", design.RhythmLeads[strip], 0, format.Rows + strip,
                design.LeftMm, 0, design.Seconds));
        return traces;

        PlacedTrace Place(string? key, string printed, int column, int row, double leftMm, double startS, double lengthS)
        {
            var isInverted = printed.StartsWith('-');
            var name = isInverted ? printed[1..] : printed;
            if (!samples.TryGetValue(name, out var all))
                throw new ArgumentException($"The recording has no lead {name}.", nameof(leads));
            var zeroMm = design.TopMm + (row * design.RowMm);
            var first = (int)Math.Round(startS * PageGenerator.SampleRateHz);
            var mv = new float[(int)Math.Round((startS + lengthS) * PageGenerator.SampleRateHz) - first];
            var points = new PagePoint[mv.Length];
            for (var i = 0; i < mv.Length; i++)
            {
                var value = first + i < all.Length ? all[first + i] : float.NaN;
                var y = zeroMm - ((isInverted ? -value : value) * design.MmPerMv);
                // What leaves the sheet is not on the page.
                var isThere = y > 0 && y < design.HeightMm;
                mv[i] = isThere ? value : float.NaN;
                points[i] = isThere ? new PagePoint(leftMm + (i / PageGenerator.SampleRateHz * design.MmPerS), y) : new PagePoint(double.NaN, double.NaN);
            }
            return new PlacedTrace(key ?? name, name, printed, column, zeroMm, startS, mv, points);
        }
    }
}

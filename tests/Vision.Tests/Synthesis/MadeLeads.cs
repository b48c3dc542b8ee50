using EcgImageWeb.Signal;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Synthesis;

namespace Vision.Tests.Synthesis;

/// <summary>Twelve leads of ten seconds, no two alike, and the plainest page.</summary>
internal static class MadeLeads
{
    public static LeadSignal[] Twelve(double amplitudeMv = 0.5) =>
        [.. PageGenerator.LeadNames.Select((name, k) => new LeadSignal(
            name, 500, [.. Enumerable.Range(0, 5000).Select(i => (float)(amplitudeMv * Math.Sin((i / 500.0 * (2 + (0.37 * k))) + k)))]))];

    /// <summary>No grid, no print beside the names, no pulse: all ink in reach of a trace is the trace's.</summary>
    public static PageDesign Plain(string format, params string[] rhythm) => new()
    {
        Format = PageFormat.Named(format),
        RhythmLeads = rhythm,
        Grid = new GridDesign(GridKind.None, Colour.Of(0xFFFFFF), default, default, 0.1, 0.2, false),
        Pulse = PulsePlace.None,
        LabelMm = 0.5,
        Labels = LabelPlace.Above,
        TopMm = PageFormat.Named(format).Rows > 6 ? 20 : 30,
        RowMm = PageFormat.Named(format).Rows > 6 ? 15 : 25,
        LeftMm = 20,
        PxPerMmX = 5,
        PxPerMmY = 4.6,
    };

    public static PageWear Bent { get; } = new()
    {
        RotationDeg = 7,
        Perspective = 0.06,
        Margin = 0.1,
        PixelSize = 1.1,
        Bends = [new PageBend(new PagePoint(150, 100), 10, 1, 3, 300, false), new PageBend(new PagePoint(140, 90), 85, 1.5, 2, 3, true)],
    };
}

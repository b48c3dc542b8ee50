using EcgImageWeb.Signal.Records;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Synthesis;

namespace EcgImageWeb.Analysis.Tests;

/// <summary>The six chest leads with names too small to be read: limb leads could be told by their sums, these by nothing.</summary>
internal static class UnnamedPage
{
    public static PageDesign Design { get; } = new()
    {
        Format = PageFormat.Named("6x1-chest"),
        PxPerMmX = 7,
        PxPerMmY = 7,
        TopMm = 45,
        RowMm = 22,
        LeftMm = 25,
        Grid = new GridDesign(GridKind.Lines, Colour.Of(0xFFFFFF), Colour.Of(0xF5C0C0), Colour.Of(0xE89090), 0.12, 0.25, true),
        LabelMm = 0.3,
    };

    public static byte[] Png(CancellationToken cancellationToken) => Drawn(Design, cancellationToken);

    /// <summary>A recording on a page.</summary>
    public static byte[] Drawn(PageDesign design, CancellationToken cancellationToken)
    {
        var record = WfdbReader.Read(Path.Combine(AppContext.BaseDirectory, "teaching-records", "normal"));
        return PageGenerator.Generate([.. record.Signals.Select(signal => signal.ToLead())], design, PageWear.None, 1, cancellationToken).File;
    }
}

using EcgImageWeb.Signal;

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>A page that was drawn, and everything that is true of it.</summary>
/// <param name="Picture">BGR.</param>
/// <param name="File">The picture as its file: JPEG where it was compressed (the picture shows the losses), PNG else.</param>
/// <param name="Mask">One channel, the picture's size: 0 no trace, k ink of the k-th of the leads, with <see cref="TraceMask.Overlap"/> where several cross.</param>
/// <param name="Leads">Down the first column, then down the next, then the long strips.</param>
/// <param name="Map">From the flat sheet to the picture and back.</param>
/// <param name="Corners">Top left, top right, bottom right and bottom left corner of the sheet in the picture.</param>
/// <param name="Truth">I to V6 over the page's time axis, 500 Hz, mV, NaN where the page does not show the lead.</param>
/// <param name="Design">What was drawn.</param>
/// <param name="Wear">What happened to it.</param>
public sealed record GeneratedPage(
    Raster Picture, byte[] File, Raster Mask, IReadOnlyList<GeneratedLead> Leads, PageMap Map, IReadOnlyList<PixelPoint> Corners,
    IReadOnlyList<LeadSignal> Truth, PageDesign Design, PageWear Wear)
{
    /// <summary><c>jpg</c> or <c>png</c>.</summary>
    public string FileType => Wear.JpegQuality > 0 ? "jpg" : "png";
}

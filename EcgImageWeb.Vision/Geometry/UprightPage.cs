using EcgImageWeb.Vision.Decoding.Pdf;

namespace EcgImageWeb.Vision.Geometry;

/// <summary>A page the right way up, with its scale.</summary>
/// <param name="Pixels">BGR, 8 bit.</param>
/// <param name="RotationDeg">Rotation that was taken out, degrees, counter-clockwise positive.</param>
/// <param name="Corners">The page's corners in the decoded image: top left, top right, bottom right, bottom left; continuous pixel positions.</param>
/// <param name="PxPerMmX">Pixels per millimetre of paper, across.</param>
/// <param name="PxPerMmY">Pixels per millimetre of paper, down.</param>
/// <param name="ScaleFrom">What the scale was read from: <c>grid</c>, <c>pulse</c>, <c>text</c> or <c>assumed</c>.</param>
/// <param name="Notes">What was assumed.</param>
public sealed record UprightPage(
    Raster Pixels,
    double RotationDeg,
    IReadOnlyList<PixelPoint> Corners,
    double PxPerMmX,
    double PxPerMmY,
    string ScaleFrom,
    IReadOnlyList<Note> Notes)
{
    /// <summary>The lines and words that a PDF draws, where the page is one and was not moved; in the pixels of this page.</summary>
    public PageVectors? Vectors { get; init; }
}

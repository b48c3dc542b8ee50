using EcgImageWeb.Vision.Decoding.Pdf;

namespace EcgImageWeb.Vision.Decoding;

/// <summary>A decoded page: what the file holds, turned as its EXIF orientation says.</summary>
/// <param name="Pixels">BGR, 8 bit.</param>
/// <param name="Format">Format of the file: <c>jpeg</c>, <c>png</c>, <c>webp</c>, <c>tiff</c>, <c>bmp</c>, <c>gif</c>, <c>pdf</c>.</param>
/// <param name="Page">One-based number of the decoded page or frame.</param>
/// <param name="Pages">Pages or frames in the file, at least 1.</param>
/// <param name="Notes">What was assumed or changed while decoding, as (code, sentence).</param>
public sealed record PageImage(Raster Pixels, string Format, int Page, int Pages, IReadOnlyList<Note> Notes)
{
    /// <summary>The page's lines and words, where a PDF draws them as such; null for pictures.</summary>
    public PageVectors? Vectors { get; init; }

    /// <summary>Pixels a millimetre of paper, where the file tells: a PDF's sheet, a scanner's resolution; null where it does not.</summary>
    public double? PxPerMm { get; init; }
}

namespace EcgImageWeb.Vision.Decoding.Pdf;

/// <summary>A line drawn on a page as vectors.</summary>
/// <param name="Points">Its corners in the order of drawing, continuous pixels of the page's picture; neighbours differ.</param>
/// <param name="WidthPx">Width of the pen, pixels.</param>
public sealed record PdfStroke(IReadOnlyList<PixelPoint> Points, double WidthPx);

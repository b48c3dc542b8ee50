namespace EcgImageWeb.Vision.Decoding.Pdf;

/// <summary>Words printed on a page as text.</summary>
/// <param name="Text">What they say; as they are drawn in one go.</param>
/// <param name="At">Left end of their base line, continuous pixels of the page's picture.</param>
/// <param name="HeightPx">Size of the type, pixels.</param>
public sealed record PdfText(string Text, PixelPoint At, double HeightPx);

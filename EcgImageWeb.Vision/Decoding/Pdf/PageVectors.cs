namespace EcgImageWeb.Vision.Decoding.Pdf;

/// <summary>What a PDF draws as lines and text instead of pixels, in the pixel positions of the picture it was rendered to.</summary>
/// <param name="Strokes">Lines in the order of drawing; paths that go on where the last one ended are one.</param>
/// <param name="Texts">Printed words.</param>
/// <param name="PxPerMm">Pixels per millimetre of the sheet.</param>
public sealed record PageVectors(IReadOnlyList<PdfStroke> Strokes, IReadOnlyList<PdfText> Texts, double PxPerMm);

namespace EcgImageWeb.Vision.Decoding;

/// <summary>What a file's header says about its pictures, read without decoding a pixel.</summary>
/// <param name="Format"><c>jpeg</c>, <c>png</c>, <c>webp</c>, <c>tiff</c>, <c>bmp</c> or <c>gif</c>.</param>
/// <param name="Width">Columns of the first page as stored, before any EXIF orientation.</param>
/// <param name="Height">Rows of the first page as stored.</param>
/// <param name="Channels">Colour channels including alpha, 1 to 4; 1 for a palette.</param>
/// <param name="BitDepth">Bits a channel (or a palette index).</param>
/// <param name="Pages">Pages or frames in the file, at least 1.</param>
public sealed record ImageHeader(string Format, long Width, long Height, int Channels, int BitDepth, int Pages = 1);

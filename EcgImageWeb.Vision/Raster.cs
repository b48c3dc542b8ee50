namespace EcgImageWeb.Vision;

/// <summary>
/// Pixels in managed memory: 8 bit, row-major, without padding. One channel is gray, three are BGR (OpenCV's order).
/// </summary>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Channels">1 (gray) or 3 (BGR).</param>
/// <param name="Pixels">Width x Height x Channels bytes; never written to after construction.</param>
public sealed record Raster(int Width, int Height, int Channels, byte[] Pixels);

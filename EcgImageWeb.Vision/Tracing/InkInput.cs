using OpenCvSharp;

namespace EcgImageWeb.Vision.Tracing;

/// <summary>What the ink network sees of a flat page: the page at a fixed scale, cut into tiles that overlap.</summary>
public static class InkInput
{
    /// <summary>Scale of the network's picture, pixels a millimetre: a pen of 0.25 mm is one pixel wide.</summary>
    public const double PxPerMm = 4;

    /// <summary>Blue, green and red.</summary>
    public const int Channels = 3;

    /// <summary>Size of a tile, pixels of the network's picture: 112 x 160 mm, so that A4 across is four of them. Multiples of 16, which the network halves four times.</summary>
    public const int TileHeight = 448, TileWidth = 640;

    /// <summary>Tiles share at least so many pixels, 12 mm: the middle of these is where the one's answer ends and the other's begins.</summary>
    private const int Shared = 48;

    /// <summary>A page at the network's scale.</summary>
    /// <param name="page">BGR or gray.</param>
    /// <param name="pxPerMmX">Its pixels a millimetre, across.</param>
    /// <param name="pxPerMmY">Its pixels a millimetre, down.</param>
    /// <returns>BGR, <see cref="PxPerMm"/> pixels a millimetre both ways.</returns>
    public static Raster Scaled(Raster page, double pxPerMmX, double pxPerMmY)
    {
        ArgumentNullException.ThrowIfNull(page);
        var size = new Size(Math.Max(1, (int)Math.Round(page.Width * PxPerMm / pxPerMmX)), Math.Max(1, (int)Math.Round(page.Height * PxPerMm / pxPerMmY)));
        using var from = page.ToMat();
        using Mat to = new(), colour = new();
        // Shrinking must not skip thin strokes.
        Cv2.Resize(from, to, size, 0, 0, size.Width < page.Width ? InterpolationFlags.Area : InterpolationFlags.Linear);
        if (page.Channels == Channels)
            return to.ToRaster();
        Cv2.CvtColor(to, colour, ColorConversionCodes.GRAY2BGR);
        return colour.ToRaster();
    }

    /// <summary>Writes a part of a scaled page: darkness 0 (white) to 1, channel after channel; 0 beyond the page.</summary>
    /// <param name="page">As <see cref="Scaled"/> gives it.</param>
    /// <param name="left">First column.</param>
    /// <param name="top">First row.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="to">Channels x rows x columns values.</param>
    public static void Write(Raster page, int left, int top, int width, int height, Span<float> to)
    {
        ArgumentNullException.ThrowIfNull(page);
        to.Clear();
        int right = Math.Min(width, page.Width - left), bottom = Math.Min(height, page.Height - top);
        for (var channel = 0; channel < Channels; channel++)
            for (var y = 0; y < bottom; y++)
            {
                var row = to.Slice(((channel * height) + y) * width, width);
                var at = ((((top + y) * page.Width) + left) * Channels) + channel;
                for (var x = 0; x < right; x++, at += Channels)
                    row[x] = (255 - page.Pixels[at]) / 255f;
            }
    }

    /// <summary>Where tiles of a size stand along an axis, and which pixels of the page are each one's.</summary>
    internal static IEnumerable<(int At, int From, int To)> Tiles(int length, int tile)
    {
        var count = length <= tile ? 1 : 1 + (int)Math.Ceiling((length - tile) / (double)(tile - Shared));
        int At(int i) => Math.Max(0, Math.Min(i * (tile - Shared), length - tile));
        for (var i = 0; i < count; i++)
            yield return (At(i), i == 0 ? 0 : (At(i) + At(i - 1) + tile) / 2, i == count - 1 ? length : (At(i + 1) + At(i) + tile) / 2);
    }
}

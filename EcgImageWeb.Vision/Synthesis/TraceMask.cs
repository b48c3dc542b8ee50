namespace EcgImageWeb.Vision.Synthesis;

/// <summary>Which pixels are ink of which lead.</summary>
public static class TraceMask
{
    /// <summary>Set where the traces of several leads cover a pixel; the bits below name the first of them.</summary>
    public const byte Overlap = 0x80;

    /// <summary>A trace covers a pixel from this coverage on.</summary>
    private const byte Half = 128;

    /// <summary>Labels of a picture's pixels: 0 none, k the k-th polyline, with <see cref="Overlap"/> where there are several.</summary>
    internal static Raster Of(int width, int height, IReadOnlyList<PixelPoint[]> polylines, double penPx)
    {
        var labels = new byte[width * height];
        var ink = new Coverage(width, height);
        // A trace thinner than a pixel would cover no pixel by half.
        var pen = Math.Max(1, penPx);
        for (var k = 0; k < polylines.Count; k++)
        {
            ink.Stroke(polylines[k], pen, 1);
            var seen = polylines[k].Where(point => double.IsFinite(point.Y)).Select(point => point.Y).DefaultIfEmpty(0);
            int top = (int)Math.Clamp(seen.Min() - pen - 1, 0, height), bottom = (int)Math.Clamp(seen.Max() + pen + 2, 0, height);
            for (var i = top * width; i < bottom * width; i++)
            {
                if (ink.Values[i] >= Half)
                    labels[i] = labels[i] == 0 ? (byte)(k + 1) : (byte)(labels[i] | Overlap);
                ink.Values[i] = 0;
            }
        }
        return new Raster(width, height, 1, labels);
    }
}

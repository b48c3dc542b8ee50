namespace EcgImageWeb.Vision.Layout;

/// <summary>Boxes of whole pixels from continuous positions.</summary>
internal static class PixelBoxes
{
    /// <summary>The nearest whole pixels, inside the picture and at least one pixel large.</summary>
    public static PixelBox Between(double left, double top, double right, double bottom, Raster picture)
    {
        int x = Math.Clamp((int)Math.Round(left), 0, picture.Width - 1), y = Math.Clamp((int)Math.Round(top), 0, picture.Height - 1);
        int endX = Math.Clamp((int)Math.Round(right), x + 1, picture.Width), endY = Math.Clamp((int)Math.Round(bottom), y + 1, picture.Height);
        return new PixelBox(x, y, endX - x, endY - y);
    }
}

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>How much of each pixel ink covers, 0 to 255; strokes lie on it where they belong, to a small part of a pixel.</summary>
internal sealed class Coverage(int width, int height)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    public byte[] Values { get; } = new byte[width * height];

    /// <summary>
    /// Draws a polyline with a round pen. A pixel's coverage is that of a straight stroke of this width by a box of
    /// <paramref name="softPx"/> at the distance of the pixel's centre: symmetric, so the centre of the ink is the line.
    /// </summary>
    /// <param name="points">Continuous pixel positions; NaN lifts the pen.</param>
    /// <param name="widthPx">Width of the pen.</param>
    /// <param name="softPx">Width of the edge, at least 1.</param>
    public void Stroke(ReadOnlySpan<PixelPoint> points, double widthPx, double softPx)
    {
        for (var i = 0; i + 1 < points.Length; i++)
            if (double.IsFinite(points[i].X) && double.IsFinite(points[i + 1].X))
                Segment(points[i], points[i + 1], widthPx / 2, Math.Max(1, softPx));
    }

    private void Segment(PixelPoint a, PixelPoint b, double radius, double soft)
    {
        double dx = b.X - a.X, dy = b.Y - a.Y, square = (dx * dx) + (dy * dy), reach = radius + (soft / 2), reachSquare = reach * reach;
        int top = Math.Max(0, (int)(Math.Min(a.Y, b.Y) - reach)), bottom = Math.Min(Height - 1, (int)(Math.Max(a.Y, b.Y) + reach));
        int left = Math.Max(0, (int)(Math.Min(a.X, b.X) - reach)), right = Math.Min(Width - 1, (int)(Math.Max(a.X, b.X) + reach));
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                double px = x + 0.5 - a.X, py = y + 0.5 - a.Y;
                var along = square > 0 ? Math.Clamp(((px * dx) + (py * dy)) / square, 0, 1) : 0;
                double ex = px - (along * dx), ey = py - (along * dy), away = (ex * ex) + (ey * ey);
                if (away >= reachSquare)
                    continue;
                var distance = Math.Sqrt(away);
                var covered = Math.Clamp(((radius + distance) / soft) + 0.5, 0, 1) - Math.Clamp(((distance - radius) / soft) + 0.5, 0, 1);
                ref var value = ref Values[(y * Width) + x];
                value = Math.Max(value, (byte)((covered * 255) + 0.5));
            }
        }
    }
}

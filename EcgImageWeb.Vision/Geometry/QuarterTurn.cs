using OpenCvSharp;

namespace EcgImageWeb.Vision.Geometry;

/// <summary>A rotation by a multiple of 90 degrees, counter-clockwise.</summary>
/// <param name="Degrees">0, 90, 180 or 270.</param>
internal sealed record QuarterTurn(int Degrees)
{
    public static QuarterTurn None { get; } = new(0);

    /// <summary>None first, then a page on its side, head down last.</summary>
    public static IReadOnlyList<QuarterTurn> All { get; } = [None, new(90), new(270), new(180)];

    /// <summary>The turned picture.</summary>
    public Raster Apply(Raster picture)
    {
        if (Degrees == 0)
            return picture;
        using var from = picture.ToMat();
        using var to = new Mat();
        Cv2.Rotate(from, to, Degrees switch { 90 => RotateFlags.Rotate90Counterclockwise, 180 => RotateFlags.Rotate180, _ => RotateFlags.Rotate90Clockwise });
        return to.ToRaster();
    }

    /// <summary>Corners of the turned page (top left, top right, bottom right, bottom left) in the picture before, whose size is given.</summary>
    public IReadOnlyList<PixelPoint> Corners(int width, int height)
    {
        PixelPoint[] before = [new(0, 0), new(width, 0), new(width, height), new(0, height)];
        // After a counter-clockwise quarter turn the page's top left is the picture's top right.
        return [.. Enumerable.Range(0, 4).Select(i => before[(i + (Degrees / 90)) % 4])];
    }
}

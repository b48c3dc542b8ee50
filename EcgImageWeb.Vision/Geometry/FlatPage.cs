using System.Runtime.InteropServices;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Geometry;

/// <summary>A page resampled so that its grid is straight, with the same number of pixels a millimetre in both directions.</summary>
/// <param name="Pixels">As many channels as the picture.</param>
/// <param name="PxPerMm">Pixels a millimetre.</param>
/// <param name="Corners">The flat page's corners in the picture: top left, top right, bottom right, bottom left; continuous pixel positions.</param>
/// <param name="RotationDeg">Rotation that was taken out along the page's middle, counter-clockwise positive, -45 to 45.</param>
internal sealed record FlatPage(Raster Pixels, double PxPerMm, IReadOnlyList<PixelPoint> Corners, double RotationDeg)
{
    /// <summary>Resolution of flat pages: at least what a thin trace needs between its lines, at most 250 dpi.</summary>
    private const double LeastPxPerMm = 6, MostPxPerMm = 10;

    /// <summary>Largest flat page, pixels.</summary>
    private const double MostPixels = 25e6;

    /// <summary>Distance of the places that are looked up in the grid; between them the map is interpolated.</summary>
    private const int Node = 16;

    /// <summary>Resamples the picture.</summary>
    public static FlatPage Of(Raster picture, FlatGrid grid, PageExtent extent)
    {
        var source = grid.PicturePxPerMm();
        var pxPerMm = Math.Clamp(source, LeastPxPerMm, MostPxPerMm);
        pxPerMm = Math.Min(pxPerMm, Math.Sqrt(MostPixels / (extent.WidthMm * extent.HeightMm)));
        int width = Math.Max(1, (int)(extent.WidthMm * pxPerMm)), height = Math.Max(1, (int)(extent.HeightMm * pxPerMm));

        var pixels = Resampled(picture, width, height, Place, grid.PaperColour(picture));
        PixelPoint[] corners = [Corner(0, 0), Corner(width, 0), Corner(width, height), Corner(0, height)];
        var (leftX, leftY) = Place(0.2 * width, height / 2.0);
        var (rightX, rightY) = Place(0.8 * width, height / 2.0);
        return new FlatPage(pixels, pxPerMm, corners, Math.Atan2(rightY - leftY, rightX - leftX) * 180 / Math.PI);

        (double X, double Y) Place(double column, double row) => grid.ToPicture(extent.Left + (column / pxPerMm), extent.Top + (row / pxPerMm));

        PixelPoint Corner(double column, double row) => Place(column, row) is var (cornerX, cornerY) ? new PixelPoint(cornerX, cornerY) : default!;
    }

    /// <summary>A picture as it is seen from other places, bicubic.</summary>
    /// <param name="picture">Any number of channels.</param>
    /// <param name="width">Columns wanted.</param>
    /// <param name="height">Rows wanted.</param>
    /// <param name="place">Where in the picture a wanted column and row lie, continuous pixel positions; smooth over sixteen pixels.</param>
    /// <param name="beyond">Colour beside the picture.</param>
    internal static Raster Resampled(Raster picture, int width, int height, Func<double, double, (double X, double Y)> place, Scalar beyond)
    {
        // One node more on every side than the page has, so that none of it is extrapolated.
        int columns = (width / Node) + 4, rows = (height / Node) + 4;
        float[] mapX = new float[columns * rows], mapY = new float[columns * rows];
        Parallel.For(0, rows, row =>
        {
            for (var column = 0; column < columns; column++)
            {
                var (x, y) = place((column - 0.5) * Node, (row - 0.5) * Node);
                (mapX[(row * columns) + column], mapY[(row * columns) + column]) = ((float)(x - 0.5), (float)(y - 0.5));
            }
        });
        using var from = picture.ToMat();
        using var to = new Mat();
        using var x = Whole(mapX);
        using var y = Whole(mapY);
        Cv2.Remap(from, to, x, y, InterpolationFlags.Cubic, BorderTypes.Constant, beyond);
        return to.ToRaster();

        Mat Whole(float[] nodes)
        {
            using var coarse = new Mat(rows, columns, MatType.CV_32FC1);
            Marshal.Copy(nodes, 0, coarse.Data, nodes.Length);
            using var fine = new Mat();
            Cv2.Resize(coarse, fine, new Size(columns * Node, rows * Node), 0, 0, InterpolationFlags.Linear);
            // Node (0, 0) stands at -Node / 2 of the page and, in the resized map, at Node / 2.
            using var inside = fine[new Rect(Node, Node, width, height)];
            return inside.Clone();
        }
    }
}

using OpenCvSharp;

namespace EcgImageWeb.Vision.Geometry;

/// <summary>
/// A page without a grid that was seen from the side: its rows lie straight, but begin, and end, along lines that lean. The perspective that makes these lines upright makes
/// the page flat.
/// </summary>
internal sealed class LeaningRows
{
    /// <summary>Rows begin and end along a line to this, a share of their length; from so many rows on, and where the line leans by at least so much over all rows.</summary>
    private const double SameLine = 0.0025, LeastLean = 0.006;

    private const int LeastRows = 4;

    private readonly double[] toPicture;

    private LeaningRows(double[] toPicture) => this.toPicture = toPicture;

    /// <summary>What the ends of straight rows tell; null where they do not lean, or do not begin and end along lines.</summary>
    /// <param name="rows">Of each row from top to bottom where it begins, where it ends and its zero line; pixels of the picture.</param>
    public static LeaningRows? Of(IReadOnlyList<(double First, double End, double Y)> rows)
    {
        if (rows.Count < LeastRows)
            return null;
        double length = rows.Average(row => row.End - row.First), top = rows[0].Y, bottom = rows[^1].Y;
        if (Line(row => row.First) is not { } left || Line(row => row.End) is not { } right || Math.Max(Math.Abs(left(bottom) - left(top)), Math.Abs(right(bottom) - right(top))) < LeastLean * length)
            return null;
        double middle = (top + bottom) / 2, first = left(middle), end = right(middle);
        using var map = Cv2.GetPerspectiveTransform(
            [new Point2f((float)first, (float)top), new Point2f((float)end, (float)top), new Point2f((float)end, (float)bottom), new Point2f((float)first, (float)bottom)],
            [new Point2f((float)left(top), (float)top), new Point2f((float)right(top), (float)top), new Point2f((float)right(bottom), (float)bottom), new Point2f((float)left(bottom), (float)bottom)]);
        return new LeaningRows([.. Enumerable.Range(0, 9).Select(i => map.Get<double>(i / 3, i % 3))]);

        Func<double, double>? Line(Func<(double First, double End, double Y), double> x)
        {
            double meanX = rows.Average(x), meanY = rows.Average(row => row.Y);
            var slope = rows.Sum(row => (row.Y - meanY) * (x(row) - meanX)) / rows.Sum(row => (row.Y - meanY) * (row.Y - meanY));
            return rows.All(row => Math.Abs(x(row) - meanX - (slope * (row.Y - meanY))) <= SameLine * length) ? y => meanX + (slope * (y - meanY)) : null;
        }
    }

    /// <summary>Where in the picture a place on the flat page lies, pixels.</summary>
    public (double X, double Y) ToPicture(double x, double y)
    {
        var depth = (toPicture[6] * x) + (toPicture[7] * y) + toPicture[8];
        return (((toPicture[0] * x) + (toPicture[1] * y) + toPicture[2]) / depth, ((toPicture[3] * x) + (toPicture[4] * y) + toPicture[5]) / depth);
    }

    /// <summary>The page, flat, as large as the picture.</summary>
    public Raster Flat(Raster picture, Scalar beyond) => FlatPage.Resampled(picture, picture.Width, picture.Height, ToPicture, beyond);
}

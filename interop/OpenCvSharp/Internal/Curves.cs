namespace OpenCvSharp;

/// <summary>Several curves as one list of points and a list of lengths, the way they cross to the native side.</summary>
internal readonly record struct Curves(Point[] Points, int[] Lengths)
{
    public static Curves From(IEnumerable<IEnumerable<Point>> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var list = curves.Select(curve => curve.ToArray()).ToArray();
        return new(list.SelectMany(curve => curve).ToArray(), Array.ConvertAll(list, curve => curve.Length));
    }

    public static Point[][] Split(Point[] points, int[] lengths)
    {
        var curves = new Point[lengths.Length][];
        for (int i = 0, start = 0; i < lengths.Length; start += lengths[i++])
            curves[i] = points[start..(start + lengths[i])];
        return curves;
    }
}

namespace OpenCvSharp;

public static partial class Cv2
{
    public static void Line(
        InputOutputArray img, Point pt1, Point pt2, Scalar color, int thickness = 1,
        LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_line(img.Proxy, pt1, pt2, color, thickness, (int)lineType, shift),
            img.Source);

    public static void Line(
        InputOutputArray img, int pt1X, int pt1Y, int pt2X, int pt2Y, Scalar color, int thickness = 1,
        LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Line(img, new Point(pt1X, pt1Y), new Point(pt2X, pt2Y), color, thickness, lineType, shift);

    public static void Rectangle(
        InputOutputArray img, Point pt1, Point pt2, Scalar color, int thickness = 1,
        LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_rectangle(img.Proxy, pt1, pt2, color, thickness, (int)lineType, shift),
            img.Source);

    public static void Rectangle(
        InputOutputArray img, Rect rect, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8,
        int shift = 0) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_rectangle_rect(img.Proxy, rect, color, thickness, (int)lineType, shift),
            img.Source);

    public static void Circle(
        InputOutputArray img, Point center, int radius, Scalar color, int thickness = 1,
        LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_circle(img.Proxy, center, radius, color, thickness, (int)lineType, shift),
            img.Source);

    public static void Circle(
        InputOutputArray img, int centerX, int centerY, int radius, Scalar color, int thickness = 1,
        LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Circle(img, new Point(centerX, centerY), radius, color, thickness, lineType, shift);

    public static void Ellipse(
        InputOutputArray img, Point center, Size axes, double angle, double startAngle, double endAngle, Scalar color,
        int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_ellipse(img.Proxy, center, axes, angle, startAngle, endAngle, color,
                thickness, (int)lineType, shift),
            img.Source);

    public static void Polylines(
        Mat img, IEnumerable<IEnumerable<Point>> pts, bool isClosed, Scalar color, int thickness = 1,
        LineTypes lineType = LineTypes.Link8, int shift = 0)
    {
        ArgumentNullException.ThrowIfNull(img);
        var (points, lengths) = Curves.From(pts);
        NativeMethods.Check(
            NativeMethods.ecgcv_polylines(
                img.CvPtr, points, lengths, lengths.Length, Int(isClosed), color, thickness, (int)lineType, shift),
            img);
    }

    public static void FillPoly(
        Mat img, IEnumerable<IEnumerable<Point>> pts, Scalar color, LineTypes lineType = LineTypes.Link8,
        int shift = 0, Point? offset = null)
    {
        ArgumentNullException.ThrowIfNull(img);
        var (points, lengths) = Curves.From(pts);
        NativeMethods.Check(
            NativeMethods.ecgcv_fill_poly(
                img.CvPtr, points, lengths, lengths.Length, color, (int)lineType, shift, offset ?? default),
            img);
    }

    public static void FillConvexPoly(
        Mat img, IEnumerable<Point> pts, Scalar color, LineTypes lineType = LineTypes.Link8, int shift = 0)
    {
        ArgumentNullException.ThrowIfNull(img);
        var points = ToArray(pts);
        NativeMethods.Check(
            NativeMethods.ecgcv_fill_convex_poly(img.CvPtr, points, points.Length, color, (int)lineType, shift), img);
    }

    public static void DrawContours(
        InputOutputArray image, IEnumerable<IEnumerable<Point>> contours, int contourIdx, Scalar color,
        int thickness = 1, LineTypes lineType = LineTypes.Link8, IEnumerable<HierarchyIndex>? hierarchy = null,
        int maxLevel = int.MaxValue, Point? offset = null)
    {
        var (points, lengths) = Curves.From(contours);
        var tree = (hierarchy ?? []).SelectMany(h => new[] { h.Next, h.Previous, h.Child, h.Parent }).ToArray();
        NativeMethods.Check(
            NativeMethods.ecgcv_draw_contours(
                image.Proxy, points, lengths, lengths.Length, contourIdx, color, thickness, (int)lineType, tree,
                tree.Length / 4, maxLevel, offset ?? default),
            image.Source);
    }

    public static void PutText(
        InputOutputArray img, string text, Point org, HersheyFonts fontFace, double fontScale, Scalar color,
        int thickness = 1, LineTypes lineType = LineTypes.Link8, bool bottomLeftOrigin = false) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_put_text(img.Proxy, text, org, (int)fontFace, fontScale, color, thickness,
                (int)lineType, Int(bottomLeftOrigin)),
            img.Source);

    public static Size GetTextSize(
        string text, HersheyFonts fontFace, double fontScale, int thickness, out int baseLine)
    {
        NativeMethods.Check(
            NativeMethods.ecgcv_get_text_size(text, (int)fontFace, fontScale, thickness, out baseLine, out var size));
        return size;
    }
}

namespace OpenCvSharp;

public static partial class Cv2
{
    public static void CvtColor(InputArray src, OutputArray dst, ColorConversionCodes code, int dstCn = 0) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_cvt_color(src.Proxy, dst.Proxy, (int)code, dstCn),
            src.Source, dst.Source);

    public static void GaussianBlur(
        InputArray src, OutputArray dst, Size ksize, double sigmaX, double sigmaY = 0,
        BorderTypes borderType = BorderTypes.Default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_gaussian_blur(src.Proxy, dst.Proxy, ksize, sigmaX, sigmaY, (int)borderType),
            src.Source, dst.Source);

    public static void Blur(
        InputArray src, OutputArray dst, Size ksize, Point? anchor = null,
        BorderTypes borderType = BorderTypes.Default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_blur(src.Proxy, dst.Proxy, ksize, anchor ?? Centre, (int)borderType),
            src.Source, dst.Source);

    public static void BoxFilter(
        InputArray src, OutputArray dst, MatType ddepth, Size ksize, Point? anchor = null, bool normalize = true,
        BorderTypes borderType = BorderTypes.Default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_box_filter(src.Proxy, dst.Proxy, ddepth.Value, ksize, anchor ?? Centre,
                Int(normalize), (int)borderType),
            src.Source, dst.Source);

    public static void MedianBlur(InputArray src, OutputArray dst, int ksize) =>
        NativeMethods.Check(NativeMethods.ecgcv_median_blur(src.Proxy, dst.Proxy, ksize), src.Source, dst.Source);

    public static void BilateralFilter(
        InputArray src, OutputArray dst, int d, double sigmaColor, double sigmaSpace,
        BorderTypes borderType = BorderTypes.Default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_bilateral_filter(src.Proxy, dst.Proxy, d, sigmaColor, sigmaSpace, (int)borderType),
            src.Source, dst.Source);

    public static void Filter2D(
        InputArray src, OutputArray dst, MatType ddepth, InputArray kernel, Point? anchor = null, double delta = 0,
        BorderTypes borderType = BorderTypes.Default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_filter_2d(src.Proxy, dst.Proxy, ddepth.Value, kernel.Proxy, anchor ??
                Centre, delta, (int)borderType),
            src.Source, dst.Source, kernel.Source);

    public static void SepFilter2D(
        InputArray src, OutputArray dst, MatType ddepth, InputArray kernelX, InputArray kernelY, Point? anchor = null,
        double delta = 0, BorderTypes borderType = BorderTypes.Default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_sep_filter_2d(src.Proxy, dst.Proxy, ddepth.Value, kernelX.Proxy,
                kernelY.Proxy, anchor ?? Centre, delta, (int)borderType),
            src.Source, dst.Source, kernelX.Source, kernelY.Source);

    public static void Sobel(
        InputArray src, OutputArray dst, MatType ddepth, int xorder, int yorder, int ksize = 3, double scale = 1,
        double delta = 0, BorderTypes borderType = BorderTypes.Default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_sobel(src.Proxy, dst.Proxy, ddepth.Value, xorder, yorder, ksize, scale,
                delta, (int)borderType),
            src.Source, dst.Source);

    public static void Scharr(
        InputArray src, OutputArray dst, MatType ddepth, int xorder, int yorder, double scale = 1, double delta = 0,
        BorderTypes borderType = BorderTypes.Default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_scharr(src.Proxy, dst.Proxy, ddepth.Value, xorder, yorder, scale, delta,
                (int)borderType),
            src.Source, dst.Source);

    public static void Laplacian(
        InputArray src, OutputArray dst, MatType ddepth, int ksize = 1, double scale = 1, double delta = 0,
        BorderTypes borderType = BorderTypes.Default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_laplacian(src.Proxy, dst.Proxy, ddepth.Value, ksize, scale, delta, (int)borderType),
            src.Source, dst.Source);

    public static void Canny(
        InputArray src, OutputArray edges, double threshold1, double threshold2, int apertureSize = 3,
        bool L2gradient = false) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_canny(src.Proxy, edges.Proxy, threshold1, threshold2, apertureSize, Int(L2gradient)),
            src.Source, edges.Source);

    public static Mat? GetGaussianKernel(int ksize, double sigma, MatType? ktype = null)
    {
        NativeMethods.Check(
            NativeMethods.ecgcv_gaussian_kernel(ksize, sigma, (ktype ?? MatType.CV_64F).Value, out var kernel));
        return new(kernel);
    }

    public static void PyrDown(
        InputArray src, OutputArray dst, Size? dstSize = null, BorderTypes borderType = BorderTypes.Default)
        =>
        NativeMethods.Check(
            NativeMethods.ecgcv_pyr_down(src.Proxy, dst.Proxy, dstSize ?? default, (int)borderType),
            src.Source, dst.Source);

    public static double Threshold(InputArray src, OutputArray dst, double thresh, double maxval, ThresholdTypes type)
    {
        NativeMethods.Check(
            NativeMethods.ecgcv_threshold(src.Proxy, dst.Proxy, thresh, maxval, (int)type, out var used),
            src.Source, dst.Source);
        return used;
    }

    public static void AdaptiveThreshold(
        InputArray src, OutputArray dst, double maxValue, AdaptiveThresholdTypes adaptiveMethod,
        ThresholdTypes thresholdType, int blockSize, double c) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_adaptive_threshold(src.Proxy, dst.Proxy, maxValue, (int)adaptiveMethod,
                (int)thresholdType, blockSize, c),
            src.Source, dst.Source);

    public static void CalcHist(
        Mat[] images, int[] channels, InputArray mask, OutputArray hist, int dims, int[] histSize, Rangef[] ranges,
        bool uniform = true, bool accumulate = false)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        var pairs = Array.ConvertAll(ranges, range => new[] { range.Start, range.End });
        CalcHist(images, channels, mask, hist, dims, histSize, pairs, uniform, accumulate);
    }

    public static void CalcHist(
        Mat[] images, int[] channels, InputArray mask, OutputArray hist, int dims, int[] histSize, float[][] ranges,
        bool uniform = true, bool accumulate = false)
    {
        ArgumentNullException.ThrowIfNull(channels);
        ArgumentNullException.ThrowIfNull(histSize);
        ArgumentNullException.ThrowIfNull(ranges);
        if (histSize.Length < dims || ranges.Length < dims)
            throw new ArgumentException("histSize and ranges need an entry for each of the dims");
        NativeMethods.Check(
            NativeMethods.ecgcv_calc_hist(
                Handles(images), images.Length, channels, channels.Length, mask.Proxy, hist.Proxy, dims, histSize,
                ranges.SelectMany(range => range).ToArray(), Array.ConvertAll(ranges, range => range.Length),
                Int(uniform), Int(accumulate)),
            images, mask.Source, hist.Source);
    }

    public static void EqualizeHist(InputArray src, OutputArray dst) =>
        NativeMethods.Check(NativeMethods.ecgcv_equalize_hist(src.Proxy, dst.Proxy), src.Source, dst.Source);

    public static void Integral(InputArray src, OutputArray sum, int sdepth = -1) =>
        NativeMethods.Check(NativeMethods.ecgcv_integral(src.Proxy, sum.Proxy, sdepth), src.Source, sum.Source);

    public static void Integral(InputArray src, OutputArray sum, OutputArray sqsum, int sdepth = -1) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_integral2(src.Proxy, sum.Proxy, sqsum.Proxy, sdepth),
            src.Source, sum.Source, sqsum.Source);

    public static void Resize(
        InputArray src, OutputArray dst, Size dsize, double fx = 0, double fy = 0,
        InterpolationFlags interpolation = InterpolationFlags.Linear) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_resize(src.Proxy, dst.Proxy, dsize, fx, fy, (int)interpolation),
            src.Source, dst.Source);

    public static void WarpAffine(
        InputArray src, OutputArray dst, InputArray m, Size dsize,
        InterpolationFlags flags = InterpolationFlags.Linear, BorderTypes borderMode = BorderTypes.Constant,
        Scalar? borderValue = null) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_warp_affine(src.Proxy, dst.Proxy, m.Proxy, dsize, (int)flags,
                (int)borderMode, borderValue ?? default),
            src.Source, dst.Source, m.Source);

    public static void WarpPerspective(
        InputArray src, OutputArray dst, InputArray m, Size dsize,
        InterpolationFlags flags = InterpolationFlags.Linear, BorderTypes borderMode = BorderTypes.Constant,
        Scalar? borderValue = null) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_warp_perspective(src.Proxy, dst.Proxy, m.Proxy, dsize, (int)flags,
                (int)borderMode, borderValue ?? default),
            src.Source, dst.Source, m.Source);

    public static void Remap(
        InputArray src, OutputArray dst, InputArray map1, InputArray map2,
        InterpolationFlags interpolation = InterpolationFlags.Linear, BorderTypes borderMode = BorderTypes.Constant,
        Scalar? borderValue = null) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_remap(src.Proxy, dst.Proxy, map1.Proxy, map2.Proxy, (int)interpolation,
                (int)borderMode, borderValue ?? default),
            src.Source, dst.Source, map1.Source, map2.Source);

    public static Mat GetRotationMatrix2D(Point2f center, double angle, double scale)
    {
        NativeMethods.Check(NativeMethods.ecgcv_rotation_matrix_2d(center, angle, scale, out var m));
        return new(m);
    }

    public static void InvertAffineTransform(InputArray m, OutputArray im) =>
        NativeMethods.Check(NativeMethods.ecgcv_invert_affine(m.Proxy, im.Proxy), m.Source, im.Source);

    public static Mat GetPerspectiveTransform(IEnumerable<Point2f> src, IEnumerable<Point2f> dst)
    {
        using var from = Mat.FromArray(src);
        using var to = Mat.FromArray(dst);
        return GetPerspectiveTransform(from, to);
    }

    public static Mat GetPerspectiveTransform(InputArray src, InputArray dst)
    {
        NativeMethods.Check(
            NativeMethods.ecgcv_get_perspective_transform(src.Proxy, dst.Proxy, out var m),
            src.Source, dst.Source);
        return new(m);
    }

    public static Mat GetAffineTransform(IEnumerable<Point2f> src, IEnumerable<Point2f> dst)
    {
        using var from = Mat.FromArray(src);
        using var to = Mat.FromArray(dst);
        return GetAffineTransform(from, to);
    }

    public static Mat GetAffineTransform(InputArray src, InputArray dst)
    {
        NativeMethods.Check(
            NativeMethods.ecgcv_get_affine_transform(src.Proxy, dst.Proxy, out var m),
            src.Source, dst.Source);
        return new(m);
    }

    public static void GetRectSubPix(
        InputArray image, Size patchSize, Point2f center, OutputArray patch, int patchType = -1) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_get_rect_sub_pix(image.Proxy, patchSize, center, patch.Proxy, patchType),
            image.Source, patch.Source);

    public static Point2f[] CornerSubPix(
        InputArray image, IEnumerable<Point2f> inputCorners, Size winSize, Size zeroZone, TermCriteria criteria)
    {
        ArgumentNullException.ThrowIfNull(inputCorners);
        var corners = inputCorners.ToArray();
        NativeMethods.Check(
            NativeMethods.ecgcv_corner_sub_pix(
                image.Proxy, corners, corners.Length, winSize, zeroZone, (int)criteria.Type, criteria.MaxCount,
                criteria.Epsilon),
            image.Source);
        return corners;
    }

    public static Mat GetStructuringElement(MorphShapes shape, Size ksize) =>
        GetStructuringElement(shape, ksize, Centre);

    public static Mat GetStructuringElement(MorphShapes shape, Size ksize, Point anchor)
    {
        NativeMethods.Check(NativeMethods.ecgcv_structuring_element((int)shape, ksize, anchor, out var element));
        return new(element);
    }

    public static void Erode(
        InputArray src, OutputArray dst, InputArray element, Point? anchor = null, int iterations = 1,
        BorderTypes borderType = BorderTypes.Constant, Scalar? borderValue = null) =>
        MorphologyEx(src, dst, MorphTypes.Erode, element, anchor, iterations, borderType, borderValue);

    public static void Dilate(
        InputArray src, OutputArray dst, InputArray element, Point? anchor = null, int iterations = 1,
        BorderTypes borderType = BorderTypes.Constant, Scalar? borderValue = null) =>
        MorphologyEx(src, dst, MorphTypes.Dilate, element, anchor, iterations, borderType, borderValue);

    public static unsafe void MorphologyEx(
        InputArray src, OutputArray dst, MorphTypes op, InputArray element, Point? anchor = null, int iterations = 1,
        BorderTypes borderType = BorderTypes.Constant, Scalar? borderValue = null)
    {
        var value = borderValue.GetValueOrDefault();
        NativeMethods.Check(
            NativeMethods.ecgcv_morphology(
                src.Proxy, dst.Proxy, (int)op, element.Proxy, anchor ?? Centre, iterations, (int)borderType,
                borderValue is null ? null : &value),
            src.Source, dst.Source, element.Source);
    }

    public static int ConnectedComponents(
        InputArray image, OutputArray labels, PixelConnectivity connectivity = PixelConnectivity.Connectivity8) =>
        ConnectedComponents(image, labels, connectivity, MatType.CV_32S);

    public static int ConnectedComponents(
        InputArray image, OutputArray labels, PixelConnectivity connectivity, MatType ltype)
    {
        NativeMethods.Check(
            NativeMethods.ecgcv_connected_components(image.Proxy, labels.Proxy, (int)connectivity,
                ltype.Value, out var count),
            image.Source, labels.Source);
        return count;
    }

    public static int ConnectedComponentsWithStats(
        InputArray image, OutputArray labels, OutputArray stats, OutputArray centroids,
        PixelConnectivity connectivity = PixelConnectivity.Connectivity8) =>
        ConnectedComponentsWithStats(image, labels, stats, centroids, connectivity, MatType.CV_32S);

    public static int ConnectedComponentsWithStats(
        InputArray image, OutputArray labels, OutputArray stats, OutputArray centroids,
        PixelConnectivity connectivity, MatType ltype)
    {
        NativeMethods.Check(
            NativeMethods.ecgcv_connected_components_stats(image.Proxy, labels.Proxy, stats.Proxy,
                centroids.Proxy, (int)connectivity, ltype.Value, out var count),
            image.Source, labels.Source, stats.Source, centroids.Source);
        return count;
    }

    public static void DistanceTransform(
        InputArray src, OutputArray dst, DistanceTypes distanceType, DistanceTransformMasks maskSize,
        int dstType = MatType.CV_32F) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_distance_transform(src.Proxy, dst.Proxy, (int)distanceType, (int)maskSize, dstType),
            src.Source, dst.Source);

    public static int FloodFill(InputOutputArray image, Point seedPoint, Scalar newVal) =>
        FloodFill(image, seedPoint, newVal, out _);

    public static int FloodFill(
        InputOutputArray image, Point seedPoint, Scalar newVal, out Rect rect, Scalar? loDiff = null,
        Scalar? upDiff = null, FloodFillFlags flags = FloodFillFlags.Link4)
    {
        NativeMethods.Check(
            NativeMethods.ecgcv_flood_fill(
                image.Proxy, seedPoint, newVal, out rect, loDiff ?? default, upDiff ?? default, (int)flags,
                out var area),
            image.Source);
        return area;
    }

    public static LineSegmentPolar[] HoughLines(
        InputArray image, double rho, double theta, int threshold, double srn = 0, double stn = 0)
    {
        NativeMethods.Check(
            NativeMethods.ecgcv_hough_lines(image.Proxy, rho, theta, threshold, srn, stn, out var lines),
            image.Source);
        return lines.Take<LineSegmentPolar>();
    }

    public static LineSegmentPoint[] HoughLinesP(
        InputArray image, double rho, double theta, int threshold, double minLineLength = 0, double maxLineGap = 0)
    {
        NativeMethods.Check(
            NativeMethods.ecgcv_hough_lines_p(image.Proxy, rho, theta, threshold, minLineLength,
                maxLineGap, out var lines),
            image.Source);
        return lines.Take<LineSegmentPoint>();
    }

    public static void FindContours(
        InputArray image, out Point[][] contours, out HierarchyIndex[] hierarchy, RetrievalModes mode,
        ContourApproximationModes method, Point? offset = null)
    {
        NativeMethods.Check(
            NativeMethods.ecgcv_find_contours(
                image.Proxy, (int)mode, (int)method, offset ?? default, out var points, out var lengths,
                out var tree),
            image.Source);
        contours = Curves.Split(points.Take<Point>(), lengths.Take<int>());
        hierarchy = tree.Take<HierarchyIndex>();
    }

    public static Point[][] FindContoursAsArray(
        InputArray image, RetrievalModes mode, ContourApproximationModes method, Point? offset = null)
    {
        FindContours(image, out var contours, out _, mode, method, offset);
        return contours;
    }

    public static double ContourArea(IEnumerable<Point> contour, bool oriented = false)
    {
        var points = ToArray(contour);
        NativeMethods.Check(
            NativeMethods.ecgcv_contour_area(Bytes(points), points.Length, 0, Int(oriented), out var area));
        return area;
    }

    public static double ContourArea(IEnumerable<Point2f> contour, bool oriented = false)
    {
        var points = ToArray(contour);
        NativeMethods.Check(
            NativeMethods.ecgcv_contour_area(Bytes(points), points.Length, 1, Int(oriented), out var area));
        return area;
    }

    public static double ArcLength(IEnumerable<Point> curve, bool closed)
    {
        var points = ToArray(curve);
        NativeMethods.Check(
            NativeMethods.ecgcv_arc_length(Bytes(points), points.Length, 0, Int(closed), out var length));
        return length;
    }

    public static double ArcLength(IEnumerable<Point2f> curve, bool closed)
    {
        var points = ToArray(curve);
        NativeMethods.Check(
            NativeMethods.ecgcv_arc_length(Bytes(points), points.Length, 1, Int(closed), out var length));
        return length;
    }

    public static Rect BoundingRect(IEnumerable<Point> curve)
    {
        var points = ToArray(curve);
        NativeMethods.Check(
            NativeMethods.ecgcv_bounding_rect_points(Bytes(points), points.Length, 0, out var rect));
        return rect;
    }

    public static Rect BoundingRect(IEnumerable<Point2f> curve)
    {
        var points = ToArray(curve);
        NativeMethods.Check(
            NativeMethods.ecgcv_bounding_rect_points(Bytes(points), points.Length, 1, out var rect));
        return rect;
    }

    public static Rect BoundingRect(InputArray curve)
    {
        NativeMethods.Check(NativeMethods.ecgcv_bounding_rect(curve.Proxy, out var rect), curve.Source);
        return rect;
    }

    public static RotatedRect MinAreaRect(IEnumerable<Point> points)
    {
        var list = ToArray(points);
        Span<float> box = stackalloc float[5];
        NativeMethods.Check(
            NativeMethods.ecgcv_min_area_rect_points(Bytes(list), list.Length, 0, box));
        return new(new(box[0], box[1]), new(box[2], box[3]), box[4]);
    }

    public static RotatedRect MinAreaRect(IEnumerable<Point2f> points)
    {
        var list = ToArray(points);
        Span<float> box = stackalloc float[5];
        NativeMethods.Check(
            NativeMethods.ecgcv_min_area_rect_points(Bytes(list), list.Length, 1, box));
        return new(new(box[0], box[1]), new(box[2], box[3]), box[4]);
    }

    public static RotatedRect MinAreaRect(InputArray points)
    {
        Span<float> box = stackalloc float[5];
        NativeMethods.Check(NativeMethods.ecgcv_min_area_rect(points.Proxy, box), points.Source);
        return new(new(box[0], box[1]), new(box[2], box[3]), box[4]);
    }

    public static Point2f[] BoxPoints(RotatedRect box)
    {
        var corners = new Point2f[4];
        NativeMethods.Check(
            NativeMethods.ecgcv_box_points(
                [box.Center.X, box.Center.Y, box.Size.Width, box.Size.Height, box.Angle], corners));
        return corners;
    }

    public static Point[] ApproxPolyDP(IEnumerable<Point> curve, double epsilon, bool closed)
    {
        var points = ToArray(curve);
        NativeMethods.Check(
            NativeMethods.ecgcv_approx_poly(Bytes(points), points.Length, 0, epsilon, Int(closed), out var polygon));
        return polygon.Take<Point>();
    }

    public static Point2f[] ApproxPolyDP(IEnumerable<Point2f> curve, double epsilon, bool closed)
    {
        var points = ToArray(curve);
        NativeMethods.Check(
            NativeMethods.ecgcv_approx_poly(Bytes(points), points.Length, 1, epsilon, Int(closed), out var polygon));
        return polygon.Take<Point2f>();
    }

    public static Point[] ConvexHull(IEnumerable<Point> points, bool clockwise = false)
    {
        var list = ToArray(points);
        NativeMethods.Check(
            NativeMethods.ecgcv_convex_hull(Bytes(list), list.Length, 0, Int(clockwise), out var hull));
        return hull.Take<Point>();
    }

    public static Point2f[] ConvexHull(IEnumerable<Point2f> points, bool clockwise = false)
    {
        var list = ToArray(points);
        NativeMethods.Check(
            NativeMethods.ecgcv_convex_hull(Bytes(list), list.Length, 1, Int(clockwise), out var hull));
        return hull.Take<Point2f>();
    }

    public static Line2D FitLine(IEnumerable<Point> points, DistanceTypes distType, double param, double reps, double aeps)
    {
        var list = ToArray(points);
        Span<float> line = stackalloc float[4];
        NativeMethods.Check(
            NativeMethods.ecgcv_fit_line(Bytes(list), list.Length, 0, (int)distType, param, reps, aeps, line));
        return new(line[0], line[1], line[2], line[3]);
    }

    public static Line2D FitLine(IEnumerable<Point2f> points, DistanceTypes distType, double param, double reps, double aeps)
    {
        var list = ToArray(points);
        Span<float> line = stackalloc float[4];
        NativeMethods.Check(
            NativeMethods.ecgcv_fit_line(Bytes(list), list.Length, 1, (int)distType, param, reps, aeps, line));
        return new(line[0], line[1], line[2], line[3]);
    }

    public static double PointPolygonTest(IEnumerable<Point> contour, Point2f pt, bool measureDist)
    {
        var points = ToArray(contour);
        NativeMethods.Check(
            NativeMethods.ecgcv_point_polygon_test(Bytes(points), points.Length, 0, pt, Int(measureDist), out var distance));
        return distance;
    }

    public static double PointPolygonTest(IEnumerable<Point2f> contour, Point2f pt, bool measureDist)
    {
        var points = ToArray(contour);
        NativeMethods.Check(
            NativeMethods.ecgcv_point_polygon_test(Bytes(points), points.Length, 1, pt, Int(measureDist), out var distance));
        return distance;
    }

    public static void MatchTemplate(
        InputArray image, InputArray templ, OutputArray result, TemplateMatchModes method,
        InputArray mask = default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_match_template(image.Proxy, templ.Proxy, result.Proxy, (int)method, mask.Proxy),
            image.Source, templ.Source, result.Source, mask.Source);
}

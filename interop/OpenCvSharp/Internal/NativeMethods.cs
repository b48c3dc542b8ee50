using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace OpenCvSharp;

/// <summary>The C functions of libecg_opencv, and what becomes of their status.</summary>
internal static partial class NativeMethods
{
    private const string Library = "ecg_opencv";

    /// <summary>
    /// Throws if the engine did; keeps what the call used from being finalized while it ran (never inlined, so that the
    /// arguments are live until here).
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Check(int status, object? a = null, object? b = null, object? c = null, object? d = null)
    {
        if (status == 0)
            return;
        var code = ecgcv_last_error_place(out var func, out var file, out var line);
        throw new OpenCVException((ErrorCode)code, Text(func), Text(ecgcv_last_error()), Text(file), line);
    }

    internal static string Text(IntPtr utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";

    /// <summary>Matrices and lists handed out and not yet given back; tests look at it.</summary>
    internal static long LiveCount => ecgcv_live_count();

    [LibraryImport(Library)]
    private static partial long ecgcv_live_count();

    [LibraryImport(Library)]
    private static partial IntPtr ecgcv_last_error();

    [LibraryImport(Library)]
    internal static partial void ecgcv_free(IntPtr data);

    [LibraryImport(Library)]
    internal static partial void ecgcv_mat_delete(IntPtr mat);

    [LibraryImport(Library)]
    internal static partial void ecgcv_mat_header(IntPtr mat, out MatHeader header);

    // mat.cpp

    [LibraryImport(Library)]
    internal static partial int ecgcv_last_error_place(out IntPtr func, out IntPtr file, out int line);

    [LibraryImport(Library)]
    internal static partial int ecgcv_mat_new_empty(out IntPtr ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_mat_new(int rows, int cols, int type, out IntPtr ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_mat_new_filled(int rows, int cols, int type, Scalar value, out IntPtr ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_mat_clone(IntPtr mat, out IntPtr ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_mat_roi(IntPtr mat, int row0, int row1, int col0, int col1, out IntPtr ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_mat_reshape(IntPtr mat, int cn, int rows, out IntPtr ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_mat_create(IntPtr mat, int rows, int cols, int type);

    [LibraryImport(Library)]
    internal static partial int ecgcv_mat_copy_to(IntPtr mat, IntPtr dst, ArrayProxy mask);

    [LibraryImport(Library)]
    internal static partial int ecgcv_mat_convert_to(IntPtr mat, IntPtr dst, int type, double alpha, double beta);

    [LibraryImport(Library)]
    internal static partial int ecgcv_mat_set_to(IntPtr mat, ArrayProxy value, ArrayProxy mask);

    [LibraryImport(Library)]
    internal static partial int ecgcv_mat_dot(IntPtr mat, ArrayProxy other, out double ret);


    // core.cpp

    [LibraryImport(Library)]
    internal static partial int ecgcv_add(ArrayProxy a, ArrayProxy b, IntPtr dst, ArrayProxy mask, int type);

    [LibraryImport(Library)]
    internal static partial int ecgcv_subtract(ArrayProxy a, ArrayProxy b, IntPtr dst, ArrayProxy mask, int type);

    [LibraryImport(Library)]
    internal static partial int ecgcv_multiply(ArrayProxy a, ArrayProxy b, IntPtr dst, double scale, int type);

    [LibraryImport(Library)]
    internal static partial int ecgcv_divide(ArrayProxy a, ArrayProxy b, IntPtr dst, double scale, int type);

    [LibraryImport(Library)]
    internal static partial int ecgcv_add_weighted(
        ArrayProxy a, double alpha, ArrayProxy b, double beta, double gamma, IntPtr dst, int type);

    [LibraryImport(Library)]
    internal static partial int ecgcv_absdiff(ArrayProxy a, ArrayProxy b, IntPtr dst);

    [LibraryImport(Library)]
    internal static partial int ecgcv_convert_scale_abs(ArrayProxy src, IntPtr dst, double alpha, double beta);

    [LibraryImport(Library)]
    internal static partial int ecgcv_lut(ArrayProxy src, ArrayProxy table, IntPtr dst);

    [LibraryImport(Library)]
    internal static partial int ecgcv_bitwise_and(ArrayProxy a, ArrayProxy b, IntPtr dst, ArrayProxy mask);

    [LibraryImport(Library)]
    internal static partial int ecgcv_bitwise_or(ArrayProxy a, ArrayProxy b, IntPtr dst, ArrayProxy mask);

    [LibraryImport(Library)]
    internal static partial int ecgcv_bitwise_xor(ArrayProxy a, ArrayProxy b, IntPtr dst, ArrayProxy mask);

    [LibraryImport(Library)]
    internal static partial int ecgcv_bitwise_not(ArrayProxy src, IntPtr dst, ArrayProxy mask);

    [LibraryImport(Library)]
    internal static partial int ecgcv_in_range(ArrayProxy src, ArrayProxy low, ArrayProxy high, IntPtr dst);

    [LibraryImport(Library)]
    internal static partial int ecgcv_min(ArrayProxy a, ArrayProxy b, IntPtr dst);

    [LibraryImport(Library)]
    internal static partial int ecgcv_max(ArrayProxy a, ArrayProxy b, IntPtr dst);

    [LibraryImport(Library)]
    internal static partial int ecgcv_pow(ArrayProxy src, double power, IntPtr dst);

    [LibraryImport(Library)]
    internal static partial int ecgcv_sqrt(ArrayProxy src, IntPtr dst);

    [LibraryImport(Library)]
    internal static partial int ecgcv_exp(ArrayProxy src, IntPtr dst);

    [LibraryImport(Library)]
    internal static partial int ecgcv_log(ArrayProxy src, IntPtr dst);

    [LibraryImport(Library)]
    internal static partial int ecgcv_magnitude(ArrayProxy x, ArrayProxy y, IntPtr dst);

    [LibraryImport(Library)]
    internal static partial int ecgcv_phase(ArrayProxy x, ArrayProxy y, IntPtr dst, int degrees);

    [LibraryImport(Library)]
    internal static partial int ecgcv_sum(ArrayProxy src, out Scalar ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_mean(ArrayProxy src, ArrayProxy mask, out Scalar ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_mean_std_dev(ArrayProxy src, IntPtr mean, IntPtr stddev, ArrayProxy mask);

    [LibraryImport(Library)]
    internal static partial int ecgcv_mean_std_dev_scalar(
        ArrayProxy src, out Scalar mean, out Scalar stddev, ArrayProxy mask);

    [LibraryImport(Library)]
    internal static partial int ecgcv_count_non_zero(ArrayProxy src, out int ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_find_non_zero(ArrayProxy src, IntPtr idx);

    [LibraryImport(Library)]
    internal static partial int ecgcv_norm(ArrayProxy src, int type, ArrayProxy mask, out double ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_norm2(ArrayProxy a, ArrayProxy b, int type, ArrayProxy mask, out double ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_normalize(
        ArrayProxy src, IntPtr dst, double alpha, double beta, int norm, int type, ArrayProxy mask);

    [LibraryImport(Library)]
    internal static partial int ecgcv_min_max_loc(
        ArrayProxy src, out double min, out double max, out Point minAt, out Point maxAt, ArrayProxy mask);

    [LibraryImport(Library)]
    internal static partial int ecgcv_min_max(ArrayProxy src, out double min, out double max);

    [LibraryImport(Library)]
    internal static partial int ecgcv_reduce(ArrayProxy src, IntPtr dst, int dim, int op, int type);

    [LibraryImport(Library)]
    internal static partial int ecgcv_split(IntPtr src, out NativeList mats);

    [LibraryImport(Library)]
    internal static partial int ecgcv_merge(ReadOnlySpan<IntPtr> mats, int count, IntPtr dst);

    [LibraryImport(Library)]
    internal static partial int ecgcv_hconcat(ReadOnlySpan<IntPtr> mats, int count, IntPtr dst);

    [LibraryImport(Library)]
    internal static partial int ecgcv_vconcat(ReadOnlySpan<IntPtr> mats, int count, IntPtr dst);

    [LibraryImport(Library)]
    internal static partial int ecgcv_extract_channel(ArrayProxy src, IntPtr dst, int channel);

    [LibraryImport(Library)]
    internal static partial int ecgcv_insert_channel(ArrayProxy src, IntPtr dst, int channel);

    [LibraryImport(Library)]
    internal static partial int ecgcv_flip(ArrayProxy src, IntPtr dst, int code);

    [LibraryImport(Library)]
    internal static partial int ecgcv_rotate(ArrayProxy src, IntPtr dst, int code);

    [LibraryImport(Library)]
    internal static partial int ecgcv_transpose(ArrayProxy src, IntPtr dst);

    [LibraryImport(Library)]
    internal static partial int ecgcv_repeat(ArrayProxy src, int ny, int nx, IntPtr dst);

    [LibraryImport(Library)]
    internal static partial int ecgcv_copy_make_border(
        ArrayProxy src, IntPtr dst, int top, int bottom, int left, int right, int border, Scalar value);

    [LibraryImport(Library)]
    internal static partial int ecgcv_perspective_transform(ArrayProxy src, IntPtr dst, ArrayProxy m);

    [LibraryImport(Library)]
    internal static partial int ecgcv_transform(ArrayProxy src, IntPtr dst, ArrayProxy m);

    [LibraryImport(Library)]
    internal static partial int ecgcv_gemm(
        ArrayProxy a, ArrayProxy b, double alpha, ArrayProxy c, double gamma, IntPtr dst, int flags);

    [LibraryImport(Library)]
    internal static partial int ecgcv_solve(ArrayProxy a, ArrayProxy b, IntPtr dst, int method, out int ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_invert(ArrayProxy src, IntPtr dst, int method, out double ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_dft(ArrayProxy src, IntPtr dst, int flags, int rows);

    [LibraryImport(Library)]
    internal static partial int ecgcv_idft(ArrayProxy src, IntPtr dst, int flags, int rows);

    [LibraryImport(Library)]
    internal static partial int ecgcv_mul_spectrums(ArrayProxy a, ArrayProxy b, IntPtr dst, int flags, int conj);

    [LibraryImport(Library)]
    internal static partial int ecgcv_optimal_dft_size(int size, out int ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_set_num_threads(int threads);

    [LibraryImport(Library)]
    internal static partial int ecgcv_get_num_threads(out int ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_version(out IntPtr ret);


    // imgcodecs.cpp

    [LibraryImport(Library)]
    internal static partial int ecgcv_imdecode(ReadOnlySpan<byte> data, int length, int flags, out IntPtr ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_imdecode_array(ArrayProxy data, int flags, out IntPtr ret);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ecgcv_imencode(
        string ext, ArrayProxy img, ReadOnlySpan<int> prms, int paramsLength, out NativeList bytes, out int ok);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ecgcv_imread(string file, int flags, out IntPtr ret);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ecgcv_imread_multi(string file, int flags, out NativeList mats, out int ok);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ecgcv_imwrite(
        string file, ArrayProxy img, ReadOnlySpan<int> prms, int paramsLength, out int ok);


    // imgproc.cpp

    [LibraryImport(Library)]
    internal static partial int ecgcv_cvt_color(ArrayProxy src, IntPtr dst, int code, int channels);

    [LibraryImport(Library)]
    internal static partial int ecgcv_gaussian_blur(
        ArrayProxy src, IntPtr dst, Size size, double sigmaX, double sigmaY, int border);

    [LibraryImport(Library)]
    internal static partial int ecgcv_blur(ArrayProxy src, IntPtr dst, Size size, Point anchor, int border);

    [LibraryImport(Library)]
    internal static partial int ecgcv_box_filter(
        ArrayProxy src, IntPtr dst, int depth, Size size, Point anchor, int normalize, int border);

    [LibraryImport(Library)]
    internal static partial int ecgcv_median_blur(ArrayProxy src, IntPtr dst, int size);

    [LibraryImport(Library)]
    internal static partial int ecgcv_bilateral_filter(
        ArrayProxy src, IntPtr dst, int d, double sigmaColor, double sigmaSpace, int border);

    [LibraryImport(Library)]
    internal static partial int ecgcv_filter_2d(
        ArrayProxy src, IntPtr dst, int depth, ArrayProxy kernel, Point anchor, double delta, int border);

    [LibraryImport(Library)]
    internal static partial int ecgcv_sep_filter_2d(
        ArrayProxy src, IntPtr dst, int depth, ArrayProxy kx, ArrayProxy ky, Point anchor, double delta, int border);

    [LibraryImport(Library)]
    internal static partial int ecgcv_sobel(
        ArrayProxy src, IntPtr dst, int depth, int dx, int dy, int size, double scale, double delta, int border);

    [LibraryImport(Library)]
    internal static partial int ecgcv_scharr(
        ArrayProxy src, IntPtr dst, int depth, int dx, int dy, double scale, double delta, int border);

    [LibraryImport(Library)]
    internal static partial int ecgcv_laplacian(
        ArrayProxy src, IntPtr dst, int depth, int size, double scale, double delta, int border);

    [LibraryImport(Library)]
    internal static partial int ecgcv_canny(
        ArrayProxy src, IntPtr edges, double low, double high, int aperture, int l2);

    [LibraryImport(Library)]
    internal static partial int ecgcv_gaussian_kernel(int size, double sigma, int type, out IntPtr ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_pyr_down(ArrayProxy src, IntPtr dst, Size size, int border);

    [LibraryImport(Library)]
    internal static partial int ecgcv_threshold(
        ArrayProxy src, IntPtr dst, double thresh, double max, int type, out double ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_adaptive_threshold(
        ArrayProxy src, IntPtr dst, double max, int method, int type, int block, double c);

    [LibraryImport(Library)]
    internal static partial int ecgcv_calc_hist(
        ReadOnlySpan<IntPtr> images, int count, ReadOnlySpan<int> channels, int channelsLength, ArrayProxy mask,
        IntPtr hist, int dims, ReadOnlySpan<int> sizes, ReadOnlySpan<float> ranges, ReadOnlySpan<int> rangeLengths,
        int uniform, int accumulate);

    [LibraryImport(Library)]
    internal static partial int ecgcv_equalize_hist(ArrayProxy src, IntPtr dst);

    [LibraryImport(Library)]
    internal static partial int ecgcv_integral(ArrayProxy src, IntPtr sum, int depth);

    [LibraryImport(Library)]
    internal static partial int ecgcv_integral2(ArrayProxy src, IntPtr sum, IntPtr sqsum, int depth);

    [LibraryImport(Library)]
    internal static partial int ecgcv_resize(
        ArrayProxy src, IntPtr dst, Size size, double fx, double fy, int interpolation);

    [LibraryImport(Library)]
    internal static partial int ecgcv_warp_affine(
        ArrayProxy src, IntPtr dst, ArrayProxy m, Size size, int flags, int border, Scalar value);

    [LibraryImport(Library)]
    internal static partial int ecgcv_warp_perspective(
        ArrayProxy src, IntPtr dst, ArrayProxy m, Size size, int flags, int border, Scalar value);

    [LibraryImport(Library)]
    internal static partial int ecgcv_remap(
        ArrayProxy src, IntPtr dst, ArrayProxy map1, ArrayProxy map2, int interpolation, int border, Scalar value);

    [LibraryImport(Library)]
    internal static partial int ecgcv_rotation_matrix_2d(Point2f centre, double angle, double scale, out IntPtr ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_invert_affine(ArrayProxy m, IntPtr dst);

    [LibraryImport(Library)]
    internal static partial int ecgcv_get_perspective_transform(ArrayProxy src, ArrayProxy dst, out IntPtr ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_get_affine_transform(ArrayProxy src, ArrayProxy dst, out IntPtr ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_find_homography(
        ArrayProxy src, ArrayProxy dst, int method, double threshold, IntPtr mask, int iterations, double confidence,
        out IntPtr ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_get_rect_sub_pix(ArrayProxy src, Size size, Point2f centre, IntPtr dst, int type);

    [LibraryImport(Library)]
    internal static partial int ecgcv_corner_sub_pix(
        ArrayProxy image, Span<Point2f> corners, int count, Size window, Size zero, int type, int iterations,
        double epsilon);

    [LibraryImport(Library)]
    internal static partial int ecgcv_structuring_element(int shape, Size size, Point anchor, out IntPtr ret);

    [LibraryImport(Library)]
    internal static unsafe partial int ecgcv_morphology(
        ArrayProxy src, IntPtr dst, int op, ArrayProxy kernel, Point anchor, int iterations, int border,
        Scalar* value);

    [LibraryImport(Library)]
    internal static partial int ecgcv_connected_components(
        ArrayProxy image, IntPtr labels, int connectivity, int type, out int ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_connected_components_stats(
        ArrayProxy image, IntPtr labels, IntPtr stats, IntPtr centroids, int connectivity, int type, out int ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_distance_transform(ArrayProxy src, IntPtr dst, int distance, int mask, int type);

    [LibraryImport(Library)]
    internal static partial int ecgcv_flood_fill(
        IntPtr image, Point seed, Scalar value, out Rect box, Scalar low, Scalar high, int flags, out int ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_hough_lines(
        ArrayProxy image, double rho, double theta, int threshold, double srn, double stn, out NativeList lines);

    [LibraryImport(Library)]
    internal static partial int ecgcv_hough_lines_p(
        ArrayProxy image, double rho, double theta, int threshold, double length, double gap, out NativeList lines);

    [LibraryImport(Library)]
    internal static partial int ecgcv_find_contours(
        ArrayProxy image, int mode, int method, Point offset, out NativeList all, out NativeList lengths,
        out NativeList hierarchy);

    [LibraryImport(Library)]
    internal static partial int ecgcv_contour_area(ReadOnlySpan<byte> p, int n, int isFloat, int oriented, out double ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_arc_length(ReadOnlySpan<byte> p, int n, int isFloat, int closed, out double ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_bounding_rect(ArrayProxy array, out Rect ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_bounding_rect_points(ReadOnlySpan<byte> p, int n, int isFloat, out Rect ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_min_area_rect(ArrayProxy array, Span<float> ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_min_area_rect_points(ReadOnlySpan<byte> p, int n, int isFloat, Span<float> ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_box_points(ReadOnlySpan<float> box, Span<Point2f> corners);

    [LibraryImport(Library)]
    internal static partial int ecgcv_approx_poly(
        ReadOnlySpan<byte> p, int n, int isFloat, double epsilon, int closed, out NativeList ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_convex_hull(ReadOnlySpan<byte> p, int n, int isFloat, int clockwise, out NativeList ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_fit_line(
        ReadOnlySpan<byte> p, int n, int isFloat, int distance, double param, double reps, double aeps,
        Span<float> ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_point_polygon_test(
        ReadOnlySpan<byte> p, int n, int isFloat, Point2f point, int measure, out double ret);

    [LibraryImport(Library)]
    internal static partial int ecgcv_match_template(
        ArrayProxy image, ArrayProxy templ, IntPtr result, int method, ArrayProxy mask);

    [LibraryImport(Library)]
    internal static partial int ecgcv_line(
        IntPtr img, Point a, Point b, Scalar color, int thickness, int type, int shift);

    [LibraryImport(Library)]
    internal static partial int ecgcv_rectangle(
        IntPtr img, Point a, Point b, Scalar color, int thickness, int type, int shift);

    [LibraryImport(Library)]
    internal static partial int ecgcv_rectangle_rect(
        IntPtr img, Rect rect, Scalar color, int thickness, int type, int shift);

    [LibraryImport(Library)]
    internal static partial int ecgcv_circle(
        IntPtr img, Point centre, int radius, Scalar color, int thickness, int type, int shift);

    [LibraryImport(Library)]
    internal static partial int ecgcv_ellipse(
        IntPtr img, Point centre, Size axes, double angle, double start, double end, Scalar color, int thickness,
        int type, int shift);

    [LibraryImport(Library)]
    internal static partial int ecgcv_polylines(
        IntPtr img, ReadOnlySpan<Point> p, ReadOnlySpan<int> lengths, int n, int closed, Scalar color, int thickness,
        int type, int shift);

    [LibraryImport(Library)]
    internal static partial int ecgcv_fill_poly(
        IntPtr img, ReadOnlySpan<Point> p, ReadOnlySpan<int> lengths, int n, Scalar color, int type, int shift,
        Point offset);

    [LibraryImport(Library)]
    internal static partial int ecgcv_fill_convex_poly(
        IntPtr img, ReadOnlySpan<Point> p, int n, Scalar color, int type, int shift);

    [LibraryImport(Library)]
    internal static partial int ecgcv_draw_contours(
        IntPtr img, ReadOnlySpan<Point> p, ReadOnlySpan<int> lengths, int n, int index, Scalar color, int thickness,
        int type, ReadOnlySpan<int> tree, int treeLength, int maxLevel, Point offset);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ecgcv_put_text(
        IntPtr img, string text, Point origin, int font, double scale, Scalar color, int thickness, int type,
        int bottomLeft);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ecgcv_get_text_size(
        string text, int font, double scale, int thickness, out int baseLine, out Size ret);
}

// Filters, geometry, shapes and drawing.
#include "ecgcv.h"

#include <opencv2/calib3d.hpp>
#include <opencv2/imgproc.hpp>

using namespace ecgcv;

namespace {
using Points = std::vector<cv::Point>;
using Pointsf = std::vector<cv::Point2f>;

Points points(const Pt *p, int n) { return Points(p, p + n); }

// Several curves as one list of points and a list of their lengths.
std::vector<Points> curves(const Pt *p, const int *lengths, int n) {
    std::vector<Points> list;
    for (int i = 0; i < n; p += lengths[i++]) list.push_back(points(p, lengths[i]));
    return list;
}

// Shape functions take whole or floating-point coordinates; both go in as one two-channel row.
cv::Mat shape(const void *p, int n, int is_float) {
    return cv::Mat(n, 1, is_float ? CV_32FC2 : CV_32SC2, const_cast<void *>(p));
}

void put(const cv::RotatedRect &box, float *out) {
    out[0] = box.center.x;
    out[1] = box.center.y;
    out[2] = box.size.width;
    out[3] = box.size.height;
    out[4] = box.angle;
}
}

// Colour, smoothing, derivatives

ECGCV(cvt_color)(In src, Out dst, int code, int channels) { GUARDED(cv::cvtColor(src, dst, code, channels)); }
ECGCV(gaussian_blur)(In src, Out dst, Sz size, double sigma_x, double sigma_y, int border) {
    GUARDED(cv::GaussianBlur(src, dst, size, sigma_x, sigma_y, border));
}
ECGCV(blur)(In src, Out dst, Sz size, Pt anchor, int border) { GUARDED(cv::blur(src, dst, size, anchor, border)); }
ECGCV(box_filter)(In src, Out dst, int depth, Sz size, Pt anchor, int normalize, int border) {
    GUARDED(cv::boxFilter(src, dst, depth, size, anchor, normalize != 0, border));
}
ECGCV(median_blur)(In src, Out dst, int size) { GUARDED(cv::medianBlur(src, dst, size)); }
ECGCV(bilateral_filter)(In src, Out dst, int d, double sigma_color, double sigma_space, int border) {
    GUARDED(cv::bilateralFilter(src, dst, d, sigma_color, sigma_space, border));
}
ECGCV(filter_2d)(In src, Out dst, int depth, In kernel, Pt anchor, double delta, int border) {
    GUARDED(cv::filter2D(src, dst, depth, kernel, anchor, delta, border));
}
ECGCV(sep_filter_2d)(In src, Out dst, int depth, In kx, In ky, Pt anchor, double delta, int border) {
    GUARDED(cv::sepFilter2D(src, dst, depth, kx, ky, anchor, delta, border));
}
ECGCV(sobel)(In src, Out dst, int depth, int dx, int dy, int size, double scale, double delta, int border) {
    GUARDED(cv::Sobel(src, dst, depth, dx, dy, size, scale, delta, border));
}
ECGCV(scharr)(In src, Out dst, int depth, int dx, int dy, double scale, double delta, int border) {
    GUARDED(cv::Scharr(src, dst, depth, dx, dy, scale, delta, border));
}
ECGCV(laplacian)(In src, Out dst, int depth, int size, double scale, double delta, int border) {
    GUARDED(cv::Laplacian(src, dst, depth, size, scale, delta, border));
}
ECGCV(canny)(In src, Out edges, double low, double high, int aperture, int l2) {
    GUARDED(cv::Canny(src, edges, low, high, aperture, l2 != 0));
}
ECGCV(gaussian_kernel)(int size, double sigma, int type, cv::Mat **ret) {
    GUARDED(*ret = own(cv::getGaussianKernel(size, sigma, type)));
}
ECGCV(pyr_down)(In src, Out dst, Sz size, int border) { GUARDED(cv::pyrDown(src, dst, size, border)); }

// Thresholds, histograms, sums

ECGCV(threshold)(In src, Out dst, double thresh, double max, int type, double *ret) {
    GUARDED(*ret = cv::threshold(src, dst, thresh, max, type));
}
ECGCV(adaptive_threshold)(In src, Out dst, double max, int method, int type, int block, double c) {
    GUARDED(cv::adaptiveThreshold(src, dst, max, method, type, block, c));
}
ECGCV(calc_hist)(cv::Mat *const *images, int count, const int *channels, int channels_length, In mask, Out hist, int dims,
                 const int *sizes, const float *ranges, const int *range_lengths, int uniform, int accumulate) {
    GUARDED(
        CV_Assert(dims > 0 && channels_length >= dims);
        const auto list = take_mats(images, count);
        std::vector<const float *> starts;
        for (int i = 0; i < dims; ranges += range_lengths[i++]) starts.push_back(ranges);
        const cv::Mat mask_mat = mask.kind == 1 ? *mask.mat : cv::Mat();
        cv::calcHist(list.data(), count, channels, mask_mat, hist, dims, sizes, starts.data(), uniform != 0,
                     accumulate != 0));
}
ECGCV(equalize_hist)(In src, Out dst) { GUARDED(cv::equalizeHist(src, dst)); }
ECGCV(integral)(In src, Out sum, int depth) { GUARDED(cv::integral(src, sum, depth)); }
ECGCV(integral2)(In src, Out sum, Out sqsum, int depth) { GUARDED(cv::integral(src, sum, sqsum, depth)); }

// Geometry

ECGCV(resize)(In src, Out dst, Sz size, double fx, double fy, int interpolation) {
    GUARDED(cv::resize(src, dst, size, fx, fy, interpolation));
}
ECGCV(warp_affine)(In src, Out dst, In m, Sz size, int flags, int border, Sc value) {
    GUARDED(cv::warpAffine(src, dst, m, size, flags, border, value));
}
ECGCV(warp_perspective)(In src, Out dst, In m, Sz size, int flags, int border, Sc value) {
    GUARDED(cv::warpPerspective(src, dst, m, size, flags, border, value));
}
ECGCV(remap)(In src, Out dst, In map1, In map2, int interpolation, int border, Sc value) {
    GUARDED(cv::remap(src, dst, map1, map2, interpolation, border, value));
}
ECGCV(rotation_matrix_2d)(Ptf centre, double angle, double scale, cv::Mat **ret) {
    GUARDED(*ret = own(cv::getRotationMatrix2D(centre, angle, scale)));
}
ECGCV(invert_affine)(In m, Out dst) { GUARDED(cv::invertAffineTransform(m, dst)); }
ECGCV(get_perspective_transform)(In src, In dst, cv::Mat **ret) {
    GUARDED(*ret = own(cv::getPerspectiveTransform(src, dst)));
}
ECGCV(get_affine_transform)(In src, In dst, cv::Mat **ret) { GUARDED(*ret = own(cv::getAffineTransform(src, dst))); }
ECGCV(find_homography)(In src, In dst, int method, double threshold, Out mask, int iterations, double confidence,
                       cv::Mat **ret) {
    GUARDED(*ret = own(cv::findHomography(src, dst, method, threshold, mask, iterations, confidence)));
}
ECGCV(get_rect_sub_pix)(In src, Sz size, Ptf centre, Out dst, int type) {
    GUARDED(cv::getRectSubPix(src, size, centre, dst, type));
}
ECGCV(corner_sub_pix)(In image, Ptf *corners, int count, Sz window, Sz zero, int type, int iterations, double epsilon) {
    GUARDED(
        cv::Mat list(count, 1, CV_32FC2, corners);
        cv::cornerSubPix(image, list, window, zero, cv::TermCriteria(type, iterations, epsilon)));
}

// Morphology and components

ECGCV(structuring_element)(int shape, Sz size, Pt anchor, cv::Mat **ret) {
    GUARDED(*ret = own(cv::getStructuringElement(shape, size, anchor)));
}
// A border value of null means OpenCV's own, which differs between erosion and dilation.
ECGCV(morphology)(In src, Out dst, int op, In kernel, Pt anchor, int iterations, int border, const Sc *value) {
    GUARDED(
        const cv::Scalar v = value ? cv::Scalar(*value) : cv::morphologyDefaultBorderValue();
        const cv::_InputArray k = kernel.kind == 0 ? cv::_InputArray(cv::Mat()) : cv::_InputArray(kernel);
        if (op == cv::MORPH_ERODE) cv::erode(src, dst, k, anchor, iterations, border, v);
        else if (op == cv::MORPH_DILATE) cv::dilate(src, dst, k, anchor, iterations, border, v);
        else cv::morphologyEx(src, dst, op, k, anchor, iterations, border, v));
}
ECGCV(connected_components)(In image, Out labels, int connectivity, int type, int *ret) {
    GUARDED(*ret = cv::connectedComponents(image, labels, connectivity, type));
}
ECGCV(connected_components_stats)(In image, Out labels, Out stats, Out centroids, int connectivity, int type, int *ret) {
    GUARDED(*ret = cv::connectedComponentsWithStats(image, labels, stats, centroids, connectivity, type));
}
ECGCV(distance_transform)(In src, Out dst, int distance, int mask, int type) {
    GUARDED(cv::distanceTransform(src, dst, distance, mask, type));
}
ECGCV(flood_fill)(Out image, Pt seed, Sc value, Rc *box, Sc low, Sc high, int flags, int *ret) {
    GUARDED(
        cv::Rect filled;
        *ret = cv::floodFill(image, seed, value, &filled, low, high, flags);
        *box = {filled.x, filled.y, filled.width, filled.height});
}

// Lines, contours, shapes

ECGCV(hough_lines)(In image, double rho, double theta, int threshold, double srn, double stn, List *lines) {
    GUARDED(
        std::vector<cv::Vec2f> found;
        cv::HoughLines(image, found, rho, theta, threshold, srn, stn);
        give(found, lines));
}
ECGCV(hough_lines_p)(In image, double rho, double theta, int threshold, double length, double gap, List *lines) {
    GUARDED(
        std::vector<cv::Vec4i> found;
        cv::HoughLinesP(image, found, rho, theta, threshold, length, gap);
        give(found, lines));
}
ECGCV(find_contours)(In image, int mode, int method, Pt offset, List *all, List *lengths, List *hierarchy) {
    GUARDED(
        std::vector<Points> found;
        std::vector<cv::Vec4i> tree;
        cv::findContours(image, found, tree, mode, method, offset);
        Points flat;
        std::vector<int> sizes;
        for (const auto &contour : found) {
            flat.insert(flat.end(), contour.begin(), contour.end());
            sizes.push_back(static_cast<int>(contour.size()));
        }
        give(flat, all);
        give(sizes, lengths);
        give(tree, hierarchy));
}
ECGCV(contour_area)(const void *p, int n, int is_float, int oriented, double *ret) {
    GUARDED(*ret = cv::contourArea(shape(p, n, is_float), oriented != 0));
}
ECGCV(arc_length)(const void *p, int n, int is_float, int closed, double *ret) {
    GUARDED(*ret = cv::arcLength(shape(p, n, is_float), closed != 0));
}
ECGCV(bounding_rect)(In array, Rc *ret) {
    GUARDED(
        const cv::Rect box = cv::boundingRect(array);
        *ret = {box.x, box.y, box.width, box.height});
}
ECGCV(bounding_rect_points)(const void *p, int n, int is_float, Rc *ret) {
    GUARDED(
        const cv::Rect box = cv::boundingRect(shape(p, n, is_float));
        *ret = {box.x, box.y, box.width, box.height});
}
ECGCV(min_area_rect)(In array, float *ret) { GUARDED(put(cv::minAreaRect(array), ret)); }
ECGCV(min_area_rect_points)(const void *p, int n, int is_float, float *ret) {
    GUARDED(put(cv::minAreaRect(shape(p, n, is_float)), ret));
}
ECGCV(box_points)(const float *box, Ptf *corners) {
    GUARDED(
        cv::Point2f four[4];
        cv::RotatedRect({box[0], box[1]}, {box[2], box[3]}, box[4]).points(four);
        for (int i = 0; i < 4; i++) corners[i] = {four[i].x, four[i].y});
}
ECGCV(approx_poly)(const void *p, int n, int is_float, double epsilon, int closed, List *ret) {
    GUARDED(
        if (is_float) {
            Pointsf curve;
            cv::approxPolyDP(shape(p, n, 1), curve, epsilon, closed != 0);
            give(curve, ret);
        } else {
            Points curve;
            cv::approxPolyDP(shape(p, n, 0), curve, epsilon, closed != 0);
            give(curve, ret);
        });
}
ECGCV(convex_hull)(const void *p, int n, int is_float, int clockwise, List *ret) {
    GUARDED(
        if (is_float) {
            Pointsf hull;
            cv::convexHull(shape(p, n, 1), hull, clockwise != 0);
            give(hull, ret);
        } else {
            Points hull;
            cv::convexHull(shape(p, n, 0), hull, clockwise != 0);
            give(hull, ret);
        });
}
ECGCV(fit_line)(const void *p, int n, int is_float, int distance, double param, double reps, double aeps, float *ret) {
    GUARDED(
        cv::Vec4f line;
        cv::fitLine(shape(p, n, is_float), line, distance, param, reps, aeps);
        std::memcpy(ret, line.val, sizeof line.val));
}
ECGCV(point_polygon_test)(const void *p, int n, int is_float, Ptf point, int measure, double *ret) {
    GUARDED(*ret = cv::pointPolygonTest(shape(p, n, is_float), point, measure != 0));
}
ECGCV(match_template)(In image, In templ, Out result, int method, In mask) {
    GUARDED(cv::matchTemplate(image, templ, result, method, mask));
}

// Drawing

ECGCV(line)(Out img, Pt a, Pt b, Sc color, int thickness, int type, int shift) {
    GUARDED(cv::line(img, a, b, color, thickness, type, shift));
}
ECGCV(rectangle)(Out img, Pt a, Pt b, Sc color, int thickness, int type, int shift) {
    GUARDED(cv::rectangle(img, a, b, color, thickness, type, shift));
}
ECGCV(rectangle_rect)(Out img, Rc rect, Sc color, int thickness, int type, int shift) {
    GUARDED(cv::rectangle(img, cv::Rect(rect), color, thickness, type, shift));
}
ECGCV(circle)(Out img, Pt centre, int radius, Sc color, int thickness, int type, int shift) {
    GUARDED(cv::circle(img, centre, radius, color, thickness, type, shift));
}
ECGCV(ellipse)(Out img, Pt centre, Sz axes, double angle, double start, double end, Sc color, int thickness, int type,
               int shift) {
    GUARDED(cv::ellipse(img, centre, axes, angle, start, end, color, thickness, type, shift));
}
ECGCV(polylines)(Out img, const Pt *p, const int *lengths, int n, int closed, Sc color, int thickness, int type, int shift) {
    GUARDED(cv::polylines(img, curves(p, lengths, n), closed != 0, color, thickness, type, shift));
}
ECGCV(fill_poly)(Out img, const Pt *p, const int *lengths, int n, Sc color, int type, int shift, Pt offset) {
    GUARDED(cv::fillPoly(img, curves(p, lengths, n), color, type, shift, offset));
}
ECGCV(fill_convex_poly)(Out img, const Pt *p, int n, Sc color, int type, int shift) {
    GUARDED(cv::fillConvexPoly(img, points(p, n), color, type, shift));
}
ECGCV(draw_contours)(Out img, const Pt *p, const int *lengths, int n, int index, Sc color, int thickness, int type,
                     const int *tree, int tree_length, int max_level, Pt offset) {
    GUARDED(
        const auto *first = reinterpret_cast<const cv::Vec4i *>(tree);
        const std::vector<cv::Vec4i> hierarchy(first, first + tree_length);
        cv::drawContours(img, curves(p, lengths, n), index, color, thickness, type, hierarchy, max_level, offset));
}
ECGCV(put_text)(Out img, const char *text, Pt origin, int font, double scale, Sc color, int thickness, int type,
                int bottom_left) {
    GUARDED(cv::putText(img, text, origin, font, scale, color, thickness, type, bottom_left != 0));
}
ECGCV(get_text_size)(const char *text, int font, double scale, int thickness, int *base_line, Sz *ret) {
    GUARDED(
        const cv::Size size = cv::getTextSize(text, font, scale, thickness, base_line);
        *ret = {size.width, size.height});
}

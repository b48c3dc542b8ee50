// Arithmetic on arrays.
#include "ecgcv.h"

using namespace ecgcv;

ECGCV(add)(In a, In b, Out dst, In mask, int type) { GUARDED(cv::add(a, b, dst, mask, type)); }
ECGCV(subtract)(In a, In b, Out dst, In mask, int type) { GUARDED(cv::subtract(a, b, dst, mask, type)); }
ECGCV(multiply)(In a, In b, Out dst, double scale, int type) { GUARDED(cv::multiply(a, b, dst, scale, type)); }
ECGCV(divide)(In a, In b, Out dst, double scale, int type) { GUARDED(cv::divide(a, b, dst, scale, type)); }
ECGCV(add_weighted)(In a, double alpha, In b, double beta, double gamma, Out dst, int type) {
    GUARDED(cv::addWeighted(a, alpha, b, beta, gamma, dst, type));
}
ECGCV(absdiff)(In a, In b, Out dst) { GUARDED(cv::absdiff(a, b, dst)); }
ECGCV(convert_scale_abs)(In src, Out dst, double alpha, double beta) { GUARDED(cv::convertScaleAbs(src, dst, alpha, beta)); }
ECGCV(lut)(In src, In table, Out dst) { GUARDED(cv::LUT(src, table, dst)); }
ECGCV(bitwise_and)(In a, In b, Out dst, In mask) { GUARDED(cv::bitwise_and(a, b, dst, mask)); }
ECGCV(bitwise_or)(In a, In b, Out dst, In mask) { GUARDED(cv::bitwise_or(a, b, dst, mask)); }
ECGCV(bitwise_xor)(In a, In b, Out dst, In mask) { GUARDED(cv::bitwise_xor(a, b, dst, mask)); }
ECGCV(bitwise_not)(In src, Out dst, In mask) { GUARDED(cv::bitwise_not(src, dst, mask)); }
ECGCV(in_range)(In src, In low, In high, Out dst) { GUARDED(cv::inRange(src, low, high, dst)); }
ECGCV(min)(In a, In b, Out dst) { GUARDED(cv::min(cv::_InputArray(a), cv::_InputArray(b), cv::_OutputArray(cv::_InputOutputArray(dst)))); }
ECGCV(max)(In a, In b, Out dst) { GUARDED(cv::max(cv::_InputArray(a), cv::_InputArray(b), cv::_OutputArray(cv::_InputOutputArray(dst)))); }
ECGCV(pow)(In src, double power, Out dst) { GUARDED(cv::pow(src, power, dst)); }
ECGCV(sqrt)(In src, Out dst) { GUARDED(cv::sqrt(src, dst)); }
ECGCV(exp)(In src, Out dst) { GUARDED(cv::exp(src, dst)); }
ECGCV(log)(In src, Out dst) { GUARDED(cv::log(src, dst)); }
ECGCV(magnitude)(In x, In y, Out dst) { GUARDED(cv::magnitude(x, y, dst)); }
ECGCV(phase)(In x, In y, Out dst, int degrees) { GUARDED(cv::phase(x, y, dst, degrees != 0)); }

ECGCV(sum)(In src, Sc *ret) {
    GUARDED(
        const cv::Scalar s = cv::sum(src);
        *ret = {s[0], s[1], s[2], s[3]});
}
ECGCV(mean)(In src, In mask, Sc *ret) {
    GUARDED(
        const cv::Scalar s = cv::mean(src, mask);
        *ret = {s[0], s[1], s[2], s[3]});
}
ECGCV(mean_std_dev)(In src, Out mean, Out stddev, In mask) { GUARDED(cv::meanStdDev(src, mean, stddev, mask)); }
ECGCV(mean_std_dev_scalar)(In src, Sc *mean, Sc *stddev, In mask) {
    GUARDED(
        cv::Scalar m;
        cv::Scalar s;
        cv::meanStdDev(src, m, s, mask);
        *mean = {m[0], m[1], m[2], m[3]};
        *stddev = {s[0], s[1], s[2], s[3]});
}
ECGCV(count_non_zero)(In src, int *ret) { GUARDED(*ret = cv::countNonZero(src)); }
ECGCV(find_non_zero)(In src, Out idx) { GUARDED(cv::findNonZero(src, idx)); }
ECGCV(norm)(In src, int type, In mask, double *ret) { GUARDED(*ret = cv::norm(src, type, mask)); }
ECGCV(norm2)(In a, In b, int type, In mask, double *ret) { GUARDED(*ret = cv::norm(a, b, type, mask)); }
ECGCV(normalize)(In src, Out dst, double alpha, double beta, int norm, int type, In mask) {
    GUARDED(cv::normalize(src, dst, alpha, beta, norm, type, mask));
}
ECGCV(min_max_loc)(In src, double *min, double *max, Pt *min_at, Pt *max_at, In mask) {
    GUARDED(
        cv::Point low;
        cv::Point high;
        cv::minMaxLoc(src, min, max, &low, &high, mask);
        *min_at = {low.x, low.y};
        *max_at = {high.x, high.y});
}
// OpenCV refuses to say where the extremes of several channels are, but knows their values.
ECGCV(min_max)(In src, double *min, double *max) { GUARDED(cv::minMaxLoc(src, min, max)); }
ECGCV(reduce)(In src, Out dst, int dim, int op, int type) { GUARDED(cv::reduce(src, dst, dim, op, type)); }

ECGCV(split)(cv::Mat *src, List *mats) {
    GUARDED(
        std::vector<cv::Mat> channels;
        cv::split(*src, channels);
        give_mats(channels, mats));
}
ECGCV(merge)(cv::Mat *const *mats, int count, Out dst) { GUARDED(cv::merge(take_mats(mats, count), dst)); }
ECGCV(hconcat)(cv::Mat *const *mats, int count, Out dst) { GUARDED(cv::hconcat(take_mats(mats, count), dst)); }
ECGCV(vconcat)(cv::Mat *const *mats, int count, Out dst) { GUARDED(cv::vconcat(take_mats(mats, count), dst)); }
ECGCV(extract_channel)(In src, Out dst, int channel) { GUARDED(cv::extractChannel(src, dst, channel)); }
ECGCV(insert_channel)(In src, Out dst, int channel) { GUARDED(cv::insertChannel(src, dst, channel)); }

ECGCV(flip)(In src, Out dst, int code) { GUARDED(cv::flip(src, dst, code)); }
ECGCV(rotate)(In src, Out dst, int code) { GUARDED(cv::rotate(src, dst, code)); }
ECGCV(transpose)(In src, Out dst) { GUARDED(cv::transpose(src, dst)); }
ECGCV(repeat)(In src, int ny, int nx, Out dst) { GUARDED(cv::repeat(src, ny, nx, dst)); }
ECGCV(copy_make_border)(In src, Out dst, int top, int bottom, int left, int right, int border, Sc value) {
    GUARDED(cv::copyMakeBorder(src, dst, top, bottom, left, right, border, value));
}
ECGCV(perspective_transform)(In src, Out dst, In m) { GUARDED(cv::perspectiveTransform(src, dst, m)); }
ECGCV(transform)(In src, Out dst, In m) { GUARDED(cv::transform(src, dst, m)); }

ECGCV(gemm)(In a, In b, double alpha, In c, double gamma, Out dst, int flags) {
    GUARDED(cv::gemm(a, b, alpha, c, gamma, dst, flags));
}
ECGCV(solve)(In a, In b, Out dst, int method, int *ret) { GUARDED(*ret = cv::solve(a, b, dst, method)); }
ECGCV(invert)(In src, Out dst, int method, double *ret) { GUARDED(*ret = cv::invert(src, dst, method)); }

ECGCV(dft)(In src, Out dst, int flags, int rows) { GUARDED(cv::dft(src, dst, flags, rows)); }
ECGCV(idft)(In src, Out dst, int flags, int rows) { GUARDED(cv::idft(src, dst, flags, rows)); }
ECGCV(mul_spectrums)(In a, In b, Out dst, int flags, int conj) { GUARDED(cv::mulSpectrums(a, b, dst, flags, conj != 0)); }
ECGCV(optimal_dft_size)(int size, int *ret) { GUARDED(*ret = cv::getOptimalDFTSize(size)); }

ECGCV(set_num_threads)(int threads) { GUARDED(cv::setNumThreads(threads)); }
ECGCV(get_num_threads)(int *ret) { GUARDED(*ret = cv::getNumThreads()); }
ECGCV(version)(const char **ret) { GUARDED(*ret = CV_VERSION); }

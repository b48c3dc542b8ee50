// cv::im*: pictures in memory and in files.
#include "ecgcv.h"

#include <opencv2/imgcodecs.hpp>

using namespace ecgcv;

ECGCV(imdecode)(const uint8_t *data, int length, int flags, cv::Mat **ret) {
    GUARDED(*ret = own(cv::imdecode(cv::Mat(1, length, CV_8UC1, const_cast<uint8_t *>(data)), flags)));
}

ECGCV(imdecode_array)(In data, int flags, cv::Mat **ret) { GUARDED(*ret = own(cv::imdecode(data, flags))); }

ECGCV(imencode)(const char *ext, In img, const int *params, int params_length, List *bytes, int *ok) {
    GUARDED(
        std::vector<uchar> out;
        *ok = cv::imencode(ext, img, out, std::vector<int>(params, params + params_length));
        give(out, bytes));
}

ECGCV(imread)(const char *file, int flags, cv::Mat **ret) { GUARDED(*ret = own(cv::imread(file, flags))); }

ECGCV(imread_multi)(const char *file, int flags, List *mats, int *ok) {
    GUARDED(
        std::vector<cv::Mat> pages;
        *ok = cv::imreadmulti(file, pages, flags);
        give_mats(pages, mats));
}

ECGCV(imwrite)(const char *file, In img, const int *params, int params_length, int *ok) {
    GUARDED(*ok = cv::imwrite(file, img, std::vector<int>(params, params + params_length)));
}

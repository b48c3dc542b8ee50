// cv::Mat and the bookkeeping: errors, live objects, memory handed out.
#include "ecgcv.h"

#include <atomic>

using namespace ecgcv;

namespace {
std::atomic<int64_t> live{0};
thread_local cv::Exception last;
}

cv::Mat *ecgcv::own(cv::Mat &&mat) {
    auto *owned = new cv::Mat(std::move(mat));
    live++;
    return owned;
}

void ecgcv::count_list(int change) { live += change; }

void ecgcv::remember(const cv::Exception &e) { last = e; }

extern "C" __attribute__((visibility("default"))) const char *ecgcv_last_error() { return last.err.c_str(); }

ECGCV(last_error_place)(const char **func, const char **file, int *line) {
    *func = last.func.c_str();
    *file = last.file.c_str();
    *line = last.line;
    return last.code;
}

// Matrices and lists that were handed out and not given back.
extern "C" __attribute__((visibility("default"))) int64_t ecgcv_live_count() { return live; }

extern "C" __attribute__((visibility("default"))) void ecgcv_free(void *data) {
    if (!data) return;
    std::free(data);
    live--;
}

extern "C" __attribute__((visibility("default"))) void ecgcv_mat_delete(cv::Mat *mat) {
    if (!mat) return;
    delete mat;
    live--;
}

ECGCV(mat_new_empty)(cv::Mat **ret) { GUARDED(*ret = own(cv::Mat())); }

ECGCV(mat_new)(int rows, int cols, int type, cv::Mat **ret) {
    GUARDED(*ret = own(cv::Mat(rows, cols, type)));
}

ECGCV(mat_new_filled)(int rows, int cols, int type, Sc value, cv::Mat **ret) {
    GUARDED(*ret = own(cv::Mat(rows, cols, type, value)));
}

ECGCV(mat_clone)(cv::Mat *mat, cv::Mat **ret) { GUARDED(*ret = own(mat->clone())); }

ECGCV(mat_roi)(cv::Mat *mat, int row0, int row1, int col0, int col1, cv::Mat **ret) {
    GUARDED(*ret = own(cv::Mat(*mat, cv::Range(row0, row1), cv::Range(col0, col1))));
}

ECGCV(mat_reshape)(cv::Mat *mat, int cn, int rows, cv::Mat **ret) { GUARDED(*ret = own(mat->reshape(cn, rows))); }

ECGCV(mat_create)(cv::Mat *mat, int rows, int cols, int type) { GUARDED(mat->create(rows, cols, type)); }

ECGCV(mat_copy_to)(cv::Mat *mat, Out dst, In mask) {
    GUARDED(if (mask.kind == 0) mat->copyTo(dst); else mat->copyTo(dst, mask));
}

ECGCV(mat_convert_to)(cv::Mat *mat, Out dst, int type, double alpha, double beta) {
    GUARDED(mat->convertTo(dst, type, alpha, beta));
}

ECGCV(mat_set_to)(cv::Mat *mat, In value, In mask) { GUARDED(mat->setTo(value, mask)); }

ECGCV(mat_dot)(cv::Mat *mat, In other, double *ret) { GUARDED(*ret = mat->dot(other)); }

struct MatHeader {
    void *data;
    int64_t step, total, elem_size;
    int rows, cols, dims, type, continuous, submatrix;
};

extern "C" __attribute__((visibility("default"))) void ecgcv_mat_header(const cv::Mat *mat, MatHeader *header) {
    *header = {mat->data, mat->dims > 0 ? static_cast<int64_t>(mat->step[0]) : 0, static_cast<int64_t>(mat->total()),
               static_cast<int64_t>(mat->elemSize()), mat->rows, mat->cols, mat->dims, mat->type(),
               mat->isContinuous(), mat->isSubmatrix()};
}

// What every translation unit of libecg_opencv shares: the value types that cross the C boundary, the guard that
// turns exceptions into a status, and the count of live matrices.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include <opencv2/core.hpp>

#define ECGCV(name) extern "C" __attribute__((visibility("default"))) int ecgcv_##name

namespace ecgcv {

// Plain structs, so that they pass in registers; cv::Point_ and its kin have copy constructors and would not.
struct Pt {
    int x, y;
    operator cv::Point() const { return {x, y}; }
};
struct Ptf {
    float x, y;
    operator cv::Point2f() const { return {x, y}; }
};
struct Sz {
    int width, height;
    operator cv::Size() const { return {width, height}; }
};
struct Rc {
    int x, y, width, height;
    operator cv::Rect() const { return {x, y, width, height}; }
};
struct Sc {
    double v[4];
    operator cv::Scalar() const { return {v[0], v[1], v[2], v[3]}; }
};

// An input: nothing, a matrix, or a value that stands for every element. Mirrors ArrayProxy on the managed side.
struct In {
    int64_t kind;
    cv::Mat *mat;
    double v[4];

    operator cv::_InputArray() const {
        switch (kind) {
        case 1: return *mat;
        case 2: return cv::_InputArray(*reinterpret_cast<const cv::Vec4d *>(v));
        case 3: return cv::_InputArray(v[0]);
        default: return cv::noArray();
        }
    }
};

// An output, or an input that is changed in place; null stands for "not wanted".
struct Out {
    cv::Mat *mat;

    operator cv::_InputOutputArray() const {
        if (mat) return cv::_InputOutputArray(*mat);
        return cv::noArray();
    }
};

// A list handed to the caller, who copies it and frees `data` with ecgcv_free.
struct List {
    void *data;
    int64_t length;
};

cv::Mat *own(cv::Mat &&mat);   // on the heap, counted
void count_list(int change);
void remember(const cv::Exception &e);

template <class T> void give(const std::vector<T> &values, List *list) {
    *list = {nullptr, static_cast<int64_t>(values.size())};
    if (values.empty()) return;
    list->data = std::malloc(values.size() * sizeof(T));
    if (!list->data) throw std::bad_alloc();
    std::memcpy(list->data, values.data(), values.size() * sizeof(T));
    count_list(+1);
}

inline void give_mats(std::vector<cv::Mat> &mats, List *list) {
    std::vector<cv::Mat *> handles;
    for (auto &mat : mats) handles.push_back(own(std::move(mat)));
    give(handles, list);
}

inline std::vector<cv::Mat> take_mats(cv::Mat *const *mats, int count) {
    std::vector<cv::Mat> list;
    for (int i = 0; i < count; i++) list.push_back(*mats[i]);
    return list;
}

template <class F> int guarded(F &&body) {
    try {
        body();
        return 0;
    } catch (const cv::Exception &e) {
        remember(e);
    } catch (const std::bad_alloc &) {
        remember(cv::Exception(cv::Error::StsNoMem, "Insufficient memory", "", "", 0));
    } catch (const std::exception &e) {
        remember(cv::Exception(cv::Error::StsError, e.what(), "", "", 0));
    } catch (...) {
        remember(cv::Exception(cv::Error::StsError, "Unknown C++ exception", "", "", 0));
    }
    return 1;
}

} // namespace ecgcv

#define GUARDED(...) return guarded([&] { __VA_ARGS__; })

// C ABI over LibTorch for interop/TorchSharp.
//
// Operators are reached by their schema name ("aten::conv2d", overload "") through LibTorch's dispatcher, so one
// entry point serves all of them, and arguments that a newer LibTorch appends are filled from the schema's defaults.
//
// Every int-returning function answers 0 on success; otherwise ecgth_last_error() has the message (per thread).
// A tensor pointer that comes back is owned by the caller and goes back through ecgth_tensor_free.
#pragma once
#include <stdint.h>

#if defined(__GNUC__)
#define ECGTH_API extern "C" __attribute__((visibility("default")))
#else
#define ECGTH_API extern "C" __declspec(dllexport)
#endif

// Kinds of ecgth_value.
enum {
  ECGTH_NONE = 0,        // absent optional
  ECGTH_TENSOR = 1,      // p: tensor
  ECGTH_INT = 2,         // i
  ECGTH_DOUBLE = 3,      // d
  ECGTH_BOOL = 4,        // i
  ECGTH_INTS = 5,        // p: int64_t[count]
  ECGTH_DOUBLES = 6,     // p: double[count]
  ECGTH_TENSORS = 7,     // p: tensor[count], null entries are absent tensors
  ECGTH_STRING = 8,      // p: UTF-8, count bytes
  ECGTH_DEVICE = 9,      // i: device type, count: index
  ECGTH_DEFAULT = 10     // the schema's default
};

typedef struct {
  int32_t kind;
  int32_t count;
  union {
    int64_t i;
    double d;
    void* p;
  };
} ecgth_value;

typedef struct {
  int64_t numel;
  int64_t storage_offset;
  int32_t dtype;
  int32_t device_type;
  int32_t device_index;
  int32_t dim;
  int32_t element_size;
  uint8_t requires_grad;
  uint8_t is_leaf;
  uint8_t is_contiguous;
  uint8_t is_sparse;
} ecgth_tensor_info;

ECGTH_API const char* ecgth_last_error();

// The operator's handle lives as long as the process.
ECGTH_API int ecgth_find(const char* name, const char* overload, void** op);

// results: room for `capacity` values; *count says how many came back. A result of kind ECGTH_TENSORS has an array
// that goes back through ecgth_array_free.
ECGTH_API int ecgth_call(void* op, const ecgth_value* arguments, int32_t argument_count,
                         ecgth_value* results, int32_t capacity, int32_t* count);
ECGTH_API void ecgth_array_free(void* array);

ECGTH_API void ecgth_tensor_free(void* tensor);
// Another reference to the same tensor.
ECGTH_API int ecgth_tensor_alias(void* tensor, void** alias);
ECGTH_API int64_t ecgth_live_tensors();
ECGTH_API int ecgth_tensor_info_of(void* tensor, ecgth_tensor_info* info);
ECGTH_API int ecgth_tensor_sizes(void* tensor, int64_t* sizes, int64_t* strides);
ECGTH_API int ecgth_tensor_data(void* tensor, void** data);
// Copies host data, `bytes` long, into a new tensor on the CPU.
ECGTH_API int ecgth_tensor_from(const void* data, int64_t bytes, int32_t dtype, const int64_t* sizes, int32_t dim,
                                void** tensor);

ECGTH_API int ecgth_requires_grad(void* tensor, int32_t requires_grad);
ECGTH_API int ecgth_retain_grad(void* tensor);
// *grad is null where there is none.
ECGTH_API int ecgth_grad(void* tensor, void** grad);
ECGTH_API int ecgth_set_grad(void* tensor, void* grad);
ECGTH_API int ecgth_backward(void* tensor, void* gradient, int32_t retain_graph, int32_t create_graph);
ECGTH_API int32_t ecgth_grad_enabled(int32_t enabled);  // sets, answers what it was; -1 only asks
ECGTH_API void* ecgth_inference_guard(int32_t enabled);
ECGTH_API void ecgth_inference_guard_free(void* guard);
ECGTH_API int32_t ecgth_inference_enabled();

ECGTH_API int ecgth_manual_seed(int64_t seed);
ECGTH_API int32_t ecgth_cuda_device_count();
ECGTH_API int32_t ecgth_cudnn_available();
ECGTH_API int32_t ecgth_get_threads();
ECGTH_API int ecgth_set_threads(int32_t threads);
ECGTH_API const char* ecgth_version();

// One Adam step over a dense float32 CPU parameter in a single pass over memory.
ECGTH_API int ecgth_adam_step(void* parameter, void* gradient, void* exp_avg, void* exp_avg_sq, double step_size,
                              double beta1, double beta2, double denominator_scale, double eps, double l2,
                              double decoupled_decay);

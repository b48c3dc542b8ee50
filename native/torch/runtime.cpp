#include "common.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/csrc/api/include/torch/version.h>

#include <dlfcn.h>

using namespace ecgth;

namespace {

thread_local std::string last_error;

// Debian's OpenBLAS has its own pool of threads, which at::set_num_threads does not know.
void set_blas_threads(int threads) {
  using Setter = void (*)(int);
  if (auto setter = reinterpret_cast<Setter>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads")))
    setter(threads);
}

}  // namespace

void ecgth::set_error(const std::exception& error) {
  // c10::Error::what() appends the C++ stack trace; the message itself is what a caller can use.
  const auto* torch_error = dynamic_cast<const c10::Error*>(&error);
  last_error = torch_error ? torch_error->what_without_backtrace() : error.what();
}

const char* ecgth_last_error() {
  return last_error.c_str();
}

int32_t ecgth_grad_enabled(int32_t enabled) {
  const bool was = at::GradMode::is_enabled();
  if (enabled >= 0)
    at::GradMode::set_enabled(enabled != 0);
  return was;
}

void* ecgth_inference_guard(int32_t enabled) {
  return new c10::InferenceMode(enabled != 0);
}

void ecgth_inference_guard_free(void* guard) {
  delete static_cast<c10::InferenceMode*>(guard);
}

int32_t ecgth_inference_enabled() {
  return c10::InferenceMode::is_enabled();
}

int ecgth_manual_seed(int64_t seed) {
  return guarded([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

int32_t ecgth_cuda_device_count() {
  if (!at::globalContext().hasCUDA() || !c10::impl::hasDeviceGuardImpl(c10::DeviceType::CUDA))
    return 0;
  return static_cast<int32_t>(c10::impl::VirtualGuardImpl(c10::DeviceType::CUDA).deviceCount());
}

int32_t ecgth_cudnn_available() {
  return ecgth_cuda_device_count() > 0 && at::globalContext().hasCuDNN();
}

int32_t ecgth_get_threads() {
  return at::get_num_threads();
}

int ecgth_set_threads(int32_t threads) {
  return guarded([&] {
    at::set_num_threads(threads);
    set_blas_threads(threads);
  });
}

const char* ecgth_version() {
  return TORCH_VERSION;
}

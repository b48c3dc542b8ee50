#pragma once
#include "ecg_torch.h"

#include <ATen/core/Tensor.h>

#include <exception>
#include <string>

namespace ecgth {

void set_error(const std::exception& error);

// Runs f; an exception becomes a non-zero status and the thread's last error.
template <typename F>
int guarded(F&& f) noexcept {
  try {
    f();
    return 0;
  } catch (const std::exception& error) {
    set_error(error);
    return 1;
  }
}

void* own(at::Tensor tensor);

inline at::Tensor& as_tensor(void* handle) {
  return *static_cast<at::Tensor*>(handle);
}

}  // namespace ecgth

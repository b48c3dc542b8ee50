#include "common.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>

#include <atomic>
#include <cmath>
#include <cstring>

using namespace ecgth;

namespace {
std::atomic<int64_t> live_tensors{0};
}

void* ecgth::own(at::Tensor tensor) {
  auto* handle = new at::Tensor(std::move(tensor));
  live_tensors++;
  return handle;
}

void ecgth_tensor_free(void* tensor) {
  delete static_cast<at::Tensor*>(tensor);
  live_tensors--;
}

int64_t ecgth_live_tensors() {
  return live_tensors;
}

int ecgth_tensor_info_of(void* handle, ecgth_tensor_info* info) {
  return guarded([&] {
    const auto& t = as_tensor(handle);
    info->numel = t.numel();
    info->storage_offset = t.has_storage() ? t.storage_offset() : 0;
    info->dtype = static_cast<int32_t>(t.scalar_type());
    info->device_type = static_cast<int32_t>(t.device().type());
    info->device_index = t.device().index();
    info->dim = static_cast<int32_t>(t.dim());
    info->element_size = static_cast<int32_t>(t.element_size());
    info->requires_grad = t.requires_grad();
    info->is_leaf = t.is_leaf();
    info->is_contiguous = t.is_contiguous();
    info->is_sparse = t.is_sparse();
  });
}

int ecgth_tensor_sizes(void* handle, int64_t* sizes, int64_t* strides) {
  return guarded([&] {
    const auto& t = as_tensor(handle);
    for (int64_t i = 0; i < t.dim(); i++) {
      sizes[i] = t.sizes()[i];
      strides[i] = t.strides()[i];
    }
  });
}

int ecgth_tensor_data(void* handle, void** data) {
  return guarded([&] { *data = as_tensor(handle).data_ptr(); });
}

int ecgth_tensor_from(const void* data, int64_t bytes, int32_t dtype, const int64_t* sizes, int32_t dim,
                      void** tensor) {
  return guarded([&] {
    auto t = at::empty(at::IntArrayRef(sizes, dim), at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)));
    const auto expected = t.numel() * static_cast<int64_t>(t.element_size());
    TORCH_CHECK(bytes == expected, "mismatched total size creating a tensor from an array: the shape wants ", expected,
                " bytes, the array has ", bytes);
    if (bytes > 0)
      std::memcpy(t.data_ptr(), data, bytes);
    *tensor = own(std::move(t));
  });
}

int ecgth_requires_grad(void* tensor, int32_t requires_grad) {
  return guarded([&] { as_tensor(tensor).set_requires_grad(requires_grad != 0); });
}

int ecgth_retain_grad(void* tensor) {
  return guarded([&] { as_tensor(tensor).retain_grad(); });
}

int ecgth_grad(void* tensor, void** grad) {
  return guarded([&] {
    const auto& g = as_tensor(tensor).grad();
    *grad = g.defined() ? own(g) : nullptr;
  });
}

int ecgth_set_grad(void* tensor, void* grad) {
  return guarded([&] { as_tensor(tensor).mutable_grad() = grad ? as_tensor(grad) : at::Tensor(); });
}

int ecgth_backward(void* tensor, void* gradient, int32_t retain_graph, int32_t create_graph) {
  return guarded([&] {
    as_tensor(tensor).backward(gradient ? as_tensor(gradient) : at::Tensor(), retain_graph != 0, create_graph != 0);
  });
}

int ecgth_adam_step(void* parameter, void* gradient, void* exp_avg, void* exp_avg_sq, double step_size, double beta1,
                    double beta2, double denominator_scale, double eps, double l2, double decoupled_decay) {
  return guarded([&] {
    const auto& p = as_tensor(parameter);
    const auto& g = as_tensor(gradient);
    const auto& m = as_tensor(exp_avg);
    const auto& v = as_tensor(exp_avg_sq);
    for (const auto* t : {&p, &g, &m, &v})
      TORCH_CHECK(t->is_cpu() && t->scalar_type() == at::kFloat && t->is_contiguous() && t->numel() == p.numel(),
                  "the single-pass Adam step wants dense float32 tensors of one size on the CPU");
    auto* pp = p.data_ptr<float>();
    const auto* gp = g.data_ptr<float>();
    auto* mp = m.data_ptr<float>();
    auto* vp = v.data_ptr<float>();
    const float b1 = static_cast<float>(beta1), c1 = static_cast<float>(1 - beta1);
    const float b2 = static_cast<float>(beta2), c2 = static_cast<float>(1 - beta2);
    const float size = static_cast<float>(step_size), scale = static_cast<float>(denominator_scale);
    const float epsilon = static_cast<float>(eps), decay = static_cast<float>(l2);
    const float keep = static_cast<float>(1 - decoupled_decay);
    constexpr int64_t grain = 1 << 15;
    at::parallel_for(0, p.numel(), grain, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) {
        const float x = pp[i] * keep;
        const float d = gp[i] + decay * x;
        mp[i] = b1 * mp[i] + c1 * d;
        vp[i] = b2 * vp[i] + c2 * d * d;
        pp[i] = x - size * mp[i] / (std::sqrt(vp[i]) * scale + epsilon);
      }
    });
    p.unsafeGetTensorImpl()->bump_version();
  });
}

int ecgth_tensor_alias(void* tensor, void** alias) {
  return guarded([&] { *alias = own(as_tensor(tensor)); });
}

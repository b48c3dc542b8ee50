#include "common.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/function_schema.h>
#include <ATen/core/jit_type.h>
#include <ATen/core/stack.h>

#include <cstdlib>
#include <utility>

using namespace ecgth;

namespace {

// c10::optional in LibTorch 1.13, std::optional from 2.4 on.
using OptionalTensor = decltype(std::declval<const c10::IValue&>().toOptional<at::Tensor>());

template <typename T>
c10::List<T> list_of(const ecgth_value& v) {
  c10::List<T> list;
  list.reserve(v.count);
  const auto* items = static_cast<const T*>(v.p);
  for (int32_t i = 0; i < v.count; i++)
    list.push_back(items[i]);
  return list;
}

template <typename T>
c10::List<T> list_of_one(T value) {
  c10::List<T> list;
  list.push_back(value);
  return list;
}

c10::IValue list_value(const ecgth_value& v, const c10::TypePtr& element) {
  switch (element->kind()) {
    case c10::TypeKind::TensorType: {
      c10::List<at::Tensor> list;
      for (int32_t i = 0; i < v.count; i++)
        list.push_back(as_tensor(static_cast<void**>(v.p)[i]));
      return list;
    }
    case c10::TypeKind::OptionalType: {  // Tensor?[]
      c10::List<OptionalTensor> list;
      for (int32_t i = 0; i < v.count; i++) {
        auto* handle = static_cast<void**>(v.p)[i];
        list.push_back(handle ? OptionalTensor(as_tensor(handle)) : OptionalTensor());
      }
      return list;
    }
    case c10::TypeKind::FloatType:
      return v.kind == ECGTH_DOUBLE ? list_of_one(v.d) : list_of<double>(v);
    case c10::TypeKind::BoolType: {
      c10::List<bool> list;
      for (int32_t i = 0; i < v.count; i++)
        list.push_back(static_cast<const int64_t*>(v.p)[i] != 0);
      return list;
    }
    case c10::TypeKind::NumberType: {
      c10::List<at::Scalar> list;
      for (int32_t i = 0; i < v.count; i++)
        list.push_back(static_cast<const double*>(v.p)[i]);
      return list;
    }
    default:
      return v.kind == ECGTH_INT ? list_of_one(v.i) : list_of<int64_t>(v);
  }
}

c10::IValue to_ivalue(const ecgth_value& v, const c10::TypePtr& type) {
  if (v.kind == ECGTH_NONE)
    return {};
  switch (type->kind()) {
    case c10::TypeKind::OptionalType:
      return to_ivalue(v, type->castRaw<c10::OptionalType>()->getElementType());
    case c10::TypeKind::ListType:
      return list_value(v, type->castRaw<c10::ListType>()->getElementType());
    case c10::TypeKind::FloatType:
      return v.kind == ECGTH_DOUBLE ? v.d : static_cast<double>(v.i);
    case c10::TypeKind::BoolType:
      return v.i != 0;
    default:
      break;
  }
  switch (v.kind) {
    case ECGTH_TENSOR:
      return as_tensor(v.p);
    case ECGTH_INT:
      return v.i;
    case ECGTH_DOUBLE:
      return v.d;
    case ECGTH_BOOL:
      return v.i != 0;
    case ECGTH_STRING:
      return std::string(static_cast<const char*>(v.p), v.count);
    case ECGTH_DEVICE:
      return c10::Device(static_cast<c10::DeviceType>(v.i), static_cast<c10::DeviceIndex>(v.count));
    default:
      TORCH_CHECK(false, "argument of kind ", v.kind, " does not fit ", type->str());
  }
}

ecgth_value from_ivalue(const c10::IValue& value) {
  ecgth_value v{};
  if (value.isTensor()) {
    const auto& tensor = value.toTensor();
    if (tensor.defined()) {
      v.kind = ECGTH_TENSOR;
      v.p = own(tensor);
    }
  } else if (value.isTensorList()) {
    const auto tensors = value.toTensorVector();
    auto** handles = static_cast<void**>(std::malloc(sizeof(void*) * (tensors.size() + 1)));
    TORCH_CHECK(handles, "out of memory");
    for (size_t i = 0; i < tensors.size(); i++)
      handles[i] = own(tensors[i]);
    v.kind = ECGTH_TENSORS;
    v.count = static_cast<int32_t>(tensors.size());
    v.p = handles;
  } else if (value.isBool()) {
    v.kind = ECGTH_BOOL;
    v.i = value.toBool();
  } else if (value.isInt()) {
    v.kind = ECGTH_INT;
    v.i = value.toInt();
  } else if (value.isDouble()) {
    v.kind = ECGTH_DOUBLE;
    v.d = value.toDouble();
  } else if (!value.isNone()) {
    TORCH_CHECK(false, "a result of type ", value.tagKind(), " is not carried");
  }
  return v;
}

}  // namespace

int ecgth_find(const char* name, const char* overload, void** op) {
  return guarded([&] {
    *op = new c10::OperatorHandle(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload));
  });
}

int ecgth_call(void* op, const ecgth_value* arguments, int32_t argument_count, ecgth_value* results, int32_t capacity,
               int32_t* count) {
  return guarded([&] {
    const auto& handle = *static_cast<c10::OperatorHandle*>(op);
    const auto& schema = handle.schema().arguments();
    TORCH_CHECK(static_cast<size_t>(argument_count) <= schema.size(), handle.schema(), " takes ", schema.size(),
                " arguments, not ", argument_count);
    torch::jit::Stack stack;
    stack.reserve(schema.size());
    for (size_t i = 0; i < schema.size(); i++) {
      if (i < static_cast<size_t>(argument_count) && arguments[i].kind != ECGTH_DEFAULT) {
        stack.push_back(to_ivalue(arguments[i], schema[i].type()));
      } else {
        const auto& fallback = schema[i].default_value();
        TORCH_CHECK(fallback.has_value(), handle.schema(), " lacks argument '", schema[i].name(), "'");
        stack.push_back(*fallback);
      }
    }
    handle.callBoxed(&stack);
    TORCH_CHECK(stack.size() <= static_cast<size_t>(capacity), handle.schema(), " answers too many values");
    *count = static_cast<int32_t>(stack.size());
    for (size_t i = 0; i < stack.size(); i++)
      results[i] = from_ivalue(stack[i]);
  });
}

void ecgth_array_free(void* array) {
  std::free(array);
}

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private Tensor InPlace(string op, params ReadOnlySpan<Arg> arguments)
        {
            Native.OpVoid(op, arguments);
            return this;
        }

        public Tensor add(Tensor target) => Native.Op("aten::add.Tensor", this, target);

        public Tensor add(Tensor target, Scalar alpha) => Native.Op("aten::add.Tensor", this, target, alpha);

        public Tensor add(Scalar scalar) => Native.Op("aten::add.Scalar", this, scalar);

        public Tensor add_(Tensor target) => InPlace("aten::add_.Tensor", this, target);

        public Tensor add_(Tensor target, Scalar alpha) => InPlace("aten::add_.Tensor", this, target, alpha);

        public Tensor add_(Scalar scalar) => InPlace("aten::add_.Scalar", this, scalar);

        public Tensor sub(Tensor target) => Native.Op("aten::sub.Tensor", this, target);

        public Tensor sub(Tensor target, Scalar alpha) => Native.Op("aten::sub.Tensor", this, target, alpha);

        public Tensor sub(Scalar scalar) => Native.Op("aten::sub.Scalar", this, scalar);

        public Tensor sub_(Tensor target) => InPlace("aten::sub_.Tensor", this, target);

        public Tensor sub_(Tensor target, Scalar alpha) => InPlace("aten::sub_.Tensor", this, target, alpha);

        public Tensor sub_(Scalar scalar) => InPlace("aten::sub_.Scalar", this, scalar);

        public Tensor mul(Tensor target) => Native.Op("aten::mul.Tensor", this, target);

        public Tensor mul(Scalar scalar) => Native.Op("aten::mul.Scalar", this, scalar);

        public Tensor mul_(Tensor target) => InPlace("aten::mul_.Tensor", this, target);

        public Tensor mul_(Scalar scalar) => InPlace("aten::mul_.Scalar", this, scalar);

        public Tensor div(Tensor target) => Native.Op("aten::div.Tensor", this, target);

        public Tensor div(Scalar scalar) => Native.Op("aten::div.Scalar", this, scalar);

        public Tensor div_(Tensor target) => InPlace("aten::div_.Tensor", this, target);

        public Tensor div_(Scalar scalar) => InPlace("aten::div_.Scalar", this, scalar);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Native.Op("aten::addcmul", this, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace("aten::addcmul_", this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Native.Op("aten::addcdiv", this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace("aten::addcdiv_", this, tensor1, tensor2, value);

        public Tensor lerp(Tensor end, Tensor weight) => Native.Op("aten::lerp.Tensor", this, end, weight);

        public Tensor remainder(Scalar scalar) => Native.Op("aten::remainder.Scalar", this, scalar);

        public Tensor remainder(Tensor target) => Native.Op("aten::remainder.Tensor", this, target);

        public Tensor pow(Tensor exponent) => Native.Op("aten::pow.Tensor_Tensor", this, exponent);

        public Tensor pow(Scalar exponent) => Native.Op("aten::pow.Tensor_Scalar", this, exponent);

        public Tensor atan2(Tensor other) => Native.Op("aten::atan2", this, other);

        public Tensor maximum(Tensor other) => Native.Op("aten::maximum", this, other);

        public Tensor minimum(Tensor other) => Native.Op("aten::minimum", this, other);

        public Tensor eq(Tensor target) => Native.Op("aten::eq.Tensor", this, target);

        public Tensor eq(Scalar target) => Native.Op("aten::eq.Scalar", this, target);

        public Tensor ne(Tensor target) => Native.Op("aten::ne.Tensor", this, target);

        public Tensor ne(Scalar target) => Native.Op("aten::ne.Scalar", this, target);

        public Tensor lt(Tensor target) => Native.Op("aten::lt.Tensor", this, target);

        public Tensor lt(Scalar target) => Native.Op("aten::lt.Scalar", this, target);

        public Tensor le(Tensor target) => Native.Op("aten::le.Tensor", this, target);

        public Tensor le(Scalar target) => Native.Op("aten::le.Scalar", this, target);

        public Tensor gt(Tensor target) => Native.Op("aten::gt.Tensor", this, target);

        public Tensor gt(Scalar target) => Native.Op("aten::gt.Scalar", this, target);

        public Tensor ge(Tensor target) => Native.Op("aten::ge.Tensor", this, target);

        public Tensor ge(Scalar target) => Native.Op("aten::ge.Scalar", this, target);

        public Tensor logical_and(Tensor other) => Native.Op("aten::logical_and", this, other);

        public Tensor logical_or(Tensor other) => Native.Op("aten::logical_or", this, other);

        public Tensor logical_xor(Tensor other) => Native.Op("aten::logical_xor", this, other);

        public Tensor logical_not() => Native.Op("aten::logical_not", this);

        public Tensor abs() => Native.Op("aten::abs", this);

        public Tensor abs_() => InPlace("aten::abs_", this);

        public Tensor neg() => Native.Op("aten::neg", this);

        public Tensor neg_() => InPlace("aten::neg_", this);

        public Tensor exp() => Native.Op("aten::exp", this);

        public Tensor exp_() => InPlace("aten::exp_", this);

        public Tensor log() => Native.Op("aten::log", this);

        public Tensor log_() => InPlace("aten::log_", this);

        public Tensor sqrt() => Native.Op("aten::sqrt", this);

        public Tensor sqrt_() => InPlace("aten::sqrt_", this);

        public Tensor rsqrt() => Native.Op("aten::rsqrt", this);

        public Tensor rsqrt_() => InPlace("aten::rsqrt_", this);

        public Tensor sin() => Native.Op("aten::sin", this);

        public Tensor sin_() => InPlace("aten::sin_", this);

        public Tensor cos() => Native.Op("aten::cos", this);

        public Tensor cos_() => InPlace("aten::cos_", this);

        public Tensor tanh() => Native.Op("aten::tanh", this);

        public Tensor tanh_() => InPlace("aten::tanh_", this);

        public Tensor sigmoid() => Native.Op("aten::sigmoid", this);

        public Tensor sigmoid_() => InPlace("aten::sigmoid_", this);

        public Tensor relu() => Native.Op("aten::relu", this);

        public Tensor relu_() => InPlace("aten::relu_", this);

        public Tensor floor() => Native.Op("aten::floor", this);

        public Tensor floor_() => InPlace("aten::floor_", this);

        public Tensor ceil() => Native.Op("aten::ceil", this);

        public Tensor ceil_() => InPlace("aten::ceil_", this);

        public Tensor round() => Native.Op("aten::round", this);

        public Tensor round_() => InPlace("aten::round_", this);

        public Tensor square() => Native.Op("aten::square", this);

        public Tensor square_() => InPlace("aten::square_", this);

        public Tensor reciprocal() => Native.Op("aten::reciprocal", this);

        public Tensor reciprocal_() => InPlace("aten::reciprocal_", this);

        public Tensor erf() => Native.Op("aten::erf", this);

        public Tensor erf_() => InPlace("aten::erf_", this);

        public Tensor log2() => Native.Op("aten::log2", this);

        public Tensor log10() => Native.Op("aten::log10", this);

        public Tensor log1p() => Native.Op("aten::log1p", this);

        public Tensor expm1() => Native.Op("aten::expm1", this);

        public Tensor sign() => Native.Op("aten::sign", this);

        public Tensor isnan() => Native.Op("aten::isnan", this);

        public Tensor isfinite() => Native.Op("aten::isfinite", this);

        public Tensor isinf() => Native.Op("aten::isinf", this);

        public Tensor nonzero() => Native.Op("aten::nonzero", this);

        public Tensor detach() => Native.Op("aten::detach", this);

        public Tensor t() => Native.Op("aten::t", this);

        public Tensor zero_() => InPlace("aten::zero_", this);

        public Tensor detach_() => InPlace("aten::detach_", this);

        public Tensor fill_(Scalar value) => InPlace("aten::fill_.Scalar", this, value);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Native.Op("aten::clamp", this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => InPlace("aten::clamp_", this, min, max);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Native.Op("aten::softmax.int", this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Native.Op("aten::log_softmax.int", this, dim, dtype);

        public Tensor logsumexp(long dim, bool keepdim = false) => Native.Op("aten::logsumexp", this, (long[])[dim], keepdim);

        public Tensor view(params long[] shape) => Native.Op("aten::view", this, shape);

        public Tensor reshape(params long[] shape) => Native.Op("aten::reshape", this, shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Native.Op("aten::flatten.using_ints", this, start_dim, end_dim);

        public Tensor squeeze() => Native.Op("aten::squeeze", this);

        public Tensor squeeze(long dim) => Native.Op("aten::squeeze.dim", this, dim);

        public Tensor unsqueeze(long dim) => Native.Op("aten::unsqueeze", this, dim);

        public Tensor transpose(long dim0, long dim1) => Native.Op("aten::transpose.int", this, dim0, dim1);

        public Tensor permute(params long[] permutation) => Native.Op("aten::permute", this, permutation);

        public Tensor movedim(long[] source, long[] destination) => Native.Op("aten::movedim.intlist", this, source, destination);

        public Tensor expand(params long[] sizes) => Native.Op("aten::expand", this, sizes, false);

        public Tensor repeat(params long[] sizes) => Native.Op("aten::repeat", this, sizes);

        public Tensor repeat_interleave(long repeats, long? dim = null) => Native.Op("aten::repeat_interleave.self_int", this, repeats, dim);

        public Tensor flip(params long[] dims) => Native.Op("aten::flip", this, dims);

        public Tensor roll(long shifts, long? dims = null) => Native.Op("aten::roll", this, (long[])[shifts], dims is { } d ? (long[])[d] : (long[])[]);

        public Tensor narrow(long dim, long start, long length) => Native.Op("aten::narrow", this, dim, start, length);

        public Tensor slice(long dim, long start, long finish, long step) => Native.Op("aten::slice.Tensor", this, dim, start, finish, step);

        public Tensor select(long dim, long index) => Native.Op("aten::select.int", this, dim, index);

        public Tensor index_select(long dim, Tensor index) => Native.Op("aten::index_select", this, dim, index);

        public Tensor gather(long dim, Tensor index) => Native.Op("aten::gather", this, dim, index);

        public Tensor scatter(long dim, Tensor index, Tensor src) => Native.Op("aten::scatter.src", this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => InPlace("aten::scatter_.src", this, dim, index, src);

        public Tensor masked_fill(Tensor mask, Scalar value) => Native.Op("aten::masked_fill.Scalar", this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) => InPlace("aten::masked_fill_.Scalar", this, mask, value);

        public Tensor masked_select(Tensor mask) => Native.Op("aten::masked_select", this, mask);

        public Tensor contiguous() => Native.Op("aten::contiguous", this);

        public Tensor clone() => Native.Op("aten::clone", this);

        public Tensor[] split(long size, int dim = 0) => Native.OpList("aten::split.Tensor", this, size, dim);

        public Tensor[] split(long[] sizes, long dim = 0) => Native.OpList("aten::split_with_sizes", this, sizes, dim);

        public Tensor[] chunk(long chunks, long dim = 0) => Native.OpList("aten::chunk", this, chunks, dim);

        public Tensor[] unbind(long dimension = 0L) => Native.OpList("aten::unbind.int", this, dimension);

        public Tensor unfold(long dimension, long size, long step) => Native.Op("aten::unfold", this, dimension, size, step);

        public Tensor tril(long diagonal = 0) => Native.Op("aten::tril", this, diagonal);

        public Tensor triu(long diagonal = 0) => Native.Op("aten::triu", this, diagonal);

        public Tensor diff(long n = 1, long dim = -1) => Native.Op("aten::diff", this, n, dim);

        public Tensor sum(ScalarType? type = null) => Native.Op("aten::sum", this, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Native.Op("aten::sum.dim_IntList", this, (long[])[dim], keepdim, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Native.Op("aten::sum.dim_IntList", this, dim, keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => Native.Op("aten::sum.dim_IntList", this, dim.ToArray(), keepdim, type);

        public Tensor mean() => Native.Op("aten::mean", this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Native.Op("aten::mean.dim", this, dimensions, keepdim, type);

        public Tensor std(bool unbiased = true) => Native.Op("aten::std", this, unbiased);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Native.Op("aten::std.dim", this, (long[])[dim], unbiased, keepdim);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Native.Op("aten::std.dim", this, dimensions, unbiased, keepdim);

        public Tensor var(bool unbiased = true) => Native.Op("aten::var", this, unbiased);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Native.Op("aten::var.dim", this, (long[])[dim], unbiased, keepdim);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Native.Op("aten::var.dim", this, dimensions, unbiased, keepdim);

        public Tensor prod(ScalarType? dtype = null) => Native.Op("aten::prod", this, dtype);

        public Tensor cumsum(long dim, ScalarType? type = null) => Native.Op("aten::cumsum", this, dim, type);

        public Tensor max() => Native.Op("aten::max", this);

        public Tensor min() => Native.Op("aten::min", this);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Native.Op2("aten::max.dim", this, dim, keepdim);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Native.Op2("aten::min.dim", this, dim, keepdim);

        public Tensor amax(long[] dims, bool keepdim = false) => Native.Op("aten::amax", this, dims, keepdim);

        public Tensor amin(long[] dims, bool keepdim = false) => Native.Op("aten::amin", this, dims, keepdim);

        public Tensor argmax() => Native.Op("aten::argmax", this);

        public Tensor argmin() => Native.Op("aten::argmin", this);

        public Tensor argmax(long dim, bool keepdim = false) => Native.Op("aten::argmax", this, dim, keepdim);

        public Tensor argmin(long dim, bool keepdim = false) => Native.Op("aten::argmin", this, dim, keepdim);

        public Tensor argsort(long dim = -1, bool descending = false) => Native.Op("aten::argsort", this, dim, descending);

        public Tensor median() => Native.Op("aten::median", this);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => Native.Op2("aten::topk", this, k, dim, largest, sorted);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) => Native.Op2("aten::sort.stable", this, stable, dim, descending);

        public Tensor all() => Native.Op("aten::all", this);

        public Tensor any() => Native.Op("aten::any", this);

        public Tensor all(long dim, bool keepdim = false) => Native.Op("aten::all.dim", this, dim, keepdim);

        public Tensor any(long dim, bool keepdim = false) => Native.Op("aten::any.dim", this, dim, keepdim);

        public Tensor count_nonzero(long[]? dims = null) => Native.Op("aten::count_nonzero.dim_IntList", this, dims ?? []);

        public Tensor norm(float p = 2.0f) => Native.Op("aten::norm.Scalar", this, (double)p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Native.Op("aten::norm.ScalarOpt_dim", this, (double)p, (long[])[dim], keepdim);

        public Tensor matmul(Tensor target) => Native.Op("aten::matmul", this, target);

        public Tensor mm(Tensor target) => Native.Op("aten::mm", this, target);

        public Tensor bmm(Tensor batch2) => Native.Op("aten::bmm", this, batch2);

        public Tensor dot(Tensor target) => Native.Op("aten::dot", this, target);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) => Native.OpBool("aten::allclose", this, target, rtol, atol, equal_nan);

        public Tensor copy_(Tensor source, bool non_blocking = false) => InPlace("aten::copy_", this, source, non_blocking);

        public Tensor index_put_(Tensor value, params Tensor[] indices) => InPlace("aten::index_put_", this, indices, value);

        public Tensor uniform_(double from, double to, Generator? generator = null) => InPlace("aten::uniform_", this, from, to);

        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) => InPlace("aten::normal_", this, mean, std);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => InPlace("aten::bernoulli_.float", this, p);

        public Tensor bernoulli(Generator? generator = null) => Native.Op("aten::bernoulli", this);

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) => Native.Op("aten::multinomial", this, num_samples, replacement);

        public Tensor T => permute([.. Enumerable.Range(0, (int)Dimensions).Reverse().Select(d => (long)d)]);

        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

        public static Tensor operator -(Scalar left, Tensor right) => Native.Op("aten::rsub.Scalar", right, left);

        public static Tensor operator /(Scalar left, Tensor right)
        {
            using var reciprocal = right.reciprocal();
            return reciprocal.mul(left);
        }

        public static Tensor operator -(Tensor tensor) => tensor.neg();

        public static Tensor operator %(Tensor left, Tensor right) => left.remainder(right);

        public static Tensor operator %(Tensor left, Scalar right) => left.remainder(right);

        public static Tensor operator &(Tensor left, Tensor right) => Native.Op("aten::bitwise_and.Tensor", left, right);

        public static Tensor operator |(Tensor left, Tensor right) => Native.Op("aten::bitwise_or.Tensor", left, right);

        public static Tensor operator ~(Tensor tensor) => Native.Op("aten::bitwise_not", tensor);

        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);

        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);

        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);

        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);

        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        public static explicit operator float(Tensor value) => value.ToSingle();

        public static explicit operator double(Tensor value) => value.ToDouble();

        public static explicit operator int(Tensor value) => value.ToInt32();

        public static explicit operator long(Tensor value) => value.ToInt64();

        public static explicit operator bool(Tensor value) => value.ToBoolean();
    }
}

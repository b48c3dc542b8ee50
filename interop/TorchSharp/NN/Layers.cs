using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Modules
{
    public sealed class Identity : nn.Module<Tensor, Tensor>
    {
        internal Identity() : base(nameof(Identity))
        {
        }

        public override Tensor forward(Tensor input) => input.alias();
    }

    public sealed class ReLU : nn.Module<Tensor, Tensor>
    {
        private readonly bool _inplace;

        internal ReLU(bool inplace) : base(nameof(ReLU))
        {
            _inplace = inplace;
        }

        public override Tensor forward(Tensor input) => F.relu(input, _inplace);
    }

    public sealed class GELU : nn.Module<Tensor, Tensor>
    {
        private readonly bool _inplace;

        internal GELU(bool inplace) : base(nameof(GELU))
        {
            _inplace = inplace;
        }

        public override Tensor forward(Tensor input) => F.gelu(input, _inplace);
    }

    public sealed class SiLU : nn.Module<Tensor, Tensor>
    {
        private readonly bool _inplace;

        internal SiLU(bool inplace) : base(nameof(SiLU))
        {
            _inplace = inplace;
        }

        public override Tensor forward(Tensor input) => F.silu(input, _inplace);
    }

    public sealed class LeakyReLU : nn.Module<Tensor, Tensor>
    {
        private readonly double _slope;
        private readonly bool _inplace;

        internal LeakyReLU(double slope, bool inplace) : base(nameof(LeakyReLU))
        {
            _slope = slope;
            _inplace = inplace;
        }

        public override Tensor forward(Tensor input) => F.leaky_relu(input, _slope, _inplace);
    }

    public sealed class ELU : nn.Module<Tensor, Tensor>
    {
        private readonly double _alpha;
        private readonly bool _inplace;

        internal ELU(double alpha, bool inplace) : base(nameof(ELU))
        {
            _alpha = alpha;
            _inplace = inplace;
        }

        public override Tensor forward(Tensor input) => F.elu(input, _alpha, _inplace);
    }

    public sealed class Sigmoid : nn.Module<Tensor, Tensor>
    {
        internal Sigmoid() : base(nameof(Sigmoid))
        {
        }

        public override Tensor forward(Tensor input) => input.sigmoid();
    }

    public sealed class Tanh : nn.Module<Tensor, Tensor>
    {
        internal Tanh() : base(nameof(Tanh))
        {
        }

        public override Tensor forward(Tensor input) => input.tanh();
    }

    public sealed class Softmax : nn.Module<Tensor, Tensor>
    {
        private readonly long _dim;

        internal Softmax(long dim) : base(nameof(Softmax))
        {
            _dim = dim;
        }

        public override Tensor forward(Tensor input) => input.softmax(_dim);
    }

    public sealed class LogSoftmax : nn.Module<Tensor, Tensor>
    {
        private readonly long _dim;

        internal LogSoftmax(long dim) : base(nameof(LogSoftmax))
        {
            _dim = dim;
        }

        public override Tensor forward(Tensor input) => input.log_softmax(_dim);
    }

    public sealed class Flatten : nn.Module<Tensor, Tensor>
    {
        private readonly long _start;
        private readonly long _end;

        internal Flatten(long start, long end) : base(nameof(Flatten))
        {
            _start = start;
            _end = end;
        }

        public override Tensor forward(Tensor input) => input.flatten(_start, _end);
    }

    public sealed class Dropout : nn.Module<Tensor, Tensor>
    {
        private readonly double _p;
        private readonly bool _inplace;

        internal Dropout(double p, bool inplace) : base(nameof(Dropout))
        {
            _p = p;
            _inplace = inplace;
        }

        public override Tensor forward(Tensor input) => F.dropout(input, _p, training, _inplace);
    }

    public sealed class Dropout1d : nn.Module<Tensor, Tensor>
    {
        private readonly double _p;
        private readonly bool _inplace;

        internal Dropout1d(double p, bool inplace) : base(nameof(Dropout1d))
        {
            _p = p;
            _inplace = inplace;
        }

        public override Tensor forward(Tensor input) => F.dropout1d(input, _p, training, _inplace);
    }

    public sealed class Dropout2d : nn.Module<Tensor, Tensor>
    {
        private readonly double _p;
        private readonly bool _inplace;

        internal Dropout2d(double p, bool inplace) : base(nameof(Dropout2d))
        {
            _p = p;
            _inplace = inplace;
        }

        public override Tensor forward(Tensor input) => F.dropout2d(input, _p, training, _inplace);
    }

    public sealed class MaxPool1d : nn.Module<Tensor, Tensor>
    {
        private readonly long _kernel;
        private readonly long? _stride;
        private readonly long? _padding;
        private readonly long? _dilation;
        private readonly bool _ceil;

        internal MaxPool1d(long kernel, long? stride, long? padding, long? dilation, bool ceil) : base(nameof(MaxPool1d))
        {
            _kernel = kernel;
            _stride = stride;
            _padding = padding;
            _dilation = dilation;
            _ceil = ceil;
        }

        public override Tensor forward(Tensor input) => F.max_pool1d(input, _kernel, _stride, _padding, _dilation, _ceil);
    }

    public sealed class MaxPool2d : nn.Module<Tensor, Tensor>
    {
        private readonly (long, long) _kernel;
        private readonly (long, long)? _stride;
        private readonly (long, long)? _padding;
        private readonly (long, long)? _dilation;
        private readonly bool _ceil;

        internal MaxPool2d((long, long) kernel, (long, long)? stride, (long, long)? padding, (long, long)? dilation, bool ceil) : base(nameof(MaxPool2d))
        {
            _kernel = kernel;
            _stride = stride;
            _padding = padding;
            _dilation = dilation;
            _ceil = ceil;
        }

        public override Tensor forward(Tensor input) => F.max_pool2d(input, _kernel, _stride, _padding, _dilation, _ceil);
    }

    public sealed class AvgPool1d : nn.Module<Tensor, Tensor>
    {
        private readonly long _kernel;
        private readonly long? _stride;
        private readonly long _padding;
        private readonly bool _ceil;
        private readonly bool _countPad;

        internal AvgPool1d(long kernel, long? stride, long padding, bool ceil, bool countPad) : base(nameof(AvgPool1d))
        {
            _kernel = kernel;
            _stride = stride;
            _padding = padding;
            _ceil = ceil;
            _countPad = countPad;
        }

        public override Tensor forward(Tensor input) => Native.Op("aten::avg_pool1d", input, (long[])[_kernel], (long[])[_stride ?? _kernel], (long[])[_padding], _ceil, _countPad);
    }

    public sealed class AvgPool2d : nn.Module<Tensor, Tensor>
    {
        private readonly (long, long) _kernel;
        private readonly (long, long)? _stride;
        private readonly (long, long)? _padding;
        private readonly bool _ceil;
        private readonly bool _countPad;

        internal AvgPool2d((long, long) kernel, (long, long)? stride, (long, long)? padding, bool ceil, bool countPad) : base(nameof(AvgPool2d))
        {
            _kernel = kernel;
            _stride = stride;
            _padding = padding;
            _ceil = ceil;
            _countPad = countPad;
        }

        public override Tensor forward(Tensor input) => Native.Op("aten::avg_pool2d", input, F.Two(_kernel), F.Two(_stride ?? _kernel), F.Two(_padding ?? (0, 0)), _ceil, _countPad);
    }

    public sealed class AdaptiveAvgPool1d : nn.Module<Tensor, Tensor>
    {
        private readonly long _size;

        internal AdaptiveAvgPool1d(long size) : base(nameof(AdaptiveAvgPool1d))
        {
            _size = size;
        }

        public override Tensor forward(Tensor input) => F.adaptive_avg_pool1d(input, _size);
    }

    public sealed class AdaptiveAvgPool2d : nn.Module<Tensor, Tensor>
    {
        private readonly (long, long) _size;

        internal AdaptiveAvgPool2d((long, long) size) : base(nameof(AdaptiveAvgPool2d))
        {
            _size = size;
        }

        public override Tensor forward(Tensor input) => F.adaptive_avg_pool2d(input, _size);
    }

    public sealed class AdaptiveMaxPool1d : nn.Module<Tensor, Tensor>
    {
        private readonly long _size;

        internal AdaptiveMaxPool1d(long size) : base(nameof(AdaptiveMaxPool1d))
        {
            _size = size;
        }

        public override Tensor forward(Tensor input)
        {
            var (values, indices) = Native.Op2("aten::adaptive_max_pool1d", input, (long[])[_size]);
            indices.Dispose();
            return values;
        }
    }

    public sealed class AdaptiveMaxPool2d : nn.Module<Tensor, Tensor>
    {
        private readonly (long, long) _size;

        internal AdaptiveMaxPool2d((long, long) size) : base(nameof(AdaptiveMaxPool2d))
        {
            _size = size;
        }

        public override Tensor forward(Tensor input)
        {
            var (values, indices) = Native.Op2("aten::adaptive_max_pool2d", input, F.Two(_size));
            indices.Dispose();
            return values;
        }
    }

    public sealed class Upsample : nn.Module<Tensor, Tensor>
    {
        private readonly long[]? _size;
        private readonly double[]? _scale;
        private readonly UpsampleMode _mode;
        private readonly bool? _alignCorners;
        private readonly bool? _recompute;

        internal Upsample(long[]? size, double[]? scale, UpsampleMode mode, bool? alignCorners, bool? recompute) : base(nameof(Upsample))
        {
            _size = size;
            _scale = scale;
            _mode = mode;
            _alignCorners = alignCorners;
            _recompute = recompute;
        }

        public override Tensor forward(Tensor input) => F.interpolate(input, _size, _scale, (InterpolationMode)_mode, _alignCorners, _recompute ?? false);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Identity Identity() => new();

            public static ReLU ReLU(bool inplace = false) => new(inplace);

            public static GELU GELU() => new(false);

            public static GELU GELU(bool inplace) => new(inplace);

            public static SiLU SiLU(bool inplace = false) => new(inplace);

            public static LeakyReLU LeakyReLU(double negative_slope = 0.01, bool inplace = false) => new(negative_slope, inplace);

            public static ELU ELU(double alpha = 1.0, bool inplace = false) => new(alpha, inplace);

            public static Sigmoid Sigmoid() => new();

            public static Tanh Tanh() => new();

            public static Softmax Softmax(long dim) => new(dim);

            public static LogSoftmax LogSoftmax(long dim) => new(dim);

            public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);

            public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);

            public static Dropout1d Dropout1d(double p = 0.5, bool inplace = false) => new(p, inplace);

            public static Dropout2d Dropout2d(double p = 0.5, bool inplace = false) => new(p, inplace);

            public static MaxPool1d MaxPool1d(long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) => new(kernel_size, stride, padding, dilation, ceil_mode);

            public static MaxPool2d MaxPool2d(long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) => new((kernel_size, kernel_size), F.Pair(stride), F.Pair(padding), F.Pair(dilation), ceil_mode);

            public static MaxPool2d MaxPool2d((long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, bool ceil_mode = false) => new(kernel_size, stride, padding, dilation, ceil_mode);

            public static AvgPool1d AvgPool1d(long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true) => new(kernel_size, stride, padding, ceil_mode, count_include_pad);

            public static AvgPool2d AvgPool2d(long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true) => new((kernel_size, kernel_size), F.Pair(stride), F.Pair(padding), ceil_mode, count_include_pad);

            public static AvgPool2d AvgPool2d((long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false, bool count_include_pad = true) => new(kernel_size, stride, padding, ceil_mode, count_include_pad);

            public static AdaptiveAvgPool1d AdaptiveAvgPool1d(long output_size) => new(output_size);

            public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long output_size) => new((output_size, output_size));

            public static AdaptiveAvgPool2d AdaptiveAvgPool2d((long, long) output_size) => new(output_size);

            public static AdaptiveMaxPool1d AdaptiveMaxPool1d(long output_size) => new(output_size);

            public static AdaptiveMaxPool2d AdaptiveMaxPool2d(long output_size) => new((output_size, output_size));

            public static AdaptiveMaxPool2d AdaptiveMaxPool2d((long, long) output_size) => new(output_size);

            public static Upsample Upsample(long[]? size = null, double[]? scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest, bool? align_corners = null, bool? recompute_scale_factor = null) => new(size, scale_factor, mode, align_corners, recompute_scale_factor);
        }
    }
}

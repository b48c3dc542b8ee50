using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Modules
{
    public abstract class Convolution : nn.Module<Tensor, Tensor>
    {
        private readonly bool _transposed;

        internal Convolution(string name, long inChannels, long outChannels, long[] kernelSize, long[] stride, long[]? padding, Padding? paddingType,
            long[] dilation, bool transposed, long[] outputPadding, long groups, bool bias, PaddingModes paddingMode, Device? device, ScalarType? dtype) : base(name)
        {
            if (inChannels % groups != 0)
                throw new ArgumentException("in_channels must be divisible by groups");
            if (outChannels % groups != 0)
                throw new ArgumentException("out_channels must be divisible by groups");
            if (paddingType == Padding.Same && stride.Any(s => s != 1))
                throw new ArgumentException("padding='same' is not supported for strided convolutions");
            if (transposed && paddingMode != PaddingModes.Zeros)
                throw new ArgumentException("Only \"zeros\" padding mode is supported for transposed convolutions.");
            in_channels = inChannels;
            out_channels = outChannels;
            kernel_size = kernelSize;
            this.stride = stride;
            this.dilation = dilation;
            this.groups = groups;
            padding_mode = paddingMode;
            output_padding = outputPadding;
            _transposed = transposed;
            Begin = new long[kernelSize.Length];
            End = new long[kernelSize.Length];
            for (var i = 0; i < kernelSize.Length; i++)
            {
                var total = paddingType == Padding.Same ? dilation[i] * (kernelSize[i] - 1) : 2 * (padding?[i] ?? 0);
                Begin[i] = total / 2;
                End[i] = total - Begin[i];
            }
            long[] shape = transposed ? [inChannels, outChannels / groups, .. kernelSize] : [outChannels, inChannels / groups, .. kernelSize];
            weight = empty(shape, dtype, device).AsParameter();
            nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
            register_parameter(nameof(weight), weight);
            if (!bias)
                return;
            this.bias = empty(outChannels, dtype, device).AsParameter();
            var bound = 1 / Math.Sqrt(nn.init.CalculateFanInAndFanOut(weight).fanIn);
            nn.init.uniform_(this.bias, -bound, bound);
            register_parameter(nameof(bias), this.bias);
        }

        public Parameter weight { get; }

        public Parameter? bias { get; }

        public long in_channels { get; }

        public long out_channels { get; }

        public long[] kernel_size { get; }

        public long[] stride { get; }

        public long[] dilation { get; }

        public long groups { get; }

        public PaddingModes padding_mode { get; }

        public long[] output_padding { get; }

        private long[] Begin { get; }

        private long[] End { get; }

        public override Tensor forward(Tensor input)
        {
            var spatial = kernel_size.Length;
            if (input.Dimensions != spatial + 2 && input.Dimensions != spatial + 1)
                throw new ArgumentException($"Expected {spatial + 1}D (unbatched) or {spatial + 2}D (batched) input with {in_channels} channels to {name}.");
            if (_transposed)
            {
                return spatial == 1
                    ? F.conv_transpose1d(input, weight, bias, stride[0], Begin[0], output_padding[0], dilation[0], groups)
                    : F.conv_transpose2d(input, weight, bias, stride, Begin, output_padding, dilation, groups);
            }
            if (padding_mode == PaddingModes.Zeros && Begin.AsSpan().SequenceEqual(End))
                return Convolve(input, Begin);
            // The last dimension's padding comes first.
            long[] pad = [.. Enumerable.Range(0, spatial).Reverse().SelectMany(i => (long[])[Begin[i], End[i]])];
            using var padded = F.pad(input, pad, padding_mode == PaddingModes.Zeros ? PaddingModes.Constant : padding_mode);
            return Convolve(padded, new long[spatial]);
        }

        private Tensor Convolve(Tensor input, long[] padding) => kernel_size.Length == 1
            ? F.conv1d(input, weight, bias, stride[0], padding[0], dilation[0], groups)
            : F.conv2d(input, weight, bias, stride, padding, dilation, groups);
    }

    public sealed class Conv1d : Convolution
    {
        internal Conv1d(long inChannels, long outChannels, long kernel, long stride, long? padding, Padding? paddingType, long dilation, PaddingModes mode, long groups, bool bias, Device? device, ScalarType? dtype)
            : base(nameof(Conv1d), inChannels, outChannels, [kernel], [stride], padding is { } p ? [p] : null, paddingType, [dilation], false, [0], groups, bias, mode, device, dtype)
        {
        }
    }

    public sealed class Conv2d : Convolution
    {
        internal Conv2d(long inChannels, long outChannels, (long, long) kernel, (long, long) stride, (long, long)? padding, Padding? paddingType, (long, long) dilation, PaddingModes mode, long groups, bool bias, Device? device, ScalarType? dtype)
            : base(nameof(Conv2d), inChannels, outChannels, F.Two(kernel), F.Two(stride), padding is { } p ? F.Two(p) : null, paddingType, F.Two(dilation), false, [0, 0], groups, bias, mode, device, dtype)
        {
        }
    }

    public sealed class ConvTranspose1d : Convolution
    {
        internal ConvTranspose1d(long inChannels, long outChannels, long kernel, long stride, long padding, long outputPadding, long dilation, PaddingModes mode, long groups, bool bias, Device? device, ScalarType? dtype)
            : base(nameof(ConvTranspose1d), inChannels, outChannels, [kernel], [stride], [padding], null, [dilation], true, [outputPadding], groups, bias, mode, device, dtype)
        {
        }
    }

    public sealed class ConvTranspose2d : Convolution
    {
        internal ConvTranspose2d(long inChannels, long outChannels, (long, long) kernel, (long, long) stride, (long, long) padding, (long, long) outputPadding, (long, long) dilation, PaddingModes mode, long groups, bool bias, Device? device, ScalarType? dtype)
            : base(nameof(ConvTranspose2d), inChannels, outChannels, F.Two(kernel), F.Two(stride), F.Two(padding), null, F.Two(dilation), true, F.Two(outputPadding), groups, bias, mode, device, dtype)
        {
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv1d Conv1d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, padding, null, dilation, padding_mode, groups, bias, device, dtype);

            public static Conv1d Conv1d(long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, null, padding, dilation, padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), null, (dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride ?? (1, 1), padding ?? (0, 0), null, dilation ?? (1, 1), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), null, padding, (dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, Padding padding, (long, long)? stride = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride ?? (1, 1), null, padding, dilation ?? (1, 1), padding_mode, groups, bias, device, dtype);

            public static ConvTranspose1d ConvTranspose1d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, padding, output_padding, dilation, padding_mode, groups, bias, device, dtype);

            public static ConvTranspose2d ConvTranspose2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), (output_padding, output_padding), (dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static ConvTranspose2d ConvTranspose2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? output_padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride ?? (1, 1), padding ?? (0, 0), output_padding ?? (0, 0), dilation ?? (1, 1), padding_mode, groups, bias, device, dtype);
        }
    }
}

using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of LibTorch; this object owns one reference to it.</summary>
    public partial class Tensor : IDisposable
    {
        internal nint handle;

        internal Tensor(nint handle, bool register = true)
        {
            this.handle = handle;
            if (register)
                OwningDisposeScope = DisposeScopeManager.ThreadSingleton.Register(this);
        }

        ~Tensor() => Release();

        internal DisposeScope? OwningDisposeScope { get; set; }

        public string? name { get; set; }

        public nint Handle => handle != 0 ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        public bool IsInvalid => handle == 0;

        public void Dispose()
        {
            OwningDisposeScope?.MarkAsDisposed(this);
            Release();
            GC.SuppressFinalize(this);
        }

        private void Release()
        {
            var released = Interlocked.Exchange(ref handle, 0);
            if (released != 0)
                Native.ecgth_tensor_free(released);
        }

        /// <summary>The caller owns the handle from now on, this tensor is empty.</summary>
        internal nint MoveHandle()
        {
            GC.SuppressFinalize(this);
            return Interlocked.Exchange(ref handle, 0);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is { } owner)
                owner.MoveToOther(other, this);
            else
                other?.Attach(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public unsafe Tensor alias()
        {
            nint result;
            Native.Check(Native.ecgth_tensor_alias(Handle, &result));
            return new Tensor(result);
        }

        internal unsafe Native.TensorInfo Info
        {
            get
            {
                Native.TensorInfo info;
                Native.Check(Native.ecgth_tensor_info_of(Handle, &info));
                GC.KeepAlive(this);
                return info;
            }
        }

        public long Dimensions => Info.Dimensions;

        public long dim() => Dimensions;

        public long ndim => Dimensions;

        public long NumberOfElements => Info.NumberOfElements;

        public long numel() => NumberOfElements;

        public long ElementSize => Info.ElementSize;

        public long element_size() => ElementSize;

        public ScalarType dtype => (ScalarType)Info.Dtype;

        public DeviceType device_type => (DeviceType)Info.DeviceType;

        public int device_index => Info.DeviceIndex;

        public Device device => new(device_type, device_index);

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_sparse => Info.IsSparse != 0;

        public bool is_leaf => Info.IsLeaf != 0;

        public bool is_contiguous() => Info.IsContiguous != 0;

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public long storage_offset() => Info.StorageOffset;

        public long[] shape => Sizes().sizes;

        public long[] size() => shape;

        public long size(int dim)
        {
            var sizes = shape;
            return sizes[dim < 0 ? dim + sizes.Length : dim];
        }

        public long[] stride() => Sizes().strides;

        public long stride(long dim) => stride()[dim < 0 ? dim + Dimensions : dim];

        private unsafe (long[] sizes, long[] strides) Sizes()
        {
            var sizes = new long[Info.Dimensions];
            var strides = new long[sizes.Length];
            fixed (long* s = sizes, t = strides)
                Native.Check(Native.ecgth_tensor_sizes(Handle, s, t));
            GC.KeepAlive(this);
            return (sizes, strides);
        }

        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ValidateType(typeof(T));
            return new TensorAccessor<T>(this);
        }

        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException("Number of elements in the tensor must be 1");
            return data<T>()[0];
        }

        public Scalar ToScalar() => Native.Item(this);

        /// <summary>The raw contents of a contiguous tensor in the machine's memory.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                var info = Info;
                if (info.IsContiguous == 0)
                    throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
                var total = info.NumberOfElements * info.ElementSize;
                if (total > int.MaxValue)
                    throw new ArgumentException("Span only supports up to int.MaxValue elements.");
                return new Span<byte>((void*)DataPointer(), (int)total);
            }
            set
            {
                var target = bytes;
                if (target.Length != value.Length)
                    throw new ArgumentException("Mismatched data sizes in SetBytes().");
                value.CopyTo(target);
            }
        }

        internal unsafe nint DataPointer()
        {
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            nint data;
            Native.Check(Native.ecgth_tensor_data(Handle, &data));
            return data;
        }

        internal void ValidateType(Type dotnetType)
        {
            var type = dtype;
            var fits = type switch
            {
                ScalarType.Byte => dotnetType == typeof(byte),
                ScalarType.Int8 => dotnetType == typeof(sbyte),
                ScalarType.Int16 => dotnetType == typeof(short),
                ScalarType.Int32 => dotnetType == typeof(int),
                ScalarType.Int64 => dotnetType == typeof(long),
                ScalarType.Bool => dotnetType == typeof(bool),
                ScalarType.Float32 => dotnetType == typeof(float),
                ScalarType.Float64 => dotnetType == typeof(double),
                ScalarType.Float16 => dotnetType == typeof(Half),
                _ => false,
            };
            if (!fits)
                throw new ArgumentException($"{dotnetType.Name} is not compatible with {type}");
        }

        public bool requires_grad
        {
            get => Info.RequiresGrad != 0;
            set
            {
                Native.Check(Native.ecgth_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad()
        {
            Native.Check(Native.ecgth_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        public unsafe Tensor? grad
        {
            get
            {
                nint result;
                Native.Check(Native.ecgth_grad(Handle, &result));
                GC.KeepAlive(this);
                return result == 0 ? null : new Tensor(result);
            }
            set
            {
                Native.Check(Native.ecgth_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        internal void ResetGrad(bool setToNone)
        {
            if (setToNone)
            {
                grad = null;
                return;
            }
            using var current = grad;
            current?.zero_();
        }

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false)
        {
            var gradient = grad_tensors is { Count: > 0 } ? grad_tensors[0] : null;
            Native.Check(Native.ecgth_backward(Handle, gradient?.Handle ?? 0, retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0));
            GC.KeepAlive(this);
            GC.KeepAlive(gradient);
        }

        public Tensor to(ScalarType type) => to_type(type);

        public Tensor to_type(ScalarType type, bool copy = false) => To(type, null, copy);

        public Tensor to(Device device) => To(null, device, false);

        public Tensor to(string device) => to(new Device(device));

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false) => To(null, new Device(deviceType, deviceIndex), copy);

        public Tensor to(ScalarType type, Device device, bool copy = false) => To(type, device, copy);

        public Tensor to(Tensor other) => To(other.dtype, other.device, false);

        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        public Tensor cpu() => to(CPU);

        public Tensor cuda(Device? device = null) => to(device ?? CUDA);

        private Tensor To(ScalarType? type, Device? device, bool copy)
        {
            if (device is not null)
                InitializeDevice(device);
            return Native.Op("aten::to.dtype_layout", this, type, Arg.None, device, Arg.None, false, copy);
        }

        public override string ToString() => IsInvalid
            ? "Tensor(disposed)"
            : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";

        public override bool Equals(object? obj) => obj is Tensor tensor && Equals(tensor);

        public bool Equals(Tensor target) => Native.OpBool("aten::equal", this, target);

        public override int GetHashCode() => base.GetHashCode();
    }

    /// <summary>LibTorch's errors are thrown where they happen, as ExternalException with LibTorch's message.</summary>
    public static void CheckForErrors()
    {
    }
}

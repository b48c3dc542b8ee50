using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp;

/// <summary>The C ABI of native/torch, and operators by their schema name.</summary>
internal static unsafe class Native
{
    private const string Library = "libecg_torch";

    private const int MaxResults = 8;

    internal enum Kind
    {
        None = 0, Tensor = 1, Int = 2, Double = 3, Bool = 4, Ints = 5, Doubles = 6, Tensors = 7, String = 8, Device = 9, Default = 10,
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Value
    {
        public Kind Kind;
        public int Count;
        public long Bits;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct TensorInfo
    {
        public long NumberOfElements;
        public long StorageOffset;
        public int Dtype;
        public int DeviceType;
        public int DeviceIndex;
        public int Dimensions;
        public int ElementSize;
        public byte RequiresGrad;
        public byte IsLeaf;
        public byte IsContiguous;
        public byte IsSparse;
    }

    [DllImport(Library)] private static extern byte* ecgth_last_error();
    [DllImport(Library)] private static extern int ecgth_find(byte* name, byte* overload, nint* op);
    [DllImport(Library)] private static extern int ecgth_call(nint op, Value* arguments, int argumentCount, Value* results, int capacity, int* count);
    [DllImport(Library)] private static extern void ecgth_array_free(nint array);
    [DllImport(Library)] internal static extern void ecgth_tensor_free(nint tensor);
    [DllImport(Library)] internal static extern int ecgth_tensor_alias(nint tensor, nint* alias);
    [DllImport(Library)] internal static extern long ecgth_live_tensors();
    [DllImport(Library)] internal static extern int ecgth_tensor_info_of(nint tensor, TensorInfo* info);
    [DllImport(Library)] internal static extern int ecgth_tensor_sizes(nint tensor, long* sizes, long* strides);
    [DllImport(Library)] internal static extern int ecgth_tensor_data(nint tensor, nint* data);
    [DllImport(Library)] internal static extern int ecgth_tensor_from(void* data, long bytes, int dtype, long* sizes, int dim, nint* tensor);
    [DllImport(Library)] internal static extern int ecgth_requires_grad(nint tensor, int requiresGrad);
    [DllImport(Library)] internal static extern int ecgth_retain_grad(nint tensor);
    [DllImport(Library)] internal static extern int ecgth_grad(nint tensor, nint* grad);
    [DllImport(Library)] internal static extern int ecgth_set_grad(nint tensor, nint grad);
    [DllImport(Library)] internal static extern int ecgth_backward(nint tensor, nint gradient, int retainGraph, int createGraph);
    [DllImport(Library)] internal static extern int ecgth_grad_enabled(int enabled);
    [DllImport(Library)] internal static extern nint ecgth_inference_guard(int enabled);
    [DllImport(Library)] internal static extern void ecgth_inference_guard_free(nint guard);
    [DllImport(Library)] internal static extern int ecgth_inference_enabled();
    [DllImport(Library)] internal static extern int ecgth_manual_seed(long seed);
    [DllImport(Library)] internal static extern int ecgth_cuda_device_count();
    [DllImport(Library)] internal static extern int ecgth_cudnn_available();
    [DllImport(Library)] internal static extern int ecgth_get_threads();
    [DllImport(Library)] internal static extern int ecgth_set_threads(int threads);
    [DllImport(Library)] private static extern byte* ecgth_version();
    [DllImport(Library)]
    internal static extern int ecgth_adam_step(nint parameter, nint gradient, nint expAvg, nint expAvgSq, double stepSize,
        double beta1, double beta2, double denominatorScale, double eps, double l2, double decoupledDecay);

    private static readonly ConcurrentDictionary<string, nint> Operators = new();

    internal static string Version => Marshal.PtrToStringUTF8((nint)ecgth_version())!;

    internal static void Check(int status)
    {
        if (status != 0)
            throw new ExternalException(Marshal.PtrToStringUTF8((nint)ecgth_last_error()));
    }

    /// <summary>Calls the operator `name` ("aten::add.Tensor"), answers its only tensor.</summary>
    internal static torch.Tensor Op(string name, params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc Value[MaxResults];
        Call(name, arguments, results);
        return One(results[0]);
    }

    internal static (torch.Tensor, torch.Tensor) Op2(string name, params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc Value[MaxResults];
        Call(name, arguments, results);
        return (One(results[0]), One(results[1]));
    }

    internal static (torch.Tensor, torch.Tensor, torch.Tensor) Op3(string name, params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc Value[MaxResults];
        Call(name, arguments, results);
        return (One(results[0]), One(results[1]), One(results[2]));
    }

    internal static void OpVoid(string name, params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc Value[MaxResults];
        var count = Call(name, arguments, results);
        for (var i = 0; i < count; i++)
        {
            if (results[i].Kind == Kind.Tensor)
                ecgth_tensor_free((nint)results[i].Bits);
        }
    }

    internal static bool OpBool(string name, params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc Value[MaxResults];
        Call(name, arguments, results);
        return results[0].Bits != 0;
    }

    internal static torch.Tensor[] OpList(string name, params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc Value[MaxResults];
        Call(name, arguments, results);
        var handles = new ReadOnlySpan<nint>((void*)results[0].Bits, results[0].Count);
        var tensors = new torch.Tensor[handles.Length];
        for (var i = 0; i < tensors.Length; i++)
            tensors[i] = new torch.Tensor(handles[i]);
        ecgth_array_free((nint)results[0].Bits);
        return tensors;
    }

    /// <summary>The value of a one-element tensor as LibTorch's Scalar carries it.</summary>
    internal static Scalar Item(torch.Tensor tensor)
    {
        var results = stackalloc Value[MaxResults];
        Call("aten::item", [tensor], results);
        return results[0].Kind switch
        {
            Kind.Double => BitConverter.Int64BitsToDouble(results[0].Bits),
            Kind.Bool => results[0].Bits != 0,
            _ => results[0].Bits,
        };
    }

    private static torch.Tensor One(Value value) =>
        value.Kind == Kind.Tensor
            ? new torch.Tensor((nint)value.Bits)
            : throw new InvalidOperationException($"The operator answered {value.Kind} where a tensor was expected.");

    private static int Call(string name, ReadOnlySpan<Arg> arguments, Value* results)
    {
        const int smallScratch = 128;
        var words = 0;
        foreach (ref readonly var argument in arguments)
            words += argument.ScratchWords;
        var small = stackalloc long[smallScratch];
        var values = stackalloc Value[arguments.Length];
        fixed (long* large = words > smallScratch ? new long[words] : null)
        {
            var scratch = words > smallScratch ? large : small;
            for (var i = 0; i < arguments.Length; i++)
            {
                values[i] = arguments[i].Write(scratch);
                scratch += arguments[i].ScratchWords;
            }
            var count = 0;
            var status = ecgth_call(Operator(name), values, arguments.Length, results, MaxResults, &count);
            // The tensors' finalizers must not run before the call is over.
            foreach (ref readonly var argument in arguments)
                GC.KeepAlive(argument.Reference);
            Check(status);
            return count;
        }
    }

    private static nint Operator(string name)
    {
        if (Operators.TryGetValue(name, out var handle))
            return handle;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var bare = dot < 0 ? name : name[..dot];
        var overload = dot < 0 ? "" : name[(dot + 1)..];
        fixed (byte* bareUtf8 = Encoding.UTF8.GetBytes(bare + '\0'), overloadUtf8 = Encoding.UTF8.GetBytes(overload + '\0'))
            Check(ecgth_find(bareUtf8, overloadUtf8, &handle));
        return Operators.GetOrAdd(name, handle);
    }
}

/// <summary>One argument of an operator.</summary>
internal readonly struct Arg
{
    private readonly Native.Kind _kind;
    private readonly int _count;
    private readonly long _bits;

    private Arg(Native.Kind kind, long bits = 0, object? reference = null, int count = 0)
    {
        _kind = kind;
        _bits = bits;
        _count = count;
        Reference = reference;
    }

    internal object? Reference { get; }

    internal static Arg None => default;

    internal static Arg Default => new(Native.Kind.Default);

    internal int ScratchWords => Reference switch
    {
        long[] a => a.Length,
        double[] a => a.Length,
        torch.Tensor?[] a => a.Length,
        string s => (Encoding.UTF8.GetByteCount(s) + 7) / 8,
        _ => 0,
    };

    internal unsafe Native.Value Write(long* scratch)
    {
        var count = _count;
        var bits = _bits;
        switch (Reference)
        {
            case torch.Tensor tensor:
                bits = tensor.Handle;
                break;
            case long[] a:
                a.CopyTo(new Span<long>(scratch, a.Length));
                (count, bits) = (a.Length, (long)scratch);
                break;
            case double[] a:
                a.CopyTo(new Span<double>(scratch, a.Length));
                (count, bits) = (a.Length, (long)scratch);
                break;
            case torch.Tensor?[] a:
                for (var i = 0; i < a.Length; i++)
                    scratch[i] = a[i] is { } t ? t.Handle : 0;
                (count, bits) = (a.Length, (long)scratch);
                break;
            case string s:
                (count, bits) = (Encoding.UTF8.GetBytes(s, new Span<byte>(scratch, ScratchWords * 8)), (long)scratch);
                break;
        }
        return new Native.Value { Kind = _kind, Count = count, Bits = bits };
    }

    public static implicit operator Arg(torch.Tensor? value) => value is null ? None : new(Native.Kind.Tensor, reference: value);

    public static implicit operator Arg(torch.Tensor?[] value) => new(Native.Kind.Tensors, reference: value);

    public static implicit operator Arg(long value) => new(Native.Kind.Int, value);

    public static implicit operator Arg(long? value) => value is { } v ? v : None;

    public static implicit operator Arg(int value) => new(Native.Kind.Int, value);

    public static implicit operator Arg(double value) => new(Native.Kind.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Arg(double? value) => value is { } v ? v : None;

    public static implicit operator Arg(bool value) => new(Native.Kind.Bool, value ? 1 : 0);

    public static implicit operator Arg(long[]? value) => value is null ? None : new(Native.Kind.Ints, reference: value);

    public static implicit operator Arg(double[]? value) => value is null ? None : new(Native.Kind.Doubles, reference: value);

    public static implicit operator Arg(string value) => new(Native.Kind.String, reference: value);

    public static implicit operator Arg(torch.ScalarType value) => (long)value;

    public static implicit operator Arg(torch.ScalarType? value) => value is { } v ? v : None;

    public static implicit operator Arg(torch.Device? value) => value is null ? None : new(Native.Kind.Device, (long)value.type, count: value.index);

    public static implicit operator Arg(Scalar? value) => value is null ? None : value.ToArg();
}

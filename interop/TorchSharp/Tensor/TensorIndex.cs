namespace TorchSharp;

public static partial class torch
{
    public struct TensorIndex
    {
        private enum Kind
        {
            None, Single, Slice, Bool, Tensor, Ellipsis, Null,
        }

        private Kind _kind;
        private long? _start;
        private long? _stop;
        private long? _step;
        private Tensor? _tensor;

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { _kind = Kind.Slice, _start = start, _stop = stop, _step = step };

        public static TensorIndex Bool(bool value) => new() { _kind = Kind.Bool, _start = value ? 1 : 0 };

        public static TensorIndex Single(long? index) => new() { _kind = Kind.Single, _start = index };

        public static TensorIndex Tensor(Tensor tensor) => new() { _kind = Kind.Tensor, _tensor = tensor };

        public static TensorIndex Ellipsis => new() { _kind = Kind.Ellipsis };

        public static TensorIndex None => new() { _kind = Kind.None };

        public static TensorIndex Null => new() { _kind = Kind.Null };

        public static TensorIndex Colon => Slice();

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(Tensor value) => Tensor(value);

        public static implicit operator TensorIndex(Range range) => Slice(FromEnd(range.Start), range.End is { IsFromEnd: true, Value: 0 } ? null : FromEnd(range.End));

        private static long FromEnd(Index index) => index.IsFromEnd ? -index.Value : index.Value;

        /// <summary>The view that the basic indices select, and the tensors (null where there is none) left for advanced indexing.</summary>
        internal static (Tensor view, Tensor?[] advanced) Apply(Tensor tensor, TensorIndex[] indices)
        {
            var consumed = indices.Sum(i => i._kind switch
            {
                Kind.Ellipsis or Kind.None or Kind.Null or Kind.Bool => 0,
                Kind.Tensor when i._tensor!.dtype == ScalarType.Bool => (int)i._tensor.Dimensions,
                _ => 1,
            });
            var rank = (int)tensor.Dimensions;
            if (consumed > rank)
                throw new ArgumentException($"too many indices for tensor of dimension {rank}");
            var view = tensor.alias();
            var advanced = new List<Tensor?>();
            var dim = 0;
            foreach (var index in indices)
            {
                switch (index._kind)
                {
                    case Kind.Single:
                        view = view.select(dim, index._start ?? 0);
                        break;
                    case Kind.Slice:
                        view = Native.Op("aten::slice.Tensor", view, dim, index._start, index._stop, index._step ?? 1);
                        dim++;
                        break;
                    case Kind.Ellipsis:
                        dim += rank - consumed;
                        break;
                    case Kind.Tensor:
                        while (advanced.Count < dim)
                            advanced.Add(null);
                        advanced.Add(index._tensor);
                        dim += index._tensor!.dtype == ScalarType.Bool ? (int)index._tensor.Dimensions : 1;
                        for (var d = 1; index._tensor.dtype == ScalarType.Bool && d < index._tensor.Dimensions; d++)
                            rank--;
                        break;
                    case Kind.Bool:
                        throw new NotSupportedException("Indexing with a single Boolean.");
                    default:
                        view = view.unsqueeze(dim);
                        dim++;
                        break;
                }
            }
            return (view, [.. advanced]);
        }
    }

    public partial class Tensor
    {
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => Set(indices, value);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            var (view, advanced) = TensorIndex.Apply(this, indices);
            var result = advanced.Length == 0 ? view : Native.Op("aten::index.Tensor", view, advanced);
            return result.MoveToOuterDisposeScope();
        }

        private void Set(TensorIndex[] indices, Tensor value)
        {
            using var scope = NewDisposeScope();
            var (view, advanced) = TensorIndex.Apply(this, indices);
            if (advanced.Length == 0)
                view.copy_(value);
            else
                Native.OpVoid("aten::index_put_", view, advanced, value.to(dtype));
        }
    }
}

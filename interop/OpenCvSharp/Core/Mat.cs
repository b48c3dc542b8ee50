using System.Runtime.CompilerServices;

namespace OpenCvSharp;

public class Mat : DisposableCvObject
{
    private static readonly Dictionary<Type, MatType[]> AcceptableTypes = new()
    {
        [typeof(byte)] = [MatType.CV_8UC1, MatType.CV_8SC1],
        [typeof(sbyte)] = [MatType.CV_8SC1, MatType.CV_8UC1],
        [typeof(short)] = [MatType.CV_16SC1, MatType.CV_16UC1],
        [typeof(ushort)] = [MatType.CV_16UC1, MatType.CV_16SC1],
        [typeof(int)] = [MatType.CV_32SC1],
        [typeof(float)] = [MatType.CV_32FC1],
        [typeof(double)] = [MatType.CV_64FC1],
        [typeof(Vec3b)] = [MatType.CV_8UC3],
        [typeof(Vec4b)] = [MatType.CV_8UC4],
        [typeof(Vec2i)] = [MatType.CV_32SC2],
        [typeof(Vec4i)] = [MatType.CV_32SC4],
        [typeof(Vec2f)] = [MatType.CV_32FC2],
        [typeof(Vec3f)] = [MatType.CV_32FC3],
        [typeof(Vec4f)] = [MatType.CV_32FC4],
        [typeof(Vec2d)] = [MatType.CV_64FC2],
        [typeof(Vec3d)] = [MatType.CV_64FC3],
        [typeof(Point)] = [MatType.CV_32SC2],
        [typeof(Point2f)] = [MatType.CV_32FC2],
        [typeof(Point2d)] = [MatType.CV_64FC2],
        [typeof(Size)] = [MatType.CV_32SC2],
        [typeof(Size2f)] = [MatType.CV_32FC2],
        [typeof(Rect)] = [MatType.CV_32SC4],
    };

    internal Mat(IntPtr ptr)
    {
        if (ptr == 0)
            throw new OpenCvSharpException("Native object address is NULL");
        this.ptr = ptr;
    }

    public Mat() => NativeMethods.Check(NativeMethods.ecgcv_mat_new_empty(out ptr));

    public Mat(string fileName, ImreadModes flags = ImreadModes.Color)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        NativeMethods.Check(NativeMethods.ecgcv_imread(fileName, (int)flags, out ptr));
    }

    public Mat(int rows, int cols, MatType type) =>
        NativeMethods.Check(NativeMethods.ecgcv_mat_new(rows, cols, type.Value, out ptr));

    public Mat(Size size, MatType type)
        : this(size.Height, size.Width, type)
    {
    }

    public Mat(int rows, int cols, MatType type, Scalar s) =>
        NativeMethods.Check(NativeMethods.ecgcv_mat_new_filled(rows, cols, type.Value, s, out ptr));

    public Mat(Size size, MatType type, Scalar s)
        : this(size.Height, size.Width, type, s)
    {
    }

    public Mat(Mat m, Range rowRange, Range? colRange = null)
    {
        ArgumentNullException.ThrowIfNull(m);
        var cols = colRange ?? Range.All;
        NativeMethods.Check(
            NativeMethods.ecgcv_mat_roi(m.CvPtr, rowRange.Start, rowRange.End, cols.Start, cols.End, out ptr), m);
    }

    public Mat(Mat m, Rect roi)
        : this(m, new Range(roi.Y, roi.Y + roi.Height), new Range(roi.X, roi.X + roi.Width))
    {
    }

    public static Mat FromNativePointer(IntPtr ptr) => new(ptr);

    public static Mat<TElem> FromArray<TElem>(params TElem[] arr)
        where TElem : unmanaged
    {
        ArgumentNullException.ThrowIfNull(arr);
        if (arr.Length == 0)
            throw new ArgumentException("arr.Length == 0");
        var mat = new Mat<TElem>(arr.Length, 1);
        mat.SetArray(arr);
        return mat;
    }

    public static Mat<TElem> FromArray<TElem>(TElem[,] arr)
        where TElem : unmanaged
    {
        ArgumentNullException.ThrowIfNull(arr);
        if (arr.Length == 0)
            throw new ArgumentException("arr.Length == 0");
        var mat = new Mat<TElem>(arr.GetLength(0), arr.GetLength(1));
        mat.SetRectangularArray(arr);
        return mat;
    }

    public static Mat<TElem> FromArray<TElem>(IEnumerable<TElem> enumerable)
        where TElem : unmanaged => FromArray(enumerable.ToArray());

    public static Mat ImDecode(byte[] imageBytes, ImreadModes mode = ImreadModes.Color) => Cv2.ImDecode(imageBytes, mode);

    public static Mat FromImageData(byte[] imageBytes, ImreadModes mode = ImreadModes.Color) =>
        Cv2.ImDecode(imageBytes, mode);

    protected override void DisposeUnmanaged()
    {
        NativeMethods.ecgcv_mat_delete(ptr);
        ptr = 0;
        base.DisposeUnmanaged();
    }

    public void Release() => Dispose();

    private MatHeader Header
    {
        get
        {
            NativeMethods.ecgcv_mat_header(CvPtr, out var header);
            GC.KeepAlive(this);
            return header;
        }
    }

    public int Rows => Header.Rows;
    public int Cols => Header.Cols;
    public int Height => Header.Rows;
    public int Width => Header.Cols;
    public int Dims => Header.Dims;
    public IntPtr Data => Header.Data;
    public unsafe byte* DataPointer => (byte*)Header.Data;

    public Size Size()
    {
        var header = Header;
        return new(header.Cols, header.Rows);
    }

    public int Size(int dim) => dim switch
    {
        0 => Rows,
        1 => Cols,
        _ => throw new ArgumentOutOfRangeException(nameof(dim)),
    };

    public MatType Type() => Header.Type;
    public int Depth() => Type().Depth;
    public int Channels() => Type().Channels;
    public int ElemSize() => (int)Header.ElemSize;
    public int ElemSize1() => ElemSize() / Channels();
    public long Step() => Header.Step;
    public long Total() => Header.Total;
    public bool Empty() => Header is { Total: 0 } or { Data: 0 } or { Dims: 0 };
    public bool IsContinuous() => Header.IsContinuous != 0;
    public bool IsSubmatrix() => Header.IsSubmatrix != 0;

    public Mat this[int rowStart, int rowEnd, int colStart, int colEnd]
    {
        get => SubMat(rowStart, rowEnd, colStart, colEnd);
        set => CopyInto(SubMat(rowStart, rowEnd, colStart, colEnd), value);
    }

    public Mat this[Range rowRange, Range colRange]
    {
        get => SubMat(rowRange, colRange);
        set => CopyInto(SubMat(rowRange, colRange), value);
    }

    public Mat this[Rect roi]
    {
        get => SubMat(roi);
        set => CopyInto(SubMat(roi), value);
    }

    private static void CopyInto(Mat part, Mat value)
    {
        using (part)
        {
            ArgumentNullException.ThrowIfNull(value);
            if (part.Size() != value.Size())
                throw new ArgumentException("Specified ROI != mat.Size()");
            value.CopyTo(part);
        }
    }

    public Mat SubMat(int rowStart, int rowEnd, int colStart, int colEnd)
    {
        if (rowStart >= rowEnd)
            throw new ArgumentException("rowStart >= rowEnd");
        if (colStart >= colEnd)
            throw new ArgumentException("colStart >= colEnd");
        return Part(rowStart, rowEnd, colStart, colEnd);
    }

    public Mat SubMat(Range rowRange, Range colRange) =>
        SubMat(rowRange.Start, rowRange.End, colRange.Start, colRange.End);

    public Mat SubMat(Rect roi) => SubMat(roi.Y, roi.Y + roi.Height, roi.X, roi.X + roi.Width);

    public Mat Row(int y) => Part(y, y + 1, int.MinValue, int.MaxValue);
    public Mat Col(int x) => Part(int.MinValue, int.MaxValue, x, x + 1);
    public Mat RowRange(int startRow, int endRow) => Part(startRow, endRow, int.MinValue, int.MaxValue);
    public Mat RowRange(Range range) => RowRange(range.Start, range.End);
    public Mat ColRange(int startCol, int endCol) => Part(int.MinValue, int.MaxValue, startCol, endCol);
    public Mat ColRange(Range range) => ColRange(range.Start, range.End);

    private Mat Part(int row0, int row1, int col0, int col1)
    {
        NativeMethods.Check(NativeMethods.ecgcv_mat_roi(CvPtr, row0, row1, col0, col1, out var part), this);
        return new(part);
    }

    public Mat Clone()
    {
        NativeMethods.Check(NativeMethods.ecgcv_mat_clone(CvPtr, out var clone), this);
        return new(clone);
    }

    public Mat Clone(Rect roi)
    {
        using var part = new Mat(this, roi);
        return part.Clone();
    }

    public Mat EmptyClone() => new(Size(), Type());

    public void Create(int rows, int cols, MatType type) =>
        NativeMethods.Check(NativeMethods.ecgcv_mat_create(CvPtr, rows, cols, type.Value), this);

    public void Create(Size size, MatType type) => Create(size.Height, size.Width, type);

    public void CopyTo(Mat m, InputArray mask = default)
    {
        ArgumentNullException.ThrowIfNull(m);
        NativeMethods.Check(NativeMethods.ecgcv_mat_copy_to(CvPtr, m.CvPtr, mask.Proxy), this, m, mask.Source);
    }

    public void ConvertTo(OutputArray m, MatType rtype, double alpha = 1, double beta = 0) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_mat_convert_to(CvPtr, m.Proxy, rtype.Value, alpha, beta), this, m.Source);

    public Mat SetTo(Scalar value, Mat? mask = null) => SetTo((InputArray)value, mask);

    public Mat SetTo(InputArray value, Mat? mask = null)
    {
        InputArray maskArray = default;
        if (mask is not null)
            maskArray = mask;
        NativeMethods.Check(NativeMethods.ecgcv_mat_set_to(CvPtr, value.Proxy, maskArray.Proxy), this, value.Source, mask);
        return this;
    }

    public Mat Reshape(int cn, int rows = 0)
    {
        NativeMethods.Check(NativeMethods.ecgcv_mat_reshape(CvPtr, cn, rows, out var reshaped), this);
        return new(reshaped);
    }

    public double Dot(InputArray m)
    {
        NativeMethods.Check(NativeMethods.ecgcv_mat_dot(CvPtr, m.Proxy, out var dot), this, m.Source);
        return dot;
    }

    public IntPtr Ptr(int i0)
    {
        var header = Header;
        return header.Data + (nint)(i0 * header.Step);
    }

    public IntPtr Ptr(int i0, int i1)
    {
        var header = Header;
        return header.Data + (nint)(i0 * header.Step + i1 * header.ElemSize);
    }

    public unsafe T Get<T>(int i0)
        where T : struct => Unsafe.ReadUnaligned<T>((void*)Ptr(i0));

    public unsafe T Get<T>(int i0, int i1)
        where T : struct => Unsafe.ReadUnaligned<T>((void*)Ptr(i0, i1));

    public unsafe void Set<T>(int i0, T value)
        where T : struct => Unsafe.WriteUnaligned((void*)Ptr(i0), value);

    public unsafe void Set<T>(int i0, int i1, T value)
        where T : struct => Unsafe.WriteUnaligned((void*)Ptr(i0, i1), value);

    public unsafe ref T At<T>(int i0)
        where T : unmanaged => ref Unsafe.AsRef<T>((void*)Ptr(i0));

    public unsafe ref T At<T>(int i0, int i1)
        where T : unmanaged => ref Unsafe.AsRef<T>((void*)Ptr(i0, i1));

    public UnsafeIndexer<T> GetUnsafeGenericIndexer<T>()
        where T : unmanaged => new(this);

    public bool GetArray<T>(out T[] data)
        where T : unmanaged
    {
        data = new T[(long)Rows * Cols];
        CopyRows(data.AsSpan(), toMat: false);
        return true;
    }

    public unsafe bool GetRectangularArray<T>(out T[,] data)
        where T : unmanaged
    {
        data = new T[Rows, Cols];
        fixed (T* first = data)
            CopyRows(new Span<T>(first, data.Length), toMat: false);
        return true;
    }

    public bool SetArray<T>(params T[] data)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(data);
        CopyRows(data.AsSpan(), toMat: true);
        return true;
    }

    public unsafe bool SetRectangularArray<T>(T[,] data)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(data);
        fixed (T* first = data)
            CopyRows(new Span<T>(first, data.Length), toMat: true);
        return true;
    }

    private unsafe void CopyRows<T>(Span<T> data, bool toMat)
        where T : unmanaged
    {
        var header = Header;
        if (!AcceptableTypes.TryGetValue(typeof(T), out var acceptable))
            throw new ArgumentException($"Type argument {typeof(T)} is not supported");
        if (!acceptable.Contains(header.Type))
            throw new OpenCvSharpException("Mat data type is not compatible: " + (MatType)header.Type);
        if (data.Length != (long)header.Rows * header.Cols)
            throw new OpenCvSharpException(
                $"Provided data element number ({data.Length}) should be {header.Rows} x {header.Cols}");

        for (var y = 0; y < header.Rows; y++)
        {
            var row = new Span<T>((byte*)header.Data + y * header.Step, header.Cols);
            var part = data.Slice(y * header.Cols, header.Cols);
            if (toMat)
                part.CopyTo(row);
            else
                row.CopyTo(part);
        }

        GC.KeepAlive(this);
    }

    internal static MatType TypeOf<T>() =>
        AcceptableTypes.TryGetValue(typeof(T), out var types)
            ? types[0]
            : throw new ArgumentException($"Type argument {typeof(T)} is not supported");

    public byte[] ImEncode(string ext = ".png", int[]? prms = null)
    {
        Cv2.ImEncode(ext, this, out var buf, prms);
        return buf;
    }

    public byte[] ToBytes(string ext = ".png", int[]? prms = null) => ImEncode(ext, prms);

    public bool SaveImage(string fileName, params ImageEncodingParam[] prms) => Cv2.ImWrite(fileName, this, prms);

    public override string ToString() => IsDisposed
        ? "Mat [disposed]"
        : $"Mat [ {Rows}*{Cols}*{Type()}, IsContinuous={IsContinuous()}, IsSubmatrix={IsSubmatrix()}, " +
          $"Ptr=0x{ptr:x}, Data=0x{Data:x} ]";

    public sealed class UnsafeIndexer<T>
        where T : unmanaged
    {
        private readonly Mat parent;
        private readonly IntPtr data;
        private readonly long step;

        internal UnsafeIndexer(Mat parent)
        {
            this.parent = parent;
            (data, step) = (parent.Data, parent.Step());
        }

        public unsafe T this[int i0, int i1]
        {
            get
            {
                var value = *((T*)(data + (nint)(i0 * step)) + i1);
                GC.KeepAlive(parent);
                return value;
            }
            set
            {
                *((T*)(data + (nint)(i0 * step)) + i1) = value;
                GC.KeepAlive(parent);
            }
        }
    }
}

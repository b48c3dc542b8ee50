namespace OpenCvSharp;

/// <summary>
/// The package's older releases have a class here, the newer a ref struct. Source that compiles against this one (only
/// implicit conversions, left-out masks left out) compiles against both.
/// </summary>
public readonly ref struct InputArray
{
    internal readonly object? Source;
    internal readonly ArrayProxy Proxy;

    private InputArray(object? source, ArrayProxy proxy)
    {
        Source = source;
        Proxy = proxy;
    }

    public static implicit operator InputArray(Mat mat)
    {
        ArgumentNullException.ThrowIfNull(mat);
        return new(mat, new(ArrayProxy.MatKind, mat.CvPtr, default));
    }

    public static implicit operator InputArray(Scalar val) => new(null, new(ArrayProxy.ScalarKind, 0, val));

    public static implicit operator InputArray(double val) => new(null, new(ArrayProxy.DoubleKind, 0, val));
}

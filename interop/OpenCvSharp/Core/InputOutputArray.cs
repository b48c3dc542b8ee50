namespace OpenCvSharp;

/// <inheritdoc cref="InputArray"/>
public readonly ref struct InputOutputArray
{
    internal readonly Mat? Source;

    private InputOutputArray(Mat mat) => Source = mat;

    internal IntPtr Proxy => Source?.CvPtr ?? 0;

    public static implicit operator InputOutputArray(Mat mat)
    {
        ArgumentNullException.ThrowIfNull(mat);
        mat.ThrowIfDisposed();
        return new(mat);
    }
}

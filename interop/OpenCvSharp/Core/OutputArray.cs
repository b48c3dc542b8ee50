namespace OpenCvSharp;

/// <inheritdoc cref="InputArray"/>
public readonly ref struct OutputArray
{
    internal readonly Mat? Source;

    private OutputArray(Mat mat) => Source = mat;

    internal IntPtr Proxy => Source?.CvPtr ?? 0;

    public static implicit operator OutputArray(Mat mat)
    {
        ArgumentNullException.ThrowIfNull(mat);
        mat.ThrowIfDisposed();
        return new(mat);
    }
}

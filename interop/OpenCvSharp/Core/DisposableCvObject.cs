namespace OpenCvSharp;

public abstract class DisposableCvObject : DisposableObject
{
    private protected IntPtr ptr;

    public IntPtr CvPtr
    {
        get
        {
            ThrowIfDisposed();
            return ptr;
        }
    }
}

namespace OpenCvSharp;

public abstract class DisposableObject : IDisposable
{
    private int disposed;

    ~DisposableObject() => Dispose(false);

    public bool IsDisposed => disposed != 0;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
            DisposeUnmanaged();
    }

    protected virtual void DisposeUnmanaged()
    {
    }

    public void ThrowIfDisposed()
    {
        if (IsDisposed)
            throw new ObjectDisposedException(GetType().FullName);
    }
}

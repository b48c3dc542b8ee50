using System.Runtime.InteropServices;

namespace OpenCvSharp;

/// <summary>A list the native side hands out (struct List of ecgcv.h); taking it frees it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeList
{
    private void* data;
    private long length;

    public T[] Take<T>()
        where T : unmanaged
    {
        var values = new ReadOnlySpan<T>(data, checked((int)length)).ToArray();
        NativeMethods.ecgcv_free((IntPtr)data);
        this = default;
        return values;
    }

    public Mat[] TakeMats() => Array.ConvertAll(Take<IntPtr>(), Mat.FromNativePointer);
}

using System.Runtime.InteropServices;

namespace OpenCvSharp;

/// <summary>What an input array is to the native side (struct In of ecgcv.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ArrayProxy(long Kind, IntPtr Mat, Scalar Value)
{
    public const long MatKind = 1;
    public const long ScalarKind = 2;
    public const long DoubleKind = 3;
}

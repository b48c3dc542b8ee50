using System.Runtime.InteropServices;

namespace OpenCvSharp;

/// <summary>What a matrix is made of, read in one call (struct MatHeader of mat.cpp).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct MatHeader(
    IntPtr Data, long Step, long Total, long ElemSize, int Rows, int Cols, int Dims, int Type, int IsContinuous,
    int IsSubmatrix);

using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public readonly record struct HierarchyIndex(int Next, int Previous, int Child, int Parent);

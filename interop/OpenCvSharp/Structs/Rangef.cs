using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public readonly record struct Rangef(float Start, float End)
{
    public readonly float Start = Start;
    public readonly float End = End;
}

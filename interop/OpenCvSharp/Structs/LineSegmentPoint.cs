using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct LineSegmentPoint(Point P1, Point P2)
{
    public Point P1 = P1;
    public Point P2 = P2;

    public readonly double Length() => P1.DistanceTo(P2);
}

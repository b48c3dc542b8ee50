using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct LineSegmentPolar(float Rho, float Theta)
{
    public float Rho = Rho;
    public float Theta = Theta;
}

using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Point(int X, int Y)
{
    public int X = X;
    public int Y = Y;

    public Point(double x, double y)
        : this((int)x, (int)y)
    {
    }

    public static Point operator +(Point p1, Point p2) => new(p1.X + p2.X, p1.Y + p2.Y);
    public static Point operator -(Point p1, Point p2) => new(p1.X - p2.X, p1.Y - p2.Y);
    public static Point operator -(Point pt) => new(-pt.X, -pt.Y);
    public static Point operator *(Point pt, double scale) => new((int)(pt.X * scale), (int)(pt.Y * scale));

    public static double Distance(Point p1, Point p2) =>
        Math.Sqrt((p2.X - p1.X) * (double)(p2.X - p1.X) + (p2.Y - p1.Y) * (double)(p2.Y - p1.Y));

    public readonly double DistanceTo(Point p) => Distance(this, p);
}

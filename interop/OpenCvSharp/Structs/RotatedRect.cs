using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct RotatedRect(Point2f Center, Size2f Size, float Angle)
{
    public Point2f Center = Center;
    public Size2f Size = Size;
    public float Angle = Angle;

    public readonly Point2f[] Points() => Cv2.BoxPoints(this);

    public readonly Rect BoundingRect()
    {
        var corners = Points();
        var left = (int)Math.Floor(corners.Min(p => p.X));
        var top = (int)Math.Floor(corners.Min(p => p.Y));
        return new(
            left, top,
            (int)Math.Ceiling(corners.Max(p => p.X)) - left + 1, (int)Math.Ceiling(corners.Max(p => p.Y)) - top + 1);
    }
}

namespace OpenCvSharp;

public class Line2D(double vx, double vy, double x1, double y1)
{
    public double Vx { get; } = vx;
    public double Vy { get; } = vy;
    public double X1 { get; } = x1;
    public double Y1 { get; } = y1;
}

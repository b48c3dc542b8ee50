namespace OpenCvSharp;

public enum MorphShapes
{
    Rect = 0,
    Cross = 1,
    Ellipse = 2,
}

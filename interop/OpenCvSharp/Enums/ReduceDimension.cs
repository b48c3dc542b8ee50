namespace OpenCvSharp;

public enum ReduceDimension
{
    Row = 0,
    Column = 1,
    Auto = -1,
}

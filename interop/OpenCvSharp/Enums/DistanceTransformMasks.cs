namespace OpenCvSharp;

public enum DistanceTransformMasks
{
    Precise = 0,
    Mask3 = 3,
    Mask5 = 5,
}

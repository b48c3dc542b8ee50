namespace OpenCvSharp;

[Flags]
public enum FloodFillFlags
{
    Link4 = 4,
    Link8 = 8,
    FixedRange = 1 << 16,
    MaskOnly = 1 << 17,
}

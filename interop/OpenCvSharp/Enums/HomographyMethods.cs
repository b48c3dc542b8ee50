namespace OpenCvSharp;

[Flags]
public enum HomographyMethods
{
    None = 0,
    LMedS = 4,
    Ransac = 8,
    Rho = 16,
}

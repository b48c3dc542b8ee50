namespace OpenCvSharp;

public enum PixelConnectivity
{
    Connectivity8 = 8,
    Connectivity4 = 4,
}

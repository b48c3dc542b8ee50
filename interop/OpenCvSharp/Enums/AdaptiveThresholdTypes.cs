namespace OpenCvSharp;

public enum AdaptiveThresholdTypes
{
    MeanC = 0,
    GaussianC = 1,
}

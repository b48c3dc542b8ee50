namespace OpenCvSharp;

[Flags]
public enum CriteriaTypes
{
    Count = 1,
    MaxIter = Count,
    Eps = 2,
}

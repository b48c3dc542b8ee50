namespace OpenCvSharp;

public static partial class Cv2
{
    public static Mat FindHomography(
        InputArray srcPoints, InputArray dstPoints, HomographyMethods method = HomographyMethods.None,
        double ransacReprojThreshold = 3, OutputArray mask = default, int maxIters = 2000, double confidence = 0.995)
    {
        NativeMethods.Check(
            NativeMethods.ecgcv_find_homography(
                srcPoints.Proxy, dstPoints.Proxy, (int)method, ransacReprojThreshold, mask.Proxy, maxIters,
                confidence, out var h),
            srcPoints.Source, dstPoints.Source, mask.Source);
        return new(h);
    }

    public static Mat FindHomography(
        IEnumerable<Point2d> srcPoints, IEnumerable<Point2d> dstPoints,
        HomographyMethods method = HomographyMethods.None, double ransacReprojThreshold = 3,
        OutputArray mask = default, int maxIters = 2000, double confidence = 0.995)
    {
        using var from = Mat.FromArray(srcPoints);
        using var to = Mat.FromArray(dstPoints);
        return FindHomography(from, to, method, ransacReprojThreshold, mask, maxIters, confidence);
    }
}

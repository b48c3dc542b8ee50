namespace OpenCvSharp;

public static partial class Cv2
{
    public static void Add(
        InputArray src1, InputArray src2, OutputArray dst, InputArray mask = default, int dtype = -1) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_add(src1.Proxy, src2.Proxy, dst.Proxy, mask.Proxy, dtype),
            src1.Source, src2.Source, dst.Source, mask.Source);

    public static void Subtract(
        InputArray src1, InputArray src2, OutputArray dst, InputArray mask = default, int dtype = -1) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_subtract(src1.Proxy, src2.Proxy, dst.Proxy, mask.Proxy, dtype),
            src1.Source, src2.Source, dst.Source, mask.Source);

    public static void Multiply(InputArray src1, InputArray src2, OutputArray dst, double scale = 1, int dtype = -1) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_multiply(src1.Proxy, src2.Proxy, dst.Proxy, scale, dtype),
            src1.Source, src2.Source, dst.Source);

    public static void Divide(InputArray src1, InputArray src2, OutputArray dst, double scale = 1, int dtype = -1) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_divide(src1.Proxy, src2.Proxy, dst.Proxy, scale, dtype),
            src1.Source, src2.Source, dst.Source);

    public static void AddWeighted(
        InputArray src1, double alpha, InputArray src2, double beta, double gamma, OutputArray dst, int dtype = -1) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_add_weighted(src1.Proxy, alpha, src2.Proxy, beta, gamma, dst.Proxy, dtype),
            src1.Source, src2.Source, dst.Source);

    public static void Absdiff(InputArray src1, InputArray src2, OutputArray dst) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_absdiff(src1.Proxy, src2.Proxy, dst.Proxy),
            src1.Source, src2.Source, dst.Source);

    public static void Min(InputArray src1, InputArray src2, OutputArray dst) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_min(src1.Proxy, src2.Proxy, dst.Proxy),
            src1.Source, src2.Source, dst.Source);

    public static void Max(InputArray src1, InputArray src2, OutputArray dst) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_max(src1.Proxy, src2.Proxy, dst.Proxy),
            src1.Source, src2.Source, dst.Source);

    public static void ConvertScaleAbs(InputArray src, OutputArray dst, double alpha = 1, double beta = 0) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_convert_scale_abs(src.Proxy, dst.Proxy, alpha, beta),
            src.Source, dst.Source);

    public static void LUT(InputArray src, InputArray lut, OutputArray dst) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_lut(src.Proxy, lut.Proxy, dst.Proxy),
            src.Source, lut.Source, dst.Source);

    public static void BitwiseAnd(InputArray src1, InputArray src2, OutputArray dst, InputArray mask = default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_bitwise_and(src1.Proxy, src2.Proxy, dst.Proxy, mask.Proxy),
            src1.Source, src2.Source, dst.Source, mask.Source);

    public static void BitwiseOr(InputArray src1, InputArray src2, OutputArray dst, InputArray mask = default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_bitwise_or(src1.Proxy, src2.Proxy, dst.Proxy, mask.Proxy),
            src1.Source, src2.Source, dst.Source, mask.Source);

    public static void BitwiseXor(InputArray src1, InputArray src2, OutputArray dst, InputArray mask = default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_bitwise_xor(src1.Proxy, src2.Proxy, dst.Proxy, mask.Proxy),
            src1.Source, src2.Source, dst.Source, mask.Source);

    public static void BitwiseNot(InputArray src, OutputArray dst, InputArray mask = default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_bitwise_not(src.Proxy, dst.Proxy, mask.Proxy),
            src.Source, dst.Source, mask.Source);

    public static void InRange(InputArray src, InputArray lowerb, InputArray upperb, OutputArray dst) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_in_range(src.Proxy, lowerb.Proxy, upperb.Proxy, dst.Proxy),
            src.Source, lowerb.Source, upperb.Source, dst.Source);

    public static void InRange(InputArray src, Scalar lowerb, Scalar upperb, OutputArray dst) =>
        InRange(src, (InputArray)lowerb, (InputArray)upperb, dst);

    public static void Pow(InputArray src, double power, OutputArray dst) =>
        NativeMethods.Check(NativeMethods.ecgcv_pow(src.Proxy, power, dst.Proxy), src.Source, dst.Source);

    public static void Sqrt(InputArray src, OutputArray dst) =>
        NativeMethods.Check(NativeMethods.ecgcv_sqrt(src.Proxy, dst.Proxy), src.Source, dst.Source);

    public static void Exp(InputArray src, OutputArray dst) =>
        NativeMethods.Check(NativeMethods.ecgcv_exp(src.Proxy, dst.Proxy), src.Source, dst.Source);

    public static void Log(InputArray src, OutputArray dst) =>
        NativeMethods.Check(NativeMethods.ecgcv_log(src.Proxy, dst.Proxy), src.Source, dst.Source);

    public static void Magnitude(InputArray x, InputArray y, OutputArray magnitude) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_magnitude(x.Proxy, y.Proxy, magnitude.Proxy),
            x.Source, y.Source, magnitude.Source);

    public static void Phase(InputArray x, InputArray y, OutputArray angle, bool angleInDegrees = false) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_phase(x.Proxy, y.Proxy, angle.Proxy, Int(angleInDegrees)),
            x.Source, y.Source, angle.Source);

    public static Scalar Sum(InputArray src)
    {
        NativeMethods.Check(NativeMethods.ecgcv_sum(src.Proxy, out var sum), src.Source);
        return sum;
    }

    public static Scalar Mean(InputArray src, InputArray mask = default)
    {
        NativeMethods.Check(NativeMethods.ecgcv_mean(src.Proxy, mask.Proxy, out var mean), src.Source, mask.Source);
        return mean;
    }

    public static void MeanStdDev(InputArray src, OutputArray mean, OutputArray stddev, InputArray mask = default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_mean_std_dev(src.Proxy, mean.Proxy, stddev.Proxy, mask.Proxy),
            src.Source, mean.Source, stddev.Source, mask.Source);

    public static void MeanStdDev(InputArray src, out Scalar mean, out Scalar stddev, InputArray mask = default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_mean_std_dev_scalar(src.Proxy, out mean, out stddev, mask.Proxy),
            src.Source, mask.Source);

    public static int CountNonZero(InputArray mtx)
    {
        NativeMethods.Check(NativeMethods.ecgcv_count_non_zero(mtx.Proxy, out var count), mtx.Source);
        return count;
    }

    public static void FindNonZero(InputArray src, OutputArray idx) =>
        NativeMethods.Check(NativeMethods.ecgcv_find_non_zero(src.Proxy, idx.Proxy), src.Source, idx.Source);

    public static double Norm(InputArray src1, NormTypes normType = NormTypes.L2, InputArray mask = default)
    {
        NativeMethods.Check(
            NativeMethods.ecgcv_norm(src1.Proxy, (int)normType, mask.Proxy, out var norm),
            src1.Source, mask.Source);
        return norm;
    }

    public static double Norm(
        InputArray src1, InputArray src2, NormTypes normType = NormTypes.L2, InputArray mask = default)
    {
        NativeMethods.Check(
            NativeMethods.ecgcv_norm2(src1.Proxy, src2.Proxy, (int)normType, mask.Proxy, out var norm),
            src1.Source, src2.Source, mask.Source);
        return norm;
    }

    public static void Normalize(
        InputArray src, InputOutputArray dst, double alpha = 1, double beta = 0, NormTypes normType = NormTypes.L2,
        int dtype = -1, InputArray mask = default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_normalize(src.Proxy, dst.Proxy, alpha, beta, (int)normType, dtype, mask.Proxy),
            src.Source, dst.Source, mask.Source);

    public static void MinMaxLoc(InputArray src, out double minVal, out double maxVal) =>
        NativeMethods.Check(NativeMethods.ecgcv_min_max(src.Proxy, out minVal, out maxVal), src.Source);

    public static void MinMaxLoc(InputArray src, out Point minLoc, out Point maxLoc) =>
        MinMaxLoc(src, out _, out _, out minLoc, out maxLoc);

    public static void MinMaxLoc(
        InputArray src, out double minVal, out double maxVal, out Point minLoc, out Point maxLoc,
        InputArray mask = default) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_min_max_loc(src.Proxy, out minVal, out maxVal, out minLoc, out maxLoc, mask.Proxy),
            src.Source, mask.Source);

    public static void Reduce(InputArray src, OutputArray dst, ReduceDimension dim, ReduceTypes rtype, int dtype) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_reduce(src.Proxy, dst.Proxy, (int)dim, (int)rtype, dtype),
            src.Source, dst.Source);

    public static void Split(Mat src, out Mat[] mv)
    {
        ArgumentNullException.ThrowIfNull(src);
        NativeMethods.Check(NativeMethods.ecgcv_split(src.CvPtr, out var list), src);
        mv = list.TakeMats();
    }

    public static Mat[] Split(Mat src)
    {
        Split(src, out var mv);
        return mv;
    }

    public static void Merge(Mat[] mv, Mat dst)
    {
        ArgumentNullException.ThrowIfNull(dst);
        NativeMethods.Check(NativeMethods.ecgcv_merge(Handles(mv), mv.Length, dst.CvPtr), mv, dst);
    }

    public static void HConcat(IEnumerable<Mat> src, OutputArray dst)
    {
        var mats = ToArray(src);
        NativeMethods.Check(NativeMethods.ecgcv_hconcat(Handles(mats), mats.Length, dst.Proxy), mats, dst.Source);
    }

    public static void VConcat(IEnumerable<Mat> src, OutputArray dst)
    {
        var mats = ToArray(src);
        NativeMethods.Check(NativeMethods.ecgcv_vconcat(Handles(mats), mats.Length, dst.Proxy), mats, dst.Source);
    }

    public static void ExtractChannel(InputArray src, OutputArray dst, int coi) =>
        NativeMethods.Check(NativeMethods.ecgcv_extract_channel(src.Proxy, dst.Proxy, coi), src.Source, dst.Source);

    public static void InsertChannel(InputArray src, InputOutputArray dst, int coi) =>
        NativeMethods.Check(NativeMethods.ecgcv_insert_channel(src.Proxy, dst.Proxy, coi), src.Source, dst.Source);

    public static void Flip(InputArray src, OutputArray dst, FlipMode flipCode) =>
        NativeMethods.Check(NativeMethods.ecgcv_flip(src.Proxy, dst.Proxy, (int)flipCode), src.Source, dst.Source);

    public static void Rotate(InputArray src, OutputArray dst, RotateFlags rotateCode) =>
        NativeMethods.Check(NativeMethods.ecgcv_rotate(src.Proxy, dst.Proxy, (int)rotateCode), src.Source, dst.Source);

    public static void Transpose(InputArray src, OutputArray dst) =>
        NativeMethods.Check(NativeMethods.ecgcv_transpose(src.Proxy, dst.Proxy), src.Source, dst.Source);

    public static void Repeat(InputArray src, int ny, int nx, OutputArray dst) =>
        NativeMethods.Check(NativeMethods.ecgcv_repeat(src.Proxy, ny, nx, dst.Proxy), src.Source, dst.Source);

    public static void CopyMakeBorder(
        InputArray src, OutputArray dst, int top, int bottom, int left, int right, BorderTypes borderType,
        Scalar? value = null) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_copy_make_border(src.Proxy, dst.Proxy, top, bottom, left, right,
                (int)borderType, value ?? default),
            src.Source, dst.Source);

    public static void PerspectiveTransform(InputArray src, OutputArray dst, InputArray m) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_perspective_transform(src.Proxy, dst.Proxy, m.Proxy),
            src.Source, dst.Source, m.Source);

    public static Point2f[] PerspectiveTransform(IEnumerable<Point2f> src, Mat m)
    {
        using var from = Mat.FromArray(src);
        using var to = new Mat();
        PerspectiveTransform(from, to, m);
        to.GetArray(out Point2f[] points);
        return points;
    }

    public static Point2d[] PerspectiveTransform(IEnumerable<Point2d> src, Mat m)
    {
        using var from = Mat.FromArray(src);
        using var to = new Mat();
        PerspectiveTransform(from, to, m);
        to.GetArray(out Point2d[] points);
        return points;
    }

    public static void Transform(InputArray src, OutputArray dst, InputArray m) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_transform(src.Proxy, dst.Proxy, m.Proxy),
            src.Source, dst.Source, m.Source);

    public static void Gemm(
        InputArray src1, InputArray src2, double alpha, InputArray src3, double gamma, OutputArray dst,
        GemmFlags flags = GemmFlags.None) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_gemm(src1.Proxy, src2.Proxy, alpha, src3.Proxy, gamma, dst.Proxy, (int)flags),
            src1.Source, src2.Source, src3.Source, dst.Source);

    public static bool Solve(InputArray src1, InputArray src2, OutputArray dst, DecompTypes flags = DecompTypes.LU)
    {
        NativeMethods.Check(
            NativeMethods.ecgcv_solve(src1.Proxy, src2.Proxy, dst.Proxy, (int)flags, out var ok),
            src1.Source, src2.Source, dst.Source);
        return ok != 0;
    }

    public static double Invert(InputArray src, OutputArray dst, DecompTypes flags = DecompTypes.LU)
    {
        NativeMethods.Check(
            NativeMethods.ecgcv_invert(src.Proxy, dst.Proxy, (int)flags, out var result),
            src.Source, dst.Source);
        return result;
    }

    public static void Dft(InputArray src, OutputArray dst, DftFlags flags = DftFlags.None, int nonzeroRows = 0) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_dft(src.Proxy, dst.Proxy, (int)flags, nonzeroRows),
            src.Source, dst.Source);

    public static void Idft(InputArray src, OutputArray dst, DftFlags flags = DftFlags.None, int nonzeroRows = 0) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_idft(src.Proxy, dst.Proxy, (int)flags, nonzeroRows),
            src.Source, dst.Source);

    public static void MulSpectrums(InputArray a, InputArray b, OutputArray c, DftFlags flags, bool conjB = false) =>
        NativeMethods.Check(
            NativeMethods.ecgcv_mul_spectrums(a.Proxy, b.Proxy, c.Proxy, (int)flags, Int(conjB)),
            a.Source, b.Source, c.Source);

    public static int GetOptimalDFTSize(int vecsize)
    {
        NativeMethods.Check(NativeMethods.ecgcv_optimal_dft_size(vecsize, out var size));
        return size;
    }
}

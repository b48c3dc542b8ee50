namespace OpenCvSharp.Tests;

public class ArithmeticTests
{
    private static readonly float[] A = [1, 4, 9];

    private static Mat Row(params float[] values) => Mat.FromArray(values).Reshape(1, 1);

    private static float[] Values(Mat mat)
    {
        mat.GetArray(out float[] values);
        return values;
    }

    [Fact]
    public void Adds_subtracts_multiplies_and_divides_elements()
    {
        using var a = Row(A);
        using var b = Row(2, 2, 3);
        using var dst = new Mat();
        Cv2.Add(a, b, dst);
        Assert.Equal([3f, 6f, 12f], Values(dst));
        Cv2.Subtract(a, b, dst);
        Assert.Equal([-1f, 2f, 6f], Values(dst));
        Cv2.Multiply(a, b, dst, 0.5);
        Assert.Equal([1f, 4f, 13.5f], Values(dst));
        Cv2.Divide(a, b, dst);
        Assert.Equal([0.5f, 2f, 3f], Values(dst));
        Cv2.AddWeighted(a, 2, b, -1, 10, dst);
        Assert.Equal([10f, 16f, 25f], Values(dst));
        Cv2.Absdiff(a, b, dst);
        Assert.Equal([1f, 2f, 6f], Values(dst));
        Cv2.Min(a, b, dst);
        Assert.Equal([1f, 2f, 3f], Values(dst));
        Cv2.Max(a, b, dst);
        Assert.Equal([2f, 4f, 9f], Values(dst));
    }

    [Fact]
    public void A_number_or_a_scalar_stands_for_every_element()
    {
        using var a = Row(A);
        using var dst = new Mat();
        Cv2.Add(a, Scalar.All(1), dst);
        Assert.Equal([2f, 5f, 10f], Values(dst));
        Cv2.Subtract(Scalar.All(10), a, dst);
        Assert.Equal([9f, 6f, 1f], Values(dst));
        Cv2.Multiply(a, 3.0, dst);
        Assert.Equal([3f, 12f, 27f], Values(dst));
    }

    [Fact]
    public void Bytes_saturate_and_a_type_can_be_asked_for()
    {
        using var a = Mat.FromArray(new byte[,] { { 200, 10 } });
        using var dst = new Mat();
        Cv2.Add(a, a, dst);
        dst.GetArray(out byte[] saturated);
        Assert.Equal([255, 20], saturated);
        Cv2.Add(a, a, dst, dtype: MatType.CV_16S);
        dst.GetArray(out short[] wide);
        Assert.Equal([400, 20], wide);
        Cv2.BitwiseNot(a, dst);
        dst.GetArray(out byte[] inverted);
        Assert.Equal([55, 245], inverted);
        using var mask = Mat.FromArray(new byte[,] { { 0xF0, 0x0F } });
        Cv2.BitwiseAnd(a, mask, dst);
        dst.GetArray(out byte[] and);
        Assert.Equal([200 & 0xF0, 10], and);
        Cv2.BitwiseOr(a, mask, dst);
        Assert.Equal(200 | 0xF0, dst.At<byte>(0, 0));
        Cv2.BitwiseXor(a, mask, dst);
        Assert.Equal(200 ^ 0xF0, dst.At<byte>(0, 0));
        Cv2.InRange(a, Scalar.All(5), Scalar.All(20), dst);
        dst.GetArray(out byte[] inRange);
        Assert.Equal([0, 255], inRange);
    }

    [Fact]
    public void Powers_roots_logarithms_and_polar_form()
    {
        using var a = Row(A);
        using var dst = new Mat();
        Cv2.Sqrt(a, dst);
        Assert.Equal([1f, 2f, 3f], Values(dst));
        Cv2.Pow(a, 2, dst);
        Assert.Equal([1f, 16f, 81f], Values(dst));
        Cv2.Log(a, dst);
        Cv2.Exp(dst, dst);
        Assert.Equal(9, Values(dst)[2], 1e-4);
        using var x = Row(3, 0);
        using var y = Row(4, 2);
        Cv2.Magnitude(x, y, dst);
        Assert.Equal([5f, 2f], Values(dst));
        Cv2.Phase(x, y, dst, angleInDegrees: true);
        Assert.Equal(90, Values(dst)[1], 0.1);
    }

    [Fact]
    public void Sums_means_norms_and_extremes()
    {
        using var a = Row(A);
        using var mask = Mat.FromArray(new byte[,] { { 1, 1, 0 } });
        Assert.Equal(14, Cv2.Sum(a).Val0);
        Assert.Equal(2.5, Cv2.Mean(a, mask).Val0);
        Cv2.MeanStdDev(a, out var mean, out var deviation, mask);
        Assert.Equal((2.5, 1.5), (mean.Val0, deviation.Val0));
        Assert.Equal(14, Cv2.Norm(a, NormTypes.L1));
        Assert.Equal(9, Cv2.Norm(a, NormTypes.INF));
        Cv2.MinMaxLoc(a, out var min, out var max, out var minAt, out var maxAt);
        Assert.Equal((1.0, 9.0, new Point(0, 0), new Point(2, 0)), (min, max, minAt, maxAt));
        Cv2.MinMaxLoc(a, out _, out var most, out _, out _, mask);
        Assert.Equal(4, most);
        Assert.Equal(98, a.Dot(a));
    }

    [Fact]
    public void Reduces_to_one_row_or_one_column()
    {
        using var a = Mat.FromArray(new byte[,] { { 1, 2, 3 }, { 4, 5, 60 } });
        using var dst = new Mat();
        Cv2.Reduce(a, dst, ReduceDimension.Row, ReduceTypes.Sum, MatType.CV_32S);
        dst.GetArray(out int[] sums);
        Assert.Equal([5, 7, 63], sums);
        Cv2.Reduce(a, dst, ReduceDimension.Column, ReduceTypes.Max, -1);
        dst.GetArray(out byte[] largest);
        Assert.Equal([3, 60], largest);
        Cv2.Reduce(a, dst, ReduceDimension.Column, ReduceTypes.Avg, MatType.CV_32F);
        Assert.Equal([2f, 23f], Values(dst));
    }

    [Fact]
    public void Normalizes_to_a_range()
    {
        using var a = Row(A);
        using var dst = new Mat();
        Cv2.Normalize(a, dst, 0, 1, NormTypes.MinMax);
        Assert.Equal([0f, 0.375f, 1f], Values(dst));
    }

    [Fact]
    public void Splits_merges_and_concatenates()
    {
        using var image = new Mat(1, 2, MatType.CV_8UC3, new Scalar(1, 2, 3));
        var channels = Cv2.Split(image);
        Assert.Equal([1, 2, 3], channels.Select(c => (int)c.At<byte>(0, 1)));
        using var merged = new Mat();
        Cv2.Merge([channels[2], channels[0]], merged);
        Assert.Equal((MatType.CV_8UC2, (byte)3), (merged.Type(), merged.At<byte>(0, 0)));
        using var dst = new Mat();
        Cv2.HConcat(channels, dst);
        dst.GetArray(out byte[] row);
        Assert.Equal([1, 1, 2, 2, 3, 3], row);
        Cv2.VConcat(channels, dst);
        Assert.Equal(new Size(2, 3), dst.Size());
        Cv2.ExtractChannel(image, dst, 1);
        Assert.Equal(2, dst.At<byte>(0, 0));
        Cv2.InsertChannel(channels[2], image, 1);
        Assert.Equal(new Vec3b(1, 3, 3), image.At<Vec3b>(0, 0));
        Array.ForEach(channels, channel => channel.Dispose());
    }

    [Fact]
    public void Looks_values_up_and_finds_those_that_are_not_zero()
    {
        using var image = Mat.FromArray(new byte[,] { { 0, 1, 255 } });
        using var table = new Mat(1, 256, MatType.CV_8UC1, Scalar.All(9));
        table.Set(0, 1, (byte)0);
        using var dst = new Mat();
        Cv2.LUT(image, table, dst);
        dst.GetArray(out byte[] values);
        Assert.Equal([9, 0, 9], values);
        using var where = new Mat();
        Cv2.FindNonZero(dst, where);
        where.GetArray(out Point[] points);
        Assert.Equal([new Point(0, 0), new Point(2, 0)], points);
    }

    [Fact]
    public void A_wave_has_one_line_in_its_spectrum_and_comes_back()
    {
        using var wave = Row(Enumerable.Range(0, 16).Select(i => (float)Math.Cos(2 * Math.PI * 3 * i / 16)).ToArray());
        using var spectrum = new Mat();
        Cv2.Dft(wave, spectrum, DftFlags.ComplexOutput);
        for (var k = 0; k < 16; k++)
            Assert.Equal(k is 3 or 13 ? 8 : 0, spectrum.At<Vec2f>(0, k).Item0, 1e-4);
        using var back = new Mat();
        Cv2.Idft(spectrum, back, DftFlags.Scale | DftFlags.RealOutput);
        Assert.True(Cv2.Norm(wave, back) < 1e-5);

        using var product = new Mat();
        Cv2.MulSpectrums(spectrum, spectrum, product, DftFlags.None, conjB: true);
        Assert.Equal(64, product.At<Vec2f>(0, 3).Item0, 1e-3);
        Assert.Equal(30, Cv2.GetOptimalDFTSize(29));
    }

    [Fact]
    public void Solves_inverts_and_multiplies_matrices()
    {
        using var a = Mat.FromArray(new double[,] { { 2, 0 }, { 1, 4 } });
        using var b = Mat.FromArray(6.0, 11.0);
        using var x = new Mat();
        Assert.True(Cv2.Solve(a, b, x));
        Assert.Equal((3.0, 2.0), (x.At<double>(0), x.At<double>(1)));
        using var inverse = new Mat();
        Cv2.Invert(a, inverse);
        using var product = new Mat();
        using var none = new Mat();
        Cv2.Gemm(a, inverse, 1, none, 0, product);
        product.GetArray(out double[] identity);
        Assert.Equal([1.0, 0.0, 0.0, 1.0], identity, (p, q) => Math.Abs(p - q) < 1e-12);
    }

    [Fact]
    public void Threads_can_be_limited()
    {
        var before = Cv2.GetNumThreads();
        Cv2.SetNumThreads(1);
        Assert.Equal(1, Cv2.GetNumThreads());
        Cv2.SetNumThreads(before);
    }
}

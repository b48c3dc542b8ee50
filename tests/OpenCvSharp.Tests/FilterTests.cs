namespace OpenCvSharp.Tests;

public class FilterTests
{
    [Fact]
    public void A_gaussian_of_sigma_1_spreads_an_impulse_by_its_own_formula()
    {
        using var impulse = new Mat(9, 9, MatType.CV_64FC1, Scalar.All(0));
        impulse.Set(4, 4, 1.0);
        using var smooth = new Mat();
        Cv2.GaussianBlur(impulse, smooth, new Size(7, 7), 1);

        var taps = Enumerable.Range(-3, 7).Select(i => Math.Exp(-i * i / 2.0)).ToArray();
        var sum = taps.Sum();
        for (var y = -3; y <= 3; y++)
            for (var x = -3; x <= 3; x++)
                Assert.Equal(taps[y + 3] * taps[x + 3] / (sum * sum), smooth.At<double>(4 + y, 4 + x), 12);

        using var kernel = Cv2.GetGaussianKernel(7, 1)!;
        kernel.GetArray(out double[] values);
        Assert.Equal(taps.Select(t => t / sum), values, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Otsu_finds_the_gap_between_two_peaks()
    {
        using var image = new Mat(10, 10, MatType.CV_8UC1, Scalar.All(200));
        using (var dark = image[new Rect(0, 0, 10, 3)])
            dark.SetTo(50);
        using var binary = new Mat();
        var threshold = Cv2.Threshold(image, binary, 0, 255, ThresholdTypes.Binary | ThresholdTypes.Otsu);
        Assert.InRange(threshold, 50, 199);
        Assert.Equal(70, Cv2.CountNonZero(binary));
        Assert.Equal(0, binary.At<byte>(2, 9));
        Assert.Equal(255, binary.At<byte>(3, 0));
    }

    [Fact]
    public void Gray_weighs_the_colours_as_rec_601_does()
    {
        using var image = new Mat(1, 1, MatType.CV_8UC3, Scalar.FromRgb(100, 150, 200));
        using var gray = new Mat();
        Cv2.CvtColor(image, gray, ColorConversionCodes.BGR2GRAY);
        Assert.Equal((byte)Math.Round(0.299 * 100 + 0.587 * 150 + 0.114 * 200), gray.At<byte>(0, 0));
    }

    [Fact]
    public void Means_medians_and_bilateral_filters_smooth()
    {
        using var image = new Mat(5, 5, MatType.CV_8UC1, Scalar.All(10));
        image.Set(2, 2, (byte)100);
        using var dst = new Mat();
        Cv2.Blur(image, dst, new Size(3, 3));
        Assert.Equal(20, dst.At<byte>(2, 2));
        Cv2.BoxFilter(image, dst, MatType.CV_32F, new Size(3, 3), normalize: false);
        Assert.Equal(180f, dst.At<float>(2, 2));
        Cv2.MedianBlur(image, dst, 3);
        Assert.Equal(10, dst.At<byte>(2, 2));
        Cv2.BilateralFilter(image, dst, 3, 10, 10);
        Assert.Equal(100, dst.At<byte>(2, 2));
    }

    [Fact]
    public void Convolves_with_a_kernel_of_ones_own_and_with_its_separable_twin()
    {
        using var image = Mat.FromArray(new float[,] { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 } });
        using var kernel = Mat.FromArray(new float[,] { { 0, 0, 0 }, { 1, 2, 3 }, { 0, 0, 0 } });
        using var direct = new Mat();
        Cv2.Filter2D(image, direct, -1, kernel);
        Assert.Equal(4 + 2 * 5 + 3 * 6, direct.At<float>(1, 1));

        using var kx = Mat.FromArray(1f, 2f, 3f);
        using var ky = Mat.FromArray(0f, 1f, 0f);
        using var separable = new Mat();
        Cv2.SepFilter2D(image, separable, -1, kx, ky);
        Assert.Equal(32f, separable.At<float>(1, 1));
    }

    [Fact]
    public void Derivatives_of_a_ramp_are_its_slope_and_its_second_derivative_nothing()
    {
        using var ramp = new Mat(5, 5, MatType.CV_32FC1);
        for (var i = 0; i < 25; i++)
            ramp.Set(i / 5, i % 5, 3f * (i % 5));
        using var dst = new Mat();
        Cv2.Sobel(ramp, dst, MatType.CV_32F, 1, 0);
        Assert.Equal(8 * 3f, dst.At<float>(2, 2));
        Cv2.Scharr(ramp, dst, MatType.CV_32F, 1, 0);
        Assert.Equal(32 * 3f, dst.At<float>(2, 2));
        Cv2.Laplacian(ramp, dst, MatType.CV_32F);
        Assert.Equal(0f, dst.At<float>(2, 2));
    }

    [Fact]
    public void Canny_marks_the_border_of_a_square_and_nothing_inside()
    {
        using var image = new Mat(20, 20, MatType.CV_8UC1, Scalar.All(0));
        Cv2.Rectangle(image, new Rect(5, 5, 10, 10), Scalar.White, -1);
        using var edges = new Mat();
        Cv2.Canny(image, edges, 50, 150);
        using var inside = edges[new Rect(7, 7, 6, 6)];
        Assert.InRange(Cv2.CountNonZero(edges), 30, 48);
        Assert.Equal(0, Cv2.CountNonZero(inside));
    }

    [Fact]
    public void An_adaptive_threshold_follows_the_light()
    {
        using var image = new Mat(11, 40, MatType.CV_8UC1);
        for (var x = 0; x < 40; x++)
            using (var column = image.Col(x))
                column.SetTo(40 + 4 * x);
        image.Set(5, 5, (byte)20);
        image.Set(5, 35, (byte)140);
        using var binary = new Mat();
        Cv2.AdaptiveThreshold(
            image, binary, 255, AdaptiveThresholdTypes.MeanC, ThresholdTypes.BinaryInv, 5, 10);
        Assert.Equal(2, Cv2.CountNonZero(binary));
    }

    [Fact]
    public void Counts_gray_values_in_a_histogram_and_levels_them()
    {
        using var image = Mat.FromArray(new byte[,] { { 0, 0, 10, 255 } });
        using var hist = new Mat();
        using var noMask = new Mat();
        Cv2.CalcHist([image], [0], noMask, hist, 1, [256], [new Rangef(0, 256)]);
        Assert.Equal((2f, 1f, 1f), (hist.At<float>(0), hist.At<float>(10), hist.At<float>(255)));
        using var equalized = new Mat();
        Cv2.EqualizeHist(image, equalized);
        equalized.GetArray(out byte[] values);
        Assert.Equal([0, 0, 128, 255], values);
    }

    [Fact]
    public void The_integral_holds_the_sum_above_and_left()
    {
        using var image = Mat.FromArray(new byte[,] { { 1, 2 }, { 3, 4 } });
        using var sum = new Mat();
        using var squares = new Mat();
        Cv2.Integral(image, sum, squares);
        Assert.Equal((10, 3), (sum.At<int>(2, 2), sum.At<int>(1, 2)));
        Assert.Equal(30.0, squares.At<double>(2, 2));
    }
}

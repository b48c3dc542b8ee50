namespace OpenCvSharp.Tests;

/// <summary>Counts what the native side has handed out; alone in its collection, for others would change the count.</summary>
[Collection(nameof(LiveObjectTests))]
[CollectionDefinition(nameof(LiveObjectTests), DisableParallelization = true)]
public class LiveObjectTests
{
    private static readonly byte[] Png = MakePng();

    private static byte[] MakePng()
    {
        using var image = new Mat(40, 60, MatType.CV_8UC3, Scalar.White);
        Cv2.Rectangle(image, new Rect(10, 10, 20, 15), Scalar.Black, -1);
        return image.ToBytes();
    }

    /// <summary>Matrices of other tests that nobody disposed must not be collected in the middle.</summary>
    private static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return NativeMethods.LiveCount;
    }

    [Fact]
    public void Every_disposed_matrix_and_list_is_given_back()
    {
        var before = Count();
        for (var i = 0; i < 20; i++)
        {
            using var image = Cv2.ImDecode(Png, ImreadModes.Color);
            using var gray = new Mat();
            Cv2.CvtColor(image, gray, ColorConversionCodes.BGR2GRAY);
            using var part = gray[new Rect(5, 5, 30, 30)];
            using var binary = new Mat();
            Cv2.Threshold(part, binary, 0, 255, ThresholdTypes.BinaryInv | ThresholdTypes.Otsu);
            using var labels = new Mat();
            using var stats = new Mat();
            using var centroids = new Mat();
            Cv2.ConnectedComponentsWithStats(binary, labels, stats, centroids);
            Cv2.FindContours(
                binary, out var contours, out _, RetrievalModes.External, ContourApproximationModes.ApproxSimple);
            Assert.Single(contours);
            Cv2.MinAreaRect(contours[0]).Points();
            Cv2.HoughLinesP(binary, 1, Math.PI / 180, 10, 5, 2);
            var channels = Cv2.Split(image);
            using var merged = new Mat();
            Cv2.Merge(channels, merged);
            Array.ForEach(channels, channel => channel.Dispose());
            using var kernel = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(3, 3));
            Cv2.MorphologyEx(binary, binary, MorphTypes.Open, kernel);
            Cv2.ImEncode(".png", binary, out _);
            Assert.True(NativeMethods.LiveCount > before);
        }

        Assert.Equal(before, NativeMethods.LiveCount);
    }

    [Fact]
    public void A_failing_call_leaves_nothing_behind()
    {
        var before = Count();
        using (var empty = new Mat())
        using (var dst = new Mat())
        {
            for (var i = 0; i < 20; i++)
                Assert.Throws<OpenCVException>(() => Cv2.CvtColor(empty, dst, ColorConversionCodes.BGR2GRAY));
            Assert.Throws<OpenCVException>(() => new Mat(-1, 5, MatType.CV_8UC1));
            Assert.Throws<OpenCVException>(() => Cv2.MedianBlur(empty, dst, 4));
        }

        Assert.Equal(before, Count());
    }

    [Fact]
    public void A_forgotten_matrix_is_given_back_by_its_finalizer()
    {
        var before = Count();
        Forget();
        Assert.Equal(before, Count());

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Forget()
        {
            for (var i = 0; i < 5; i++)
                _ = new Mat(10, 10, MatType.CV_8UC1);
        }
    }
}

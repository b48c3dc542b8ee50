namespace OpenCvSharp.Tests;

public class ErrorTests
{
    [Fact]
    public void A_failure_of_the_engine_carries_its_message_and_place()
    {
        using var empty = new Mat();
        using var dst = new Mat();
        var error = Assert.Throws<OpenCVException>(() => Cv2.CvtColor(empty, dst, ColorConversionCodes.BGR2GRAY));
        Assert.Equal(ErrorCode.StsAssert, error.Status);
        Assert.Equal("!_src.empty()", error.Message);
        Assert.Equal("cvtColor", error.FuncName);
        Assert.EndsWith("color.cpp", error.FileName, StringComparison.Ordinal);
        Assert.True(error.Line > 0);
    }

    [Fact]
    public void Each_thread_sees_its_own_failure()
    {
        Parallel.For(0, 64, i =>
        {
            using var mat = new Mat(2, 2, MatType.CV_8UC1);
            using var dst = new Mat();
            var error = i % 2 == 0
                ? Assert.Throws<OpenCVException>(() => Cv2.Resize(mat, dst, new Size(0, 0)))
                : Assert.Throws<OpenCVException>(() => Cv2.MedianBlur(mat, dst, 4));
            Assert.Equal(i % 2 == 0 ? "resize" : "medianBlur", error.FuncName);
        });
    }

    [Fact]
    public void Asking_for_more_memory_than_there_is_throws_and_does_not_crash()
    {
        var error = Assert.Throws<OpenCVException>(() => new Mat(int.MaxValue, int.MaxValue, MatType.CV_64FC4));
        Assert.NotEmpty(error.Message);
    }

    [Fact]
    public void No_matrix_where_one_is_needed_is_an_argument_error()
    {
        using var dst = new Mat();
        Assert.Throws<ArgumentNullException>(() => Cv2.Transpose((Mat)null!, dst));
        Assert.Throws<ArgumentNullException>(() => Cv2.ImDecode((byte[])null!, ImreadModes.Color));
    }

    [Fact]
    public void Nothing_to_join_is_an_argument_error()
    {
        using var dst = new Mat();
        Assert.Throws<ArgumentException>(() => Cv2.Merge([], dst));
        Assert.Throws<ArgumentException>(() => Cv2.HConcat([], dst));
    }

    [Fact]
    public void Says_which_engine_it_is() => Assert.StartsWith("4.", Cv2.GetVersionString(), StringComparison.Ordinal);
}

namespace OpenCvSharp.Tests;

public class CodecTests
{
    private static Mat Colours()
    {
        var image = new Mat(2, 3, MatType.CV_8UC3, Scalar.FromRgb(255, 0, 0));
        image.Set(1, 2, new Vec3b(10, 20, 30));
        return image;
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".bmp")]
    [InlineData(".tiff")]
    [InlineData(".webp")]
    public void A_lossless_picture_comes_back_as_it_was(string extension)
    {
        using var image = Colours();
        Assert.True(Cv2.ImEncode(extension, image, out var bytes));
        using var back = Cv2.ImDecode(bytes, ImreadModes.Color);
        back.GetArray(out Vec3b[] pixels);
        Assert.Equal(new Vec3b(0, 0, 255), pixels[0]);
        Assert.Equal(new Vec3b(10, 20, 30), pixels[5]);
    }

    [Fact]
    public void Lower_quality_makes_a_smaller_jpeg()
    {
        using var image = new Mat(64, 64, MatType.CV_8UC1);
        for (var i = 0; i < 64 * 64; i++)
            image.Set(i / 64, i % 64, (byte)(i * 31 % 251));
        Cv2.ImEncode(".jpg", image, out var good, new ImageEncodingParam(ImwriteFlags.JpegQuality, 95));
        Cv2.ImEncode(".jpg", image, out var bad, [(int)ImwriteFlags.JpegQuality, 10]);
        Assert.True(bad.Length < good.Length / 2, $"{bad.Length} of {good.Length} bytes");
    }

    [Fact]
    public void What_is_no_picture_decodes_to_an_empty_matrix()
    {
        using var mat = Cv2.ImDecode("plain text, renamed"u8, ImreadModes.Color);
        Assert.True(mat.Empty());
        Assert.Throws<ArgumentException>(() => Cv2.ImDecode([], ImreadModes.Color));
        using var missing = Cv2.ImRead("/nowhere/at-all.png");
        Assert.True(missing.Empty());
    }

    [Fact]
    public void An_unknown_extension_is_the_engines_error()
    {
        using var image = Colours();
        var error = Assert.Throws<OpenCVException>(() => Cv2.ImEncode(".ecg", image, out _));
        Assert.Contains("could not find encoder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_and_reads_a_file_with_its_colours_and_its_depth()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.png");
        try
        {
            using var deep = new Mat(1, 1, MatType.CV_16UC1, Scalar.All(1000));
            Assert.True(Cv2.ImWrite(path, deep));
            using var asIs = Cv2.ImRead(path, ImreadModes.Unchanged);
            using var gray = new Mat(path, ImreadModes.Grayscale);
            Assert.Equal(MatType.CV_16UC1, asIs.Type());
            Assert.Equal(1000, asIs.At<ushort>(0, 0));
            Assert.Equal(MatType.CV_8UC1, gray.Type());
            Assert.True(Cv2.ImReadMulti(path, out var pages));
            Assert.Single(pages).Dispose();
        }
        finally
        {
            File.Delete(path);
        }
    }
}

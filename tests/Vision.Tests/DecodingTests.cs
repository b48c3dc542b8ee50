using EcgImageWeb.Tests.Pages;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;

namespace Vision.Tests;

public class DecodingTests
{
    [Theory]
    [InlineData("progressive.jpg", "jpeg", 1)]
    [InlineData("cmyk.jpg", "jpeg", 1)]
    [InlineData("still.webp", "webp", 1)]
    [InlineData("animated.webp", "webp", 3)]
    [InlineData("animated.png", "png", 3)]
    [InlineData("animated.gif", "gif", 3)]
    [InlineData("pages.tif", "tiff", 3)]
    [InlineData("palette.png", "png", 1)]
    [InlineData("interlaced.png", "png", 1)]
    [InlineData("sixteen-bit.png", "png", 1)]
    [InlineData("sixteen-bit.tif", "tiff", 1)]
    [InlineData("alpha.png", "png", 1)]
    [InlineData("alpha.webp", "webp", 1)]
    [InlineData("animated-alpha.webp", "webp", 2)]
    [InlineData("plain.bmp", "bmp", 1)]
    public void Reads_the_four_fields_of_every_kind_of_file_as_8_bit_colour_over_white(string file, string format, int pages)
    {
        var page = Sample.Decoded(file);
        Assert.Equal((format, 1, pages), (page.Format, page.Page, page.Pages));
        Assert.Equal((64, 48, 3), (page.Pixels.Width, page.Pixels.Height, page.Pixels.Channels));
        AssertFields(page.Pixels, [(0, 0, 255), (0, 255, 0), (255, 0, 0), (255, 255, 255)]);
        Assert.Equal(pages > 1, page.Notes.Any(note => note.Code == "first-page-only"));
    }

    [Fact]
    public void Reads_a_later_page_of_a_tiff_and_the_last_one_where_there_are_fewer()
    {
        PageImage At(int page) => PageDecoder.Decode(Sample.Bytes("pages.tif"), DecodeLimits.Default, page, TestContext.Current.CancellationToken);

        Assert.Equal([(1, 3), (2, 3), (3, 3), (3, 3)], ((int[])[1, 2, 3, 7]).Select(page => (At(page).Page, At(page).Pages)));
        Assert.Equal("page-of-several", Assert.Single(At(2).Notes).Code);
        Assert.NotEqual(At(1).Pixels.Pixels, At(2).Pixels.Pixels);
        Assert.Equal(1, PageDecoder.Decode(Sample.Bytes("palette.png"), DecodeLimits.Default, 2, TestContext.Current.CancellationToken).Page);
    }

    [Theory]
    [InlineData("gray.jpg", 76, 150, 29)]
    [InlineData("bilevel.tif", -1, -1, -1)]
    public void Reads_gray_and_black_and_white_pictures_as_colour_pictures_without_colour(string file, int red, int green, int blue)
    {
        var pixels = Sample.Decoded(file).Pixels;
        Assert.Equal(3, pixels.Channels);
        Assert.All(Enumerable.Range(0, 64 * 48), i => Assert.True(pixels.Pixels[3 * i] == pixels.Pixels[(3 * i) + 1] && pixels.Pixels[3 * i] == pixels.Pixels[(3 * i) + 2]));
        if (red >= 0)
            AssertFields(pixels, [(red, red, red), (green, green, green), (blue, blue, blue), (255, 255, 255)]);
    }

    [Theory]
    [InlineData("orientation6.png")]
    [InlineData("orientation6.webp")]
    [InlineData("orientation6.tif")]
    public void Applies_the_orientation_of_other_formats_exactly_once(string file)
    {
        // 6: the picture is to be turned by a quarter clockwise; red goes from top left to top right.
        var pixels = Sample.Decoded(file).Pixels;
        Assert.Equal((48, 64), (pixels.Width, pixels.Height));
        AssertFields(pixels, [(255, 0, 0), (0, 0, 255), (255, 255, 255), (0, 255, 0)]);
    }

    [Theory]
    [InlineData(1, 0, 1, 2, 3)]
    [InlineData(2, 1, 0, 3, 2)]
    [InlineData(3, 3, 2, 1, 0)]
    [InlineData(4, 2, 3, 0, 1)]
    [InlineData(5, 0, 2, 1, 3)]
    [InlineData(6, 2, 0, 3, 1)]
    [InlineData(7, 3, 1, 2, 0)]
    [InlineData(8, 1, 3, 0, 2)]
    public void Turns_a_photograph_as_its_eight_exif_orientations_say(byte orientation, params int[] fields)
    {
        (int, int, int)[] stored = [(0, 0, 255), (0, 255, 0), (255, 0, 0), (255, 255, 255)];
        var page = PageDecoder.Decode(PictureMaker.WithOrientation(Sample.Bytes("progressive.jpg"), orientation), DecodeLimits.Default, TestContext.Current.CancellationToken);
        Assert.Equal(orientation >= 5 ? (48, 64) : (64, 48), (page.Pixels.Width, page.Pixels.Height));
        AssertFields(page.Pixels, [.. fields.Select(i => stored[i])]);
        Assert.Equal(orientation != 1, page.Notes.Any(note => note.Code == "orientation-applied"));
    }

    [Fact]
    public void Refuses_an_empty_file() => Assert.Equal(RefusalCode.Empty, Sample.Refused([]).Code);

    [Fact]
    public void Refuses_a_file_over_the_limit_before_looking_inside()
    {
        var refusal = Assert.Throws<RefusalException>(() => PageDecoder.Decode(new byte[1001], new DecodeLimits(MaxBytes: 1000), TestContext.Current.CancellationToken));
        Assert.Equal(RefusalCode.TooLarge, refusal.Code);
    }

    [Theory]
    [InlineData(50_000, 50_000)]
    [InlineData(1, 500_000_000)]
    [InlineData(500_000_000, 1)]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    [InlineData(70_000, 10)]
    public void Refuses_a_png_whose_header_claims_more_pixels_than_the_limit(uint width, uint height)
    {
        var file = PictureMaker.Png(width, height, new byte[3000]);
        Assert.True(file.Length < 4000);
        var before = GC.GetTotalAllocatedBytes();
        Assert.Equal(RefusalCode.TooManyPixels, Sample.Refused(file).Code);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 1_000_000, "refused by its header alone");
    }

    [Fact]
    public void Takes_the_limit_in_pixels_from_the_settings()
    {
        var limits = new DecodeLimits(MaxPixels: (64 * 48) - 1);
        foreach (var file in new[] { "progressive.jpg", "palette.png", "still.webp", "animated.webp", "pages.tif", "plain.bmp", "animated.gif" })
            Assert.Equal(RefusalCode.TooManyPixels, Assert.Throws<RefusalException>(() => PageDecoder.Decode(Sample.Bytes(file), limits, TestContext.Current.CancellationToken)).Code);
    }

    [Theory]
    [InlineData("progressive.jpg")]
    [InlineData("cmyk.jpg")]
    [InlineData("gray.jpg")]
    [InlineData("palette.png")]
    [InlineData("interlaced.png")]
    [InlineData("sixteen-bit.png")]
    [InlineData("animated.png")]
    [InlineData("still.webp")]
    [InlineData("animated.webp")]
    [InlineData("alpha.webp")]
    [InlineData("pages.tif")]
    [InlineData("bilevel.tif")]
    [InlineData("plain.bmp")]
    [InlineData("animated.gif")]
    public void Refuses_a_file_that_was_cut_anywhere_instead_of_showing_half_of_it(string file)
    {
        var whole = Sample.Bytes(file);
        // A file of a few bytes may not even be recognised; from then on every cut is damage, but for the TIFF's padding.
        var needed = file == "pages.tif" ? whole.Length - 18 : whole.Length;
        for (var length = 1; length < needed; length += 1 + (whole.Length / 60))
        {
            var code = Sample.Refused(whole[..length]).Code;
            Assert.True(code == RefusalCode.Damaged || (length < 16 && code == RefusalCode.NotAnImage), $"{length} of {whole.Length} bytes: {code}");
        }

        Assert.Equal(RefusalCode.Damaged, Sample.Refused(whole[..(needed - 1)]).Code);
    }

    [Fact]
    public void Refuses_a_truncated_report()
    {
        var whole = Sample.Bytes("report-mi-0008.jpg");
        Assert.Equal(RefusalCode.Damaged, Sample.Refused(whole[..(whole.Length / 2)]).Code);
        Assert.Equal(RefusalCode.Damaged, Sample.Refused([.. whole.AsSpan(0, whole.Length / 2), .. new byte[whole.Length / 2]]).Code);
    }

    [Fact]
    public void Refuses_a_png_with_a_flipped_bit_and_one_that_lacks_rows()
    {
        var flipped = Sample.Bytes("interlaced.png");
        flipped[^30] ^= 1;
        Assert.Equal(RefusalCode.Damaged, Sample.Refused(flipped).Code);
        Assert.Equal(RefusalCode.Damaged, Sample.Refused(PictureMaker.Png(100, 100, new byte[101 * 99])).Code);
        Assert.Equal(100, PageDecoder.Decode(PictureMaker.Png(100, 100, new byte[101 * 100]), DecodeLimits.Default, TestContext.Current.CancellationToken).Pixels.Width);
    }

    [Theory]
    [InlineData("Dear doctor, the page is attached.")]
    [InlineData("PK\u0003\u0004 something zipped")]
    [InlineData("BM and more text that only begins like a bitmap")]
    [InlineData("GIF, but not quite")]
    public void Refuses_text_that_was_renamed_to_a_picture(string text) =>
        Assert.Equal(RefusalCode.NotAnImage, Sample.Refused(System.Text.Encoding.UTF8.GetBytes(text)).Code);

    [Theory]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0", "HEIC")]
    [InlineData("\0\0\0\u0018ftypavif\0\0\0\0", "AVIF")]
    [InlineData("\0\0\0\fjP  \r\n", "JPEG 2000")]
    [InlineData("<?xml version=\"1.0\"?><svg xmlns=\"x\"/>", "SVG")]
    [InlineData("8BPS\0\u0001", "Photoshop")]
    public void Refuses_known_formats_that_are_not_read_by_their_name(string start, string name)
    {
        var refusal = Sample.Refused(System.Text.Encoding.Latin1.GetBytes(start));
        Assert.Equal(RefusalCode.Unsupported, refusal.Code);
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_by_content_and_notes_an_ending_that_says_otherwise()
    {
        Assert.Equal("png", Sample.Decoded("palette.png").Format);
        Assert.Equal("ending-differs", PageDecoder.EndingNote("page.JPG", "png")?.Code);
        Assert.Null(PageDecoder.EndingNote("page.JPEG", "jpeg"));
        Assert.Null(PageDecoder.EndingNote("page", "jpeg"));
    }

    [Fact]
    public void Knows_the_size_of_a_page_without_decoding_it()
    {
        var header = PageDecoder.Identify(Sample.Bytes("report-mi-0008.jpg"));
        Assert.Equal(new ImageHeader("jpeg", 2213, 1572, 3, 8), header);
        Assert.Equal((2213, 1572), (PageDecoder.Identify(Sample.Bytes("report-abnormal-0018.webp")).Width, PageDecoder.Identify(Sample.Bytes("report-abnormal-0018.webp")).Height));
    }

    [Fact]
    public void Answers_random_and_mutilated_bytes_with_a_page_or_a_refusal_and_nothing_else()
    {
        var random = new Random(7);
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "samples")).Where(f => new FileInfo(f).Length < 5000))
        {
            var whole = File.ReadAllBytes(file);
            for (var i = 0; i < 60; i++)
            {
                var bytes = (byte[])whole.Clone();
                for (var k = random.Next(1, 6); k > 0; k--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                try
                {
                    var page = PageDecoder.Decode(bytes, new DecodeLimits(MaxPixels: 1_000_000), TestContext.Current.CancellationToken);
                    Assert.Equal(page.Pixels.Width * page.Pixels.Height * 3, page.Pixels.Pixels.Length);
                }
                catch (RefusalException refusal)
                {
                    Assert.NotEmpty(refusal.Message);
                }
            }
        }
    }

    [Fact]
    public void Stops_when_the_person_has_gone()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => PageDecoder.Decode(Sample.Bytes("palette.png"), DecodeLimits.Default, source.Token));
    }

    [Fact]
    public void A_drawn_page_comes_back_from_a_png_pixel_for_pixel()
    {
        var drawn = ReportPage.Draw().Pixels;
        Assert.Equal(drawn.Pixels, PageDecoder.Decode(ReportPage.Encode(drawn), DecodeLimits.Default, TestContext.Current.CancellationToken).Pixels.Pixels);
    }

    private static void AssertFields(Raster pixels, (int B, int G, int R)[] fields)
    {
        for (var i = 0; i < 4; i++)
        {
            var at = (((pixels.Height * (1 + (2 * (i / 2))) / 4) * pixels.Width) + (pixels.Width * (1 + (2 * (i % 2))) / 4)) * 3;
            var (b, g, r) = fields[i];
            int[] difference = [Math.Abs(pixels.Pixels[at] - b), Math.Abs(pixels.Pixels[at + 1] - g), Math.Abs(pixels.Pixels[at + 2] - r)];
            Assert.True(difference.Max() <= 6, $"field {i}: {pixels.Pixels[at]}, {pixels.Pixels[at + 1]}, {pixels.Pixels[at + 2]}, not {b}, {g}, {r}");
        }
    }
}

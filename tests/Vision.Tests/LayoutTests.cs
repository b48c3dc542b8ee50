using EcgImageWeb.Tests.Pages;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Layout;
using OpenCvSharp;

namespace Vision.Tests;

public class LayoutTests
{
    private static readonly string[] Keys = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6", "rhythm"];

    [Fact]
    public void Finds_thirteen_leads_in_reading_order_with_their_times_by_the_frame()
    {
        var (page, layout) = Sample.Found(ReportPage.Draw().Pixels);
        Assert.Equal(("3x4+1", "frame", false), (layout.Name, layout.From, layout.ColumnsSimultaneous));
        Assert.Equal(Keys, layout.Leads.Select(lead => lead.Key));
        Assert.Equal([0, 0, 0, 2.5, 2.5, 2.5, 5, 5, 5, 7.5, 7.5, 7.5, 0], layout.Leads.Select(lead => lead.StartS));
        Assert.Equal(10, layout.Leads[^1].EndS);
        Assert.True(layout.Leads[^1].IsRhythm);
        Assert.InRange(layout.Confidence, 0.9, 1);
        Assert.Equal(7.874, page.PxPerMmX, 3);
        Assert.Equal(152.5, layout.TimeZeroX, 3);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(0.55)]
    [InlineData(1.37)]
    [InlineData(2)]
    public void A_resized_page_has_its_boxes_resized_to_two_pixels(double factor)
    {
        var drawn = ReportPage.Draw(seed: 3).Pixels;
        var whole = Sample.Found(drawn).Layout;
        var (page, layout) = Sample.Found(PictureMaker.Resized(drawn, factor));
        Assert.Equal(7.874 * factor, page.PxPerMmX, 0.01 * factor);
        foreach (var (expected, found) in whole.Leads.Zip(layout.Leads))
        {
            var tolerance = Math.Max(2, 2 * factor);
            Assert.Equal(expected.Box.X * factor, found.Box.X, tolerance);
            Assert.Equal(expected.Box.Y * factor, found.Box.Y, tolerance);
            Assert.Equal((expected.Box.X + expected.Box.Width) * factor, found.Box.X + found.Box.Width, tolerance);
            Assert.Equal((expected.Box.Y + expected.Box.Height) * factor, found.Box.Y + found.Box.Height, tolerance);
        }
    }

    [Fact]
    public void A_gray_page_has_the_boxes_of_the_coloured_one()
    {
        var drawn = ReportPage.Draw(seed: 4).Pixels;
        Assert.Equal(Sample.Found(drawn).Layout.Leads, Sample.Found(EcgImageWeb.Vision.Gray.Of(drawn)).Layout.Leads);
    }

    [Theory]
    [InlineData(50, 60, 2140, 1480)]
    [InlineData(90, 200, 2050, 1340)]
    public void A_cropped_page_has_its_boxes_moved(int x, int y, int width, int height)
    {
        var drawn = ReportPage.Draw(seed: 5).Pixels;
        var whole = Sample.Found(drawn).Layout;
        var cropped = Sample.Found(PictureMaker.Cropped(drawn, x, y, width, height)).Layout;
        foreach (var (expected, found) in whole.Leads.Zip(cropped.Leads))
        {
            Assert.Equal(expected.Box.X - x, found.Box.X, 2.0);
            Assert.Equal(expected.Box.Y - y, found.Box.Y, 2.0);
        }
    }

    [Theory]
    [InlineData(RotateFlags.Rotate90Clockwise, 90)]
    [InlineData(RotateFlags.Rotate90Counterclockwise, 270)]
    [InlineData(RotateFlags.Rotate180, 180)]
    public void A_page_on_its_side_or_head_is_turned_and_says_so(RotateFlags turn, double rotation)
    {
        var drawn = ReportPage.Draw(seed: 6).Pixels;
        var (page, layout) = Sample.Found(PictureMaker.Changed(drawn, (from, to) => Cv2.Rotate(from, to, turn)));
        Assert.Equal(rotation, page.RotationDeg);
        Assert.Equal(drawn.Pixels, page.Pixels.Pixels);
        Assert.Contains(page.Notes, note => note.Code == "page-turned");
        Assert.Equal(Sample.Found(drawn).Layout.Leads, layout.Leads);
        // The page's top left lies at another corner of the picture.
        Assert.Equal(turn switch { RotateFlags.Rotate90Clockwise => new PixelPoint(1572, 0), RotateFlags.Rotate180 => new PixelPoint(2213, 1572), _ => new PixelPoint(0, 2213) }, page.Corners[0]);
    }

    [Theory]
    [InlineData("II", 1)]
    [InlineData("III", 2)]
    public void Reads_which_lead_the_long_strip_shows(string rhythm, int seed)
    {
        var strip = Sample.Found(ReportPage.Draw(seed, rhythm).Pixels).Layout.Leads[^1];
        Assert.Equal((rhythm, "text", "rhythm"), (strip.Name, strip.NameFrom, strip.Key));
    }

    [Fact]
    public void Boxes_grow_with_traces_that_swing_into_the_next_row_and_miss_none_of_them()
    {
        var layout = Sample.Found(ReportPage.Draw(seed: 2, gain: 1.6).Pixels).Layout;
        Assert.Contains(layout.Leads, lead => lead.Box.Height > 310);
        var found = BoxCoverage.Measure(layout);
        var known = BoxCoverage.Measure(layout, BoxCoverage.PublicBoxes(layout));
        Assert.InRange(found.ShareOutsideOwnBox, 0, 0.002);
        Assert.True(known.OutsideOwnBox > 50 && known.OutsideOwnBox > 10 * found.OutsideOwnBox, $"{known.OutsideOwnBox} and {found.OutsideOwnBox}");
        Assert.True(found.OutsideEveryBox <= found.OutsideOwnBox);
    }

    [Theory]
    [InlineData("report-mi-0008.jpg", "III")]
    [InlineData("report-abnormal-0018.webp", "II")]
    [InlineData("report-normal-0101.webp", "II")]
    public void Finds_real_reports_and_keeps_all_of_their_traces(string file, string rhythm)
    {
        var layout = Sample.Found(Sample.Decoded(file).Pixels).Layout;
        Assert.Equal(("frame", rhythm), (layout.From, layout.Leads[^1].Name));
        Assert.InRange(BoxCoverage.Measure(layout).ShareOutsideOwnBox, 0, 0.003);
    }

    [Fact]
    public void A_photograph_taken_sideways_gives_the_layout_of_the_upright_page()
    {
        var jpeg = Sample.Bytes("report-mi-0008.jpg");
        var upright = Sample.Found(Sample.Decoded("report-mi-0008.jpg").Pixels).Layout;
        var stored = PictureMaker.Changed(Sample.Decoded("report-mi-0008.jpg").Pixels, (from, to) => Cv2.Rotate(from, to, RotateFlags.Rotate90Counterclockwise));
        var sideways = PictureMaker.WithOrientation(ReportPage.Encode(stored, ".jpg"), 6);
        var page = EcgImageWeb.Vision.Decoding.PageDecoder.Decode(sideways, EcgImageWeb.Vision.Decoding.DecodeLimits.Default, TestContext.Current.CancellationToken);
        Assert.NotEqual(jpeg.Length, sideways.Length);
        foreach (var (expected, found) in upright.Leads.Zip(Sample.Found(page.Pixels).Layout.Leads))
        {
            Assert.Equal(expected.Box.X, found.Box.X, 2.0);
            Assert.Equal(expected.Box.Y, found.Box.Y, 2.0);
        }
    }

    [Fact]
    public void Refuses_a_photograph_of_a_cat_with_a_helpful_sentence()
    {
        var refusal = Sample.NotFound(Sample.Decoded("cat.jpg").Pixels);
        Assert.Equal(RefusalCode.NotAnEcg, refusal.Code);
        Assert.Contains("does not look like an ECG", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2213, 1572, 255)]
    [InlineData(2213, 1572, 0)]
    [InlineData(1, 1, 255)]
    [InlineData(3, 2000, 128)]
    [InlineData(20000, 3, 255)] // a millimetre of it is more than its height
    public void Refuses_a_blank_page_of_any_size(int width, int height, byte level) =>
        Assert.Equal(RefusalCode.NotAnEcg, Sample.NotFound(PictureMaker.Blank(width, height, level)).Code);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Refuses_noise(int seed)
    {
        var noise = PictureMaker.Blank(2213, 1572);
        new Random(seed).NextBytes(noise.Pixels);
        Assert.Equal(RefusalCode.NotAnEcg, Sample.NotFound(noise).Code);
    }

    [Fact]
    public void Refuses_a_page_of_text_of_the_reports_own_size()
    {
        var text = PictureMaker.Changed(PictureMaker.Blank(2213, 1572), (from, to) =>
        {
            from.CopyTo(to);
            for (var line = 0; line < 36; line++)
                Cv2.PutText(to, "The heart rate was 72 beats per minute, line " + line, new Point(100, 60 + (line * 42)), HersheyFonts.HersheySimplex, 1.4, new Scalar(0, 0, 0), 2);
        });
        Assert.Equal(RefusalCode.NotAnEcg, Sample.NotFound(text).Code);
    }

    [Fact]
    public void Refuses_a_line_chart_and_three_equal_lines()
    {
        var chart = PictureMaker.Changed(PictureMaker.Blank(1600, 1000), (from, to) =>
        {
            from.CopyTo(to);
            for (var i = 0; i <= 8; i++)
            {
                Cv2.Line(to, 100, 100 + (i * 100), 1500, 100 + (i * 100), new Scalar(200, 200, 200));
                Cv2.Line(to, 100 + (i * 175), 100, 100 + (i * 175), 900, new Scalar(200, 200, 200));
            }

            for (var x = 100; x < 1500; x++)
                Cv2.Line(to, x, (int)(500 + (300 * Math.Sin(x / 60.0))), x + 1, (int)(500 + (300 * Math.Sin((x + 1) / 60.0))), new Scalar(0, 0, 200), 3);
        });
        Assert.Equal(RefusalCode.NotAnEcg, Sample.NotFound(chart).Code);

        var lines = PictureMaker.Changed(PictureMaker.Blank(2213, 1572), (from, to) =>
        {
            from.CopyTo(to);
            foreach (var x in new[] { 643, 1135, 1627 })
                Cv2.Rectangle(to, new Rect(x, 420, 3, 690), new Scalar(0, 0, 0), -1);
        });
        Assert.Equal(RefusalCode.NotAnEcg, Sample.NotFound(lines).Code);
    }

    [Theory]
    [InlineData(2500, 1800, 6)]
    [InlineData(9000, 6000, 3)]
    [InlineData(20_000, 300, 4)]
    public void Refuses_barcodes_and_fine_rulings_of_any_size_in_a_second(int width, int height, int period)
    {
        var bars = PictureMaker.Blank(width, height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                if (x % period == 0 || (y % period == 0 && period == 3))
                    bars.Pixels.AsSpan(((y * width) + x) * 3, 3).Clear();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.True(Sample.NotFound(bars).Code is RefusalCode.NotAnEcg or RefusalCode.NoLayout);
        // Measured 0.2 to 1.1 s; the room is for busy machines and debug builds.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(17)]
    public void Says_that_tilted_ecg_paper_must_be_straight(double degrees)
    {
        var tilted = PictureMaker.Changed(Paper(2213, 1572, 8), (from, to) =>
        {
            using var turn = Cv2.GetRotationMatrix2D(new Point2f(1106, 786), degrees, 0.9);
            Cv2.WarpAffine(from, to, turn, new Size(2213, 1572), InterpolationFlags.Linear, BorderTypes.Constant, new Scalar(90, 90, 90));
        });
        Assert.Equal(RefusalCode.NoLayout, Sample.NotFound(tilted).Code);
    }

    [Fact]
    public void Says_that_ecg_paper_without_leads_has_no_layout()
    {
        var page = Sample.Upright(Paper(1600, 1000, 6));
        Assert.Equal("grid", page.ScaleFrom);
        Assert.Equal(6, page.PxPerMmX, 2);
        Assert.Equal(6, page.PxPerMmY, 2);
        Assert.Equal(RefusalCode.NoLayout, Sample.NotFound(page.Pixels).Code);
    }

    /// <summary>Ruled paper, pink on white, every fifth line stronger.</summary>
    private static Raster Paper(int width, int height, int pxPerMm) => PictureMaker.Changed(PictureMaker.Blank(width, height), (from, to) =>
    {
        from.CopyTo(to);
        for (var i = 0; i * pxPerMm < Math.Max(width, height); i++)
        {
            var colour = i % 5 == 0 ? new Scalar(120, 120, 240) : new Scalar(190, 190, 250);
            Cv2.Line(to, i * pxPerMm, 0, i * pxPerMm, height - 1, colour);
            Cv2.Line(to, 0, i * pxPerMm, width - 1, i * pxPerMm, colour);
        }
    });
}

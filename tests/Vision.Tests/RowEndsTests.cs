using EcgImageWeb.Signal;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Synthesis;
using EcgImageWeb.Vision.Tracing;
using OpenCvSharp;

namespace Vision.Tests;

/// <summary>Where rows and columns begin though something hides it.</summary>
public class RowEndsTests
{
    private static readonly CanvasScale Scale = new(4, 4);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, true), InlineData(1, true), InlineData(2, false)]
    public void A_pen_hides_one_gap_between_four_columns_and_not_two(int hidden, bool found)
    {
        using var drawn = new Mat(300, 1100, MatType.CV_8UC1, Scalar.All(255));
        int[] baselines = [60, 150, 240];
        foreach (var y in baselines)
            for (var column = 0; column < 4; column++)
                Cv2.Line(drawn, new Point(20 + (262 * column), y), new Point(20 + (262 * column) + 250, y + 1), Scalar.All(0), 2);
        for (var k = 0; k < hidden; k++)
            Cv2.Polylines(drawn, [Enumerable.Range(0, 9).Select(i => new Point(20 + (262 * (3 - k)) - 26 + (5 * i), 52 + (i % 2))).ToArray()], false, Scalar.All(0), 2);
        var mask = Ink(drawn);
        var columns = ColumnGaps.Of(mask, InkBlobs.Of(mask), new TraceRows([60, 150, 240], 20, 1057), Scale).Columns(0, 3, 4);
        Assert.Equal(found, columns is not null);
        if (columns is var (left, pitch, width))
        {
            Assert.Equal(20, left, 2.0);
            Assert.Equal(262, pitch, 2.0);
            Assert.Equal(250, width, 3.0);
        }
    }

    [Theory]
    [InlineData(2, true, 60), InlineData(2, false, 84), InlineData(6, true, 84)]
    public void A_first_beat_in_pieces_is_no_blank_paper(int apart, bool inPieces, int edge)
    {
        int[] baselines = [80, 160, 240];
        using var drawn = new Mat(300, 900, MatType.CV_8UC1, Scalar.All(255));
        foreach (var y in baselines)
        {
            Cv2.Polylines(drawn, [new Point[] { new(20, y), new(25, y), new(25, y - 40), new(45, y - 40), new(45, y), new(50, y) }], false, Scalar.All(0), 2);
            Cv2.Polylines(drawn, [Enumerable.Range(0, 78).Select(i => new Point(84 + (10 * i), y - (i % 3))).ToArray()], false, Scalar.All(0), 2);
            // A beat of which strokes and flat parts do not touch.
            for (int right = 84 - apart, i = 0; right > 60; right -= 6 + apart, i++)
                Cv2.Rectangle(drawn, new Point(Math.Max(60, right - 6), y - (6 * (i % 3))), new Point(right - 1, y - (6 * (i % 3)) + 2), Scalar.All(0), -1);
        }

        var mask = Ink(drawn);
        var pulses = PulseFinder.Between(mask, 10, 60, Scale);
        Assert.Equal(3, pulses.Count);
        Assert.Equal(edge, PulseGap.Edge(mask, InkBlobs.Of(mask), new TraceRows([80, 160, 240], 20, 860), pulses, false, Scale, inPieces)!.Value, 1.8);
    }

    [Fact]
    public void Traces_begin_behind_the_blank_paper_beside_their_pulses_however_long_rows_seem()
    {
        var design = FormatTests.Design(PageFormat.Named("12x1")) with { Pulse = PulsePlace.Left, PxPerMmX = 5, PxPerMmY = 5 };
        using var page = FormatTests.Drawn(design).Picture.ToMat();
        // Half a second of line behind each trace.
        for (var row = 0; row < 12; row++)
            Cv2.Rectangle(page, new Point(25 * 5, RowY(design, row) - 30), new Point((25 * 5) + 2, RowY(design, row) + 30), new Scalar(255, 255, 255), -1);
        for (var row = 0; row < 12; row++)
            Cv2.Line(page, new Point(275 * 5, RowY(design, row)), new Point(280 * 5, RowY(design, row)), Scalar.All(0), 2);
        Assert.Equal(25 * 5, Found(page.ToRaster(), design).TimeZeroX, 6.0);
    }

    /// <summary>Faded under their names, rows lack little of ten seconds; but names beside the first beats of a shorter row do not make it longer.</summary>
    [Theory]
    [InlineData(4, 25), InlineData(12, 37)]
    public void Rows_that_lack_little_of_ten_seconds_begin_where_their_names_do(double fadedMm, double beginMm)
    {
        var design = FormatTests.Design(PageFormat.Named("12x1")) with { Pulse = PulsePlace.None, PxPerMmX = 5, PxPerMmY = 5 };
        var page = FormatTests.Drawn(design);
        using var faded = page.Picture.ToMat();
        for (var row = 0; row < 12; row++)
        {
            var y = RowY(design, row);
            Cv2.Rectangle(faded, new Point(120, y - 6), new Point((int)((25 + fadedMm) * 5), y + 20), new Scalar(255, 255, 255), -1);
        }

        Assert.Equal(beginMm * 5, Found(faded.ToRaster(), design).TimeZeroX, 5.0);
    }

    [Fact]
    public void Names_that_one_look_at_a_page_hides_are_those_of_another()
    {
        var design = FormatTests.Design(PageFormat.Named("6x2")) with { PxPerMmX = 5, PxPerMmY = 5 };
        var page = FormatTests.Drawn(design).Picture;
        var colours = TraceCanvas.Of(page, 5, 5);
        var scale = new CanvasScale(5 / colours.ScaleX, 5 / colours.ScaleY);
        var canvas = colours with { Gray = EvenPaper.Of(colours.Gray, scale.X) };
        var named = Sheet.Of(canvas, scale, SheetFinder.Threshold(canvas.Gray, SheetFinder.UsualInk), [], Ct);
        Assert.Equal(12, named.Fits[0].Confirmed.For);
        var hidden = named with { Words = [], Fits = FormatFit.All(named.Rows, ColumnGaps.Of(named.Mask, InkBlobs.Of(named.Mask), named.Rows, scale), [], scale) };
        Assert.Equal(0, hidden.Fits[0].Confirmed.For);
        Assert.Equal(("6x2", 12), (hidden.WithWordsOf(named).Fits[0].Format.Name, hidden.WithWordsOf(named).Fits[0].Confirmed.For));
    }

    /// <summary>A row's zero line at 5 pixels a millimetre.</summary>
    private static int RowY(PageDesign design, int row) => (int)((design.TopMm + (design.RowMm * row)) * 5);

    /// <summary>Two looks agree on the names: the one with rows of ten seconds saw all of them.</summary>
    [Fact]
    public void Of_two_looks_with_the_same_names_the_one_with_rows_of_ten_seconds_counts()
    {
        var design = FormatTests.Design(PageFormat.Named("3x4+1")) with { PxPerMmX = 5, PxPerMmY = 5 };
        var colours = TraceCanvas.Of(FormatTests.Drawn(design).Picture, 5, 5);
        var scale = new CanvasScale(5 / colours.ScaleX, 5 / colours.ScaleY);
        var canvas = colours with { Gray = EvenPaper.Of(colours.Gray, scale.X) };
        var whole = Sheet.Of(canvas, scale, SheetFinder.Threshold(canvas.Gray, SheetFinder.UsualInk), [], Ct);
        var cut = whole with { Rows = whole.Rows with { Right = whole.Rows.Right - (17 * scale.X) }, Fits = [whole.Fits[0] with { Score = whole.Fits[0].Score + 3 }, .. whole.Fits.Skip(1)] };
        Assert.True(whole.IsUsual && !cut.IsUsual);
        Assert.Same(whole, SheetFinder.Likelier(whole, cut));
        Assert.Same(whole, SheetFinder.Likelier(cut, whole));
        // Names that only the other one reads are not lost.
        var unsure = whole with { Words = [.. whole.Words.Take(whole.Words.Count / 2)] };
        unsure = unsure with { Fits = [whole.Fits[0] with { Names = [.. whole.Fits[0].Names.Select((name, i) => i % 12 < 6 ? name : default)] }, .. whole.Fits.Skip(1)] };
        Assert.False(unsure.Fits[0].IsSure);
        var likelier = SheetFinder.Likelier(cut, unsure);
        Assert.True(likelier.IsUsual && likelier.Fits[0].IsSure);
    }

    /// <summary>One lead that does not add up for half of the time does not outweigh six names.</summary>
    [Fact]
    public void Twelve_names_that_were_read_do_not_give_way_to_six()
    {
        var design = FormatTests.Design(PageFormat.Named("12x1")) with { PxPerMmX = 5, PxPerMmY = 5 };
        LeadSignal[] beats = [.. FormatTests.Beats(1).Select(lead => lead.Name == "aVF" ? lead with { Mv = [.. lead.Mv.Select((mv, i) => i > lead.Mv.Length / 2 ? -mv : mv)] } : lead)];
        Assert.Equal("12x1", Found(PageGenerator.Generate(beats, design, PageWear.None, 1, Ct).Picture, design).Name);
    }

    [Fact]
    public void Rows_whose_greater_part_is_pale_under_glare_are_looked_for_again()
    {
        var design = FormatTests.Design(PageFormat.Named("6x1-chest")) with { Pulse = PulsePlace.None, PxPerMmX = 5, PxPerMmY = 5, Grid = new GridDesign(GridKind.None, Colour.Of(0xFFFFFF), Colour.Of(0xFFFFFF), Colour.Of(0xFFFFFF), 0.12, 0.25, true) };
        var picture = FormatTests.Drawn(design).Picture;
        Raster glare = picture with { Pixels = [.. picture.Pixels.Select((level, i) => i / 3 % picture.Width > 130 * 5 ? (byte)(255 - ((255 - level) * 35 / 100)) : level)] };
        Assert.All(Found(glare, design).Leads, lead => Assert.Equal(1250, lead.Box.Width, 15.0));
    }

    private static InkMask Ink(Mat drawn) => InkMask.Of(new TraceCanvas(drawn.ToRaster(), 1, 1, 0, 0), null, 0.5);

    private static PageLayout Found(Raster picture, PageDesign design) => LayoutFinder.Find(new UprightPage(picture, 0, [], design.PxPerMmX, design.PxPerMmY, "grid", []), Ct);
}

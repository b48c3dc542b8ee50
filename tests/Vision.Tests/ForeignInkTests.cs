using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Tracing;
using OpenCvSharp;

namespace Vision.Tests;

public sealed class ForeignInkTests
{
    private const double PxPerMm = 8;

    private const int Row = 150;

    private static readonly Scalar Black = new(40, 40, 40), Gray = new(130, 130, 130), Blue = new(128, 42, 26), Red = new(190, 190, 250);

    /// <summary>Ink of the traces' colour is theirs however it runs; another colour is a pen's, and so is what is much darker, unless it is as short as a QRS complex.</summary>
    public static TheoryData<string, Scalar, Scalar, int, bool> Strokes => new()
    {
        { "blue on black", Black, Blue, 100, true },
        { "black on black", Black, Black, 100, false },
        { "black on gray", Gray, Black, 100, true },
        { "gray on black", Black, Gray, 100, false },
        { "short black on gray", Gray, Black, 24, false },
    };

    [Theory]
    [MemberData(nameof(Strokes))]
    public void What_a_pen_wrote_in_another_colour_is_no_traces_ink(string what, Scalar trace, Scalar pen, int length, bool isForeign)
    {
        var (ink, foreign) = Without(trace, drawn => Cv2.Line(drawn, new Point(200, 54), new Point(200 + length, 66), pen, 4));
        Assert.True(isForeign == foreign?[(60 * ink.Width) + 200 + (length / 2)] is true, what);
        Assert.InRange(ink.Amount[(60 * ink.Width) + 200 + (length / 2)], isForeign ? 0 : 0.5f, isForeign ? 0.25f : 1);
        Assert.All(Enumerable.Range(40, 420), x => Assert.InRange(ink.Amount[(Row * ink.Width) + x], 0.8f, 1));
    }

    /// <summary>Where a trace runs along a line of the grid its edge has some of the line's colour.</summary>
    [Fact]
    public void A_coloured_grid_makes_no_ink_foreign()
    {
        var (_, foreign) = Without(Black, drawn => Cv2.Line(drawn, new Point(100, Row - 2), new Point(180, Row - 2), new Scalar(60, 60, 110), 1));
        Assert.Null(foreign);
    }

    private static (InkImage Ink, bool[]? Foreign) Without(Scalar trace, Action<Mat> pen)
    {
        using var drawn = new Mat(240, 500, MatType.CV_8UC3, new Scalar(225, 235, 240));
        for (var line = 10; line < 500; line += 40)
        {
            Cv2.Line(drawn, new Point(line, 0), new Point(line, 239), Red, 1);
            Cv2.Line(drawn, new Point(0, line), new Point(499, line), Red, 1);
        }

        Cv2.Line(drawn, new Point(20, Row), new Point(480, Row), trace, 3);
        pen(drawn);
        var page = new UprightPage(drawn.ToRaster(), 0, [], PxPerMm, PxPerMm, "grid", []);
        LeadTrace[] traces = [new(new LeadPlace("I", "I", "layout", false, new PixelBox(20, 0, 460, 240), 0, 2.3), [.. Enumerable.Repeat((float)Row, 460)], Row, 1)];
        return ForeignInk.Without(InkImage.Of(page, traces), page, traces);
    }
}

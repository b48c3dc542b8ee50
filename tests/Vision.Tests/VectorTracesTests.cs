using EcgImageWeb.Vision.Decoding.Pdf;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Tests;

/// <summary>Which of a PDF's lines is which lead.</summary>
public class VectorTracesTests
{
    private const double PxPerMm = 8;

    [Fact]
    public void A_lead_that_the_picture_lost_to_a_frame_has_the_only_line_left_in_its_box()
    {
        var (first, second) = (Wave(100), Wave(200));
        PenCurve frame = Curve(_ => 60), found = Curve(second);

        var read = VectorTraces.ReplaceAll([frame, found], [new(0, 50, 400, 100), new(0, 150, 400, 100)], [Line(first), Line(second)], PxPerMm);

        Assert.All(Enumerable.Range(10, 300), i => Assert.Equal(first(read[0].FirstX + (i * read[0].StepPx)), read[0].Row[i], 0.1));
        Assert.All(Enumerable.Range(10, 300), i => Assert.Equal(second(read[1].FirstX + (i * read[1].StepPx)), read[1].Row[i], 0.1));
    }

    [Fact]
    public void Of_two_lines_left_in_a_box_none_is_guessed()
    {
        var frame = Curve(_ => 60);
        var read = VectorTraces.ReplaceAll([frame], [new(0, 50, 400, 200)], [Line(Wave(100)), Line(Wave(200))], PxPerMm);
        Assert.Equal(frame.Row, read[0].Row);
    }

    private static Func<double, double> Wave(double row) => x => row + (10 * Math.Sin(x / 15));

    private static PenCurve Curve(Func<double, double> row) => PenCurve.Through(0, [.. Enumerable.Range(0, 400).Select(x => row(x + 0.5))], 0.5, 1, 399);

    private static PdfStroke Line(Func<double, double> row) => new([.. Enumerable.Range(0, 400).Select(x => new PixelPoint(x + 0.5, row(x + 0.5)))], 1);
}

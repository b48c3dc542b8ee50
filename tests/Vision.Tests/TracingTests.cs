using EcgImageWeb.Vision.Tracing;

namespace Vision.Tests;

public sealed class TracingTests
{
    private const int Width = 600, PxPerMm = 4;

    // A beat that is as tall as two rows leads to the neighbour's trace, which goes on without a gap; the own trace, with gaps, begins again far below.
    [Fact]
    public void A_trace_that_was_led_away_by_a_beat_comes_back_to_its_own_row()
    {
        const int Height = 300, Own = 240, Other = 60;
        var ink = new float[Width * Height];
        for (var x = 0; x < Width; x++)
        {
            ink[(Other * Width) + x] = 1;
            if (x < 100 || x is > 115 and < 300 || x > 312)
                ink[(Own * Width) + x] = 1;
        }

        for (var y = Other; y <= Own; y++)
            ink[(y * Width) + 99] = ink[(y * Width) + 100] = 1;
        var (top, bottom) = StripFollower.Follow(InkMask.Of(ink, Width, Height), new Strip(0, Width, 10, 290, Own));
        var own = Enumerable.Range(0, Width).Count(x => top[x] <= Own && bottom[x] >= Own);
        Assert.InRange(own, Width - 60, Width);
    }

    // Chest leads at 20 mm/mV: strokes of one beat, one below the other.
    [Fact]
    public void Beats_one_below_the_other_are_no_upright_line()
    {
        var page = Page();
        for (var y = 20 * PxPerMm; y < 140 * PxPerMm; y++)
            page.Amount[(y * Width) + 200] = page.Amount[(y * Width) + 202] = 1;
        Assert.Equal(page.Amount, UprightLines.Without(page, PxPerMm, PxPerMm).Amount);
    }

    [Theory]
    [InlineData(0, 180, 1)]
    [InlineData(20, 140, 6)]
    public void A_line_from_edge_to_edge_or_one_of_a_grid_is_taken_out(int fromMm, int toMm, int lines)
    {
        var page = Page();
        for (var line = 0; line < lines; line++)
            for (var y = fromMm * PxPerMm; y < toMm * PxPerMm; y++)
                page.Amount[(y * Width) + 200 + (5 * PxPerMm * line)] = 1;
        Assert.All(UprightLines.Without(page, PxPerMm, PxPerMm).Amount, amount => Assert.Equal(0, amount));
    }

    private static InkImage Page() => new(Width, 180 * PxPerMm, new float[Width * 180 * PxPerMm]) { Hidden = new bool[Width * 180 * PxPerMm] };
}

using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Tracing;

namespace Vision.Tests;

public class ColumnTimesTests
{
    private const double PxPerMm = 8, PxPerS = 200;

    private const int Pitch = 500;

    /// <summary>An arrhythmia, seconds; no part of it is like another.</summary>
    private static readonly double[] Beats = [0.35, 1.21, 1.83, 2.9, 3.42, 4.61, 5.7, 6.33, 7.28, 8.4, 8.95, 9.7];

    [Theory]
    [InlineData(0), InlineData(0.06), InlineData(-0.06)]
    public void A_long_strip_may_begin_a_little_before_or_after_the_columns(double laterS)
    {
        var format = PageFormat.Named("3x4+1");
        Assert.True(ColumnTimes.AreSimultaneous(format, Ink(format, _ => 0, laterS), PxPerMm, PxPerS));
        Assert.False(ColumnTimes.AreSimultaneous(format, Ink(format, column => column * Pitch / PxPerS, laterS), PxPerMm, PxPerS));
    }

    [Theory]
    [InlineData(8, 8), InlineData(-12, -12), InlineData(1, 0), InlineData(40, 0)]
    public void Columns_stand_as_far_apart_as_their_names_where_these_say_nearly_the_same(double apart, double taken)
    {
        var fit = Named(column => column * apart);
        Assert.Equal((Pitch + taken, Pitch + taken), (fit.ApartAsNames(PxPerMm).Pitch, fit.ApartAsNames(PxPerMm).Width));
        // Blank paper between the columns is no time.
        Assert.Equal((Pitch + taken, 470), ((fit with { Width = 470 }).ApartAsNames(PxPerMm).Pitch, (fit with { Width = 470 }).ApartAsNames(PxPerMm).Width));
    }

    [Fact]
    public void Names_that_do_not_stand_equally_far_from_their_columns_say_nothing()
    {
        // Written in the middle above their columns, as wide as they are.
        var fit = Named(column => column == 1 ? -10 : 0);
        Assert.Same(fit, fit.ApartAsNames(PxPerMm));
        // One column's names only.
        var one = fit with { Names = [.. fit.Names.Select((name, i) => fit.ColumnOf(i) == 3 ? name : default)] };
        Assert.Same(one, one.ApartAsNames(PxPerMm));
    }

    /// <summary>A 3x4 page whose names were all read, each beside where its column is thought to begin.</summary>
    private static FormatFit Named(Func<int, double> beside)
    {
        var format = PageFormat.Named("3x4");
        return new FormatFit(format, 0, 100, Pitch, 50, [.. format.Leads.Select((_, i) =>
            new NameEvidence(5, new PrintedWord(new PixelBox((int)(100 + (i / 3 * Pitch) + 10 + beside(i / 3)), 0, 20, 20), [])))]);
    }

    /// <summary>Strips whose strokes are at the beats, columns that begin at some time of the recording, and a long strip that begins at another.</summary>
    private static TraceInk Ink(PageFormat format, Func<int, double> beginS, double laterS)
    {
        int[] Row(double fromS, int width)
        {
            var row = Enumerable.Repeat(500, width).ToArray();
            foreach (var beat in Beats.Select(beat => (int)((beat - fromS) * PxPerS)))
                for (var k = -4; k <= 4; k++)
                    if (beat + k >= 0 && beat + k < width)
                        row[beat + k] = 500 - (60 - (15 * Math.Abs(k)));
            return row;
        }

        int[][] rows = [.. format.Leads.Select((_, i) => Row(beginS(i / format.Rows), Pitch)), Row(laterS, 4 * Pitch)];
        var strips = rows.Select(row => new Strip(0, row.Length, 0, 1000, 500)).ToArray();
        return new TraceInk(new TraceCanvas(new Raster(1, 1, 1, new byte[1]), 1, 1, 0, 0), strips, rows, rows, []);
    }
}

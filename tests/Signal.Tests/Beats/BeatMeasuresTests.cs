using EcgImageWeb.Signal.Beats;

namespace EcgImageWeb.Signal.Tests.Beats;

public class BeatMeasuresTests
{
    [Fact]
    public void A_premature_beat_is_measured_against_the_usual_intervals()
    {
        // 61 beats at 0.8 s; beat 30 comes after 0.5 s, its pause is 1.1 s.
        var rr = Enumerable.Repeat(0.8, 61).ToArray();
        (rr[30], rr[31]) = (0.5, 1.1);
        var measured = Measured(rr);
        Assert.Equal(Math.Log(0.5), measured("before", 30), 4);
        Assert.Equal(Math.Log(1.1), measured("after", 30), 4);
        Assert.Equal(Math.Log(0.5 / 0.8), measured("before/near50", 30), 4);
        Assert.Equal(Math.Log(0.5 / 0.8), measured("before/85", 30), 4);
        Assert.Equal(Math.Log(1.1 / 0.5), measured("after/before", 30), 4);
        Assert.Equal(0, measured("both/near50", 30), 4);
        Assert.Equal(Math.Log(1.1 / 0.8), measured("before/median", 31), 4);
        Assert.Equal(0, measured("before/near50", 10), 4);
        Assert.Equal(Math.Log(0.5 / rr.Average()), measured("before/mean", 30), 4);
    }

    [Fact]
    public void Where_most_beats_are_premature_the_longer_intervals_still_tell_so()
    {
        // Three early beats, then a pause, over and over.
        double[] rr = [.. Enumerable.Range(0, 80).Select(beat => beat % 4 == 3 ? 1.2 : 0.6)];
        var measured = Measured(rr);
        Assert.Equal(0, measured("before/near50", 41), 4);
        Assert.Equal(Math.Log(0.5), measured("before/85", 41), 4);
        Assert.Equal(Math.Log(0.5), measured("before/middle90", 41), 4);
        Assert.Equal(0, measured("before/85", 43), 4);
    }

    [Fact]
    public void A_missing_P_wave_is_told_from_the_usual_one()
    {
        var measured = Measured([.. Enumerable.Repeat(0.8, 40)], (beat, t) => (beat == 20 ? 0 : P(t)) + Qrs(t));
        Assert.Equal(1, measured("p correlation", 10), 3);
        Assert.Equal(1, measured("p projection", 10), 3);
        Assert.InRange(measured("p projection", 20), -0.1, 0.1);
        Assert.InRange(measured("p correlation", 20), -1, 0.5);
        Assert.Equal(1, measured("usual p agreement", 20), 3);
        Assert.Equal(0.1, measured("usual p range", 20), 0.02);
        Assert.Equal(1, measured("qrs correlation", 20), 3);
    }

    [Fact]
    public void A_wide_inverted_complex_differs_from_the_usual_one_and_is_alike_to_few()
    {
        var measured = Measured([.. Enumerable.Repeat(0.8, 40)], (beat, t) => beat is 20 or 30 ? -1.5 * Math.Exp(-Math.Pow(t / 0.05, 2)) : P(t) + Qrs(t));
        Assert.InRange(measured("qrs correlation", 20), -1, -0.5);
        Assert.True(measured("qrs width/usual", 20) > 0.1);
        Assert.Equal(-2, measured("qrs polarity/usual", 20), 0.2);
        Assert.Equal(Math.Log(1.5), measured("qrs range", 20), 0.05);
        Assert.Equal(2 / 40.0, measured("alike", 20), 4);
        Assert.Equal(38 / 40.0, measured("alike", 10), 4);
        Assert.Equal(1, measured("qrs with next", 10), 3);
        Assert.True(measured("qrs with next", 19) < 0);
        Assert.Equal(measured("qrs correlation", 20), measured("next qrs correlation", 19), 5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(12)]
    public void Few_beats_and_flat_lines_have_measures_too(int count)
    {
        BeatWindow[] flat = [.. Enumerable.Range(0, count).Select(_ => new BeatWindow(new float[600], double.NaN, double.NaN))];
        Assert.All(BeatMeasures.Of(flat), measures => Assert.All(measures, value => Assert.True(float.IsFinite(value))));
        Assert.All(BeatMeasures.Of(flat), measures => Assert.Equal(BeatMeasures.Count, measures.Length));
        Assert.Empty(BeatMeasures.Of([]));
    }

    [Fact]
    public void Gain_does_not_matter()
    {
        double[] rr = [.. Enumerable.Range(0, 30).Select(beat => 0.8 + 0.01 * (beat % 5))];
        var (once, twice) = (Measured(rr, (_, t) => P(t) + Qrs(t)), Measured(rr, (_, t) => 2 * (P(t) + Qrs(t))));
        Assert.All(BeatMeasures.Names, name => Assert.Equal(once(name, 12), twice(name, 12), 3));
        Assert.Distinct(BeatMeasures.Names);
    }

    private static double Qrs(double t) => Math.Exp(-Math.Pow(t / 0.015, 2));

    private static double P(double t) => 0.1 * Math.Exp(-Math.Pow((t + 0.15) / 0.02, 2));

    private static Func<string, int, double> Measured(double[] rr, Func<int, double, double>? shape = null)
    {
        shape ??= (_, t) => P(t) + Qrs(t);
        var beats = rr.Select((before, beat) => new BeatWindow(
            [.. Enumerable.Range(0, 600).Select(sample => (float)shape(beat, (sample - 300) / 360.0))], before, beat + 1 < rr.Length ? rr[beat + 1] : double.NaN)).ToArray();
        var measures = BeatMeasures.Of(beats);
        return (name, beat) => measures[beat][Enumerable.Range(0, BeatMeasures.Count).First(index => BeatMeasures.Names[index] == name)];
    }
}

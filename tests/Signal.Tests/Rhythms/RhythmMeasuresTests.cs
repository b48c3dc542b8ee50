using EcgImageWeb.Signal.Rhythms;

namespace EcgImageWeb.Signal.Tests.Rhythms;

public sealed class RhythmMeasuresTests
{
    private const double RateHz = RhythmMeasures.SampleRateHz;

    private static readonly float[] Sinus = MadeUp.Lead(RateHz, 10, 0.8).Mv;

    [Fact]
    public void A_regular_sinus_rhythm_is_regular_and_has_p_waves_that_agree()
    {
        var measures = Of(Noisy(Sinus));
        Assert.Equal(Math.Log(0.8), measures["rr median"], 0.02f);
        Assert.Equal(0, measures["rr steps above 5 %"]);
        Assert.True(measures["rr rmssd"] < Math.Log(0.03));
        Assert.InRange(measures["p share"], 0.9f, 1);
        // The made-up P wave stands 160 ms before R and has a deviation of 20 ms: some 170 ms from its onset to that of QRS.
        Assert.InRange(160 + (100 * measures["pr"]), 130, 220);
        Assert.Equal(-0.16 * 5, measures["p near up before r"], 0.1f);
        Assert.InRange(measures["p agreement"], 0.9f, 1);
        Assert.InRange(measures["likeness least"], 0.98f, 1);
    }

    [Fact]
    public void A_sawtooth_at_five_hertz_is_found_between_the_beats_with_its_frequency()
    {
        // Four waves a beat, as in flutter with conduction 4 : 1, without P and T waves.
        var measures = Of(Noisy([.. Beats(Enumerable.Range(0, 12).Select(beat => 0.5 + (0.8 * beat))).Select((value, i) => value + (0.2f * (float)(((i / RateHz * 5) % 1) - 0.5)))]));
        var sinus = Of(Noisy(Sinus));
        Assert.Equal(5, 5 + (1.2 * measures["gaps flutter frequency"]), 0.15);
        Assert.Equal(4, measures["gaps flutter cycles a beat"], 0.15f);
        Assert.Equal(0.2 * 5, measures["gaps cycle"], 0.05f);
        Assert.True(measures["gaps again"] > 0.5, $"{measures["gaps again"]}");
        Assert.True(measures["gaps flutter peak"] > sinus["gaps flutter peak"] + 0.3, $"{measures["gaps flutter peak"]} {sinus["gaps flutter peak"]}");
    }

    [Fact]
    public void Irregular_beats_without_p_waves_are_irregular_and_nothing_before_them_agrees()
    {
        var random = new Random(1);
        var at = 0.4;
        var times = Enumerable.Range(0, 14).Select(_ => at += 0.45 + (0.5 * random.NextDouble())).Where(time => time < 9.7).ToArray();
        var measures = Of(Noisy(Beats(times), 0.02));
        Assert.True(measures["rr steps above 10 %"] > 0.5);
        Assert.True(measures["rr rmssd"] > Math.Log(0.15));
        Assert.InRange(measures["p agreement"], -1, 0.7f);
        Assert.True(measures["rr entropy"] > Of(Noisy(Sinus))["rr entropy"] + 0.5);
    }

    [Fact]
    public void One_early_wide_beat_is_the_odd_one()
    {
        var mv = Beats(Enumerable.Range(0, 12).Where(beat => beat != 6).Select(beat => 0.5 + (0.8 * beat)));
        for (var i = 0; i < mv.Length; i++) mv[i] -= (float)(1.8 * Math.Exp(-Math.Pow(((i / RateHz) - 4.85) / 0.05, 2)));
        var measures = Of(Noisy(mv));
        Assert.True(measures["likeness least"] < 0.6);
        Assert.True(measures["likeness second"] > 0.9);
        Assert.True(measures["odd before"] < Math.Log(0.8));
        Assert.True(measures["odd after"] > Math.Log(1.2));
        Assert.True(measures["odd width"] > 0.05);
    }

    [Fact]
    public void Gain_says_next_to_nothing()
    {
        var (once, twice) = (Of(Noisy(Sinus)), Of([.. Noisy(Sinus).Select(value => 2 * value)]));
        Assert.All(once, measure => Assert.Equal(measure.Value, twice[measure.Key], 0.05f));
    }

    [Fact]
    public void A_flat_line_and_two_seconds_have_measures_too()
    {
        Assert.Distinct(RhythmMeasures.Names);
        Assert.All([new float[2000], new float[400], Sinus[..400], Sinus[..500]], strip =>
        {
            var measures = RhythmMeasures.Of(strip);
            Assert.Equal(RhythmMeasures.Names.Count, measures.Length);
            Assert.All(measures, value => Assert.InRange(value, -15, 15));
        });
    }

    private static Dictionary<string, float> Of(float[] mv) => RhythmMeasures.Names.Zip(RhythmMeasures.Of(mv)).ToDictionary(measure => measure.First, measure => measure.Second);

    private static float[] Noisy(float[] mv, double deviationMv = 0.003)
    {
        var random = new Random(2);
        return [.. mv.Select(value => value + (float)(deviationMv * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2))];
    }

    /// <summary>QRS complexes alone.</summary>
    private static float[] Beats(IEnumerable<double> atS)
    {
        var mv = new float[2000];
        foreach (var beatS in atS)
        {
            for (var i = 0; i < mv.Length; i++)
            {
                foreach (var (waveS, height, sigmaS) in MadeUp.Waves[1..4])
                {
                    var x = ((i / RateHz) - beatS - waveS) / sigmaS;
                    mv[i] += (float)(height * Math.Exp(-x * x / 2));
                }
            }
        }

        return mv;
    }
}

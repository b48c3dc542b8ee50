using EcgImageWeb.Signal.Delineation;
using EcgImageWeb.Signal.Detection;

namespace EcgImageWeb.Signal.Tests.Delineation;

public class WaveDelineatorTests
{
    [Theory]
    [InlineData(250), InlineData(360), InlineData(500), InlineData(1000)]
    public void Finds_the_waves_of_a_made_up_lead(double sampleRateHz)
    {
        var beats = Delineate(MadeUp.Lead(sampleRateHz, 10, 0.8));
        Assert.Equal(12, beats.Count);
        foreach (var beat in beats.Skip(1).SkipLast(1))
        {
            double Ms(int at) => (at - beat.Qrs.Peak) * 1000 / sampleRateHz;
            Assert.Equal(-160, Ms(beat.P!.Peak), 8.0);
            Assert.Equal(280, Ms(beat.T!.Peak), 10.0);
            Assert.InRange(Ms(beat.P.Onset), -225, -195);
            Assert.InRange(Ms(beat.P.Offset), -135, -100);
            Assert.InRange(Ms(beat.Qrs.Onset), -65, -40);
            Assert.InRange(Ms(beat.Qrs.Offset), 40, 70);
            Assert.InRange(Ms(beat.T.Onset), 150, 225);
            Assert.InRange(Ms(beat.T.Offset), 350, 420);
        }
    }

    [Fact]
    public void Finds_a_T_wave_that_points_down()
    {
        var lead = MadeUp.Lead(500, 10, 0.8);
        var beats = Delineate(lead);
        foreach (var beat in beats)
        {
            for (var i = beat.Qrs.Offset; beat.T is not null && i < Math.Min(lead.Mv.Length, beat.T.Offset + 30); i++)
                lead.Mv[i] = -lead.Mv[i];
        }
        Assert.All(beats.Zip(Delineate(lead)).Skip(1).SkipLast(1), pair => Assert.InRange(pair.Second.T!.Peak - pair.First.T!.Peak, -5, 5));
    }

    [Fact]
    public void Reports_no_wave_in_a_gap()
    {
        var lead = MadeUp.Lead(500, 10, 0.8);
        var whole = Delineate(lead)[5].T!;
        Array.Fill(lead.Mv, float.NaN, whole.Peak, 10);
        var beats = WaveDelineator.Delineate(lead, RPeakDetector.Detect(lead));
        Assert.DoesNotContain(beats, beat => beat.T is { } t && t.Onset <= whole.Peak && t.Offset >= whole.Peak + 9);
        Assert.NotNull(beats[4].T);
    }

    [Fact]
    public void Answers_nothing_to_no_beats_and_stays_inside_a_short_lead()
    {
        Assert.Empty(WaveDelineator.Delineate(MadeUp.Lead(500, 2, 5, firstS: 3), []));
        for (var samples = 300; samples < 1200; samples += 7)
        {
            var lead = MadeUp.Lead(500, samples / 500.0, 0.8, firstS: 0.1);
            Assert.All(Delineate(lead), beat => Assert.All(
                new[] { beat.P, beat.Qrs, beat.T }.OfType<WaveBounds>(),
                wave => Assert.True(wave.Onset >= 0 && wave.Onset <= wave.Peak && wave.Peak <= wave.Offset && wave.Offset < lead.Mv.Length, $"{samples}: {wave}")));
        }
    }

    [Fact]
    public void Several_leads_agree_on_the_beats_that_half_of_them_show()
    {
        var lead = MadeUp.Lead(500, 10, 0.8);
        var beats = MultiLeadDelineator.Delineate([lead, lead with { Mv = new float[lead.Mv.Length] }, lead]);
        Assert.Equal(Delineate(lead).Select(beat => beat.Qrs.Peak), beats.Select(beat => beat.Qrs.Peak));
        Assert.Throws<ArgumentException>(() => MultiLeadDelineator.Delineate([lead, MadeUp.Lead(250, 10, 0.8)]));
    }

    [Fact]
    public void Stays_within_the_CSE_tolerances_on_LUDB_records_that_chose_no_constant()
    {
        var report = DelineationEvaluation.AllLeads(
            Path.Combine(Recordings.Folder("ludb"), "data"), Enumerable.Range(101, 100).Select(id => $"{id}"), TestContext.Current.CancellationToken);
        Assert.All(report.Boundaries.Where(boundary => boundary.ToleranceMs is not null), boundary =>
            Assert.True(boundary.DeviationMs <= boundary.ToleranceMs, $"{boundary}"));
        Assert.All(report.Boundaries, boundary => Assert.InRange(boundary.MeanMs, -7, 7));
        Assert.InRange(report.Waves["QRS"].Sensitivity, 0.999, 1);
        Assert.InRange(report.Waves["T"].Sensitivity, 0.99, 1);
        Assert.InRange(report.Waves["P"].Sensitivity, 0.97, 1);
        Assert.InRange(report.Waves["P"].PositivePredictivity, 0.96, 1);
    }

    private static IReadOnlyList<BeatWaves> Delineate(LeadSignal lead) => WaveDelineator.Delineate(lead, RPeakDetector.Detect(lead));
}

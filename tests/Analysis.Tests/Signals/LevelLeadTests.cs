using EcgImageWeb.Analysis.Signals;
using EcgImageWeb.Signal.Tests;

namespace EcgImageWeb.Analysis.Tests.Signals;

public class LevelLeadTests
{
    [Fact]
    public void A_slope_is_taken_out_and_nothing_else()
    {
        var lead = LevelLead.Of(MadeUp.Lead(500, 10, 0.8));
        var sloping = lead with { Mv = [.. lead.Mv.Select((value, sample) => value + 0.4f - sample * 2f / lead.Mv.Length)] };
        sloping.Mv.AsSpan(700, 400).Fill(float.NaN);

        var level = LevelLead.Of(sloping);

        Assert.All(Enumerable.Range(0, lead.Mv.Length), sample =>
        {
            Assert.Equal(sample is >= 700 and < 1100, float.IsNaN(level.Mv[sample]));
            if (!float.IsNaN(level.Mv[sample]))
                Assert.InRange(level.Mv[sample] - lead.Mv[sample] - (level.Mv[0] - lead.Mv[0]), -0.02, 0.02);
        });
    }

    [Fact]
    public void A_lead_of_gaps_only_stays_what_it_is()
    {
        var gaps = MadeUp.Lead(500, 2, 0.8) with { Mv = [float.NaN, 1, float.NaN] };
        Assert.Equal(gaps.Mv, LevelLead.Of(gaps).Mv);
    }
}

using EcgImageWeb.Signal.Measures;
using EcgImageWeb.Signal.Records;

namespace EcgImageWeb.Signal.Tests.Measures;

public class LeadConsistencyTests
{
    [Fact]
    public void Limb_leads_made_of_two_satisfy_both_equations_whatever_their_baselines()
    {
        var leads = LimbLeads();
        Assert.InRange(LeadConsistency.Einthoven(leads)!.ResidueMv, 0, 1e-6);
        Assert.InRange(LeadConsistency.Goldberger(leads)!.Share, 0, 1e-5);
    }

    [Fact]
    public void Swapped_names_show()
    {
        var leads = LimbLeads();
        (leads[0], leads[1]) = (leads[0] with { Name = "II" }, leads[1] with { Name = "I" });
        Assert.True(LeadConsistency.Einthoven(leads)!.Share > 0.3);
    }

    [Fact]
    public void Without_common_time_there_is_no_answer()
    {
        var leads = LimbLeads();
        Assert.Null(LeadConsistency.Einthoven([leads[0], leads[1]]));
        Assert.Null(LeadConsistency.Einthoven([leads[0], leads[1], leads[2] with { StartS = 100 }]));
    }

    [Fact]
    public void A_column_and_its_rhythm_strip_agree_and_another_lead_does_not()
    {
        var strip = MadeUp.Lead(500, 10, 0.83);
        var column = strip with { Mv = strip.Mv[1250..2500], StartS = 2.5 };
        Assert.Equal(1, LeadConsistency.DoubledLead(column, strip).Correlation, 6);
        Assert.True(LeadConsistency.DoubledLead(column with { Mv = Array.ConvertAll(column.Mv, value => -value) }, strip).Correlation < 0.6);
    }

    [Fact]
    public void Recorded_leads_satisfy_the_equations()
    {
        var leads = WfdbReader.Read(Path.Combine(Recordings.Folder("ptbxl-12-lead"), "rec", "18422")).Signals.Select(signal => signal.ToLead()).ToArray();
        Assert.InRange(LeadConsistency.Einthoven(leads)!.Share, 0, 0.02);
        Assert.InRange(LeadConsistency.Goldberger(leads)!.Share, 0, 0.02);
    }

    private static LeadSignal[] LimbLeads()
    {
        var i = MadeUp.Lead(500, 5, 0.8).Mv;
        var iii = MadeUp.Lead(500, 5, 0.8, 0.55).Mv;
        LeadSignal Lead(string name, float baseline, Func<int, double> value) =>
            new(name, 500, [.. Enumerable.Range(0, i.Length).Select(k => baseline + (float)value(k))]);
        return
        [
            Lead("I", 0.1f, k => i[k]), Lead("II", -0.2f, k => i[k] + iii[k]), Lead("III", 0, k => iii[k]),
            Lead("aVR", 0.3f, k => -i[k] - iii[k] / 2), Lead("aVL", 0, k => (i[k] - iii[k]) / 2), Lead("aVF", 0, k => iii[k] + i[k] / 2),
        ];
    }
}

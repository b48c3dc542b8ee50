using EcgImageWeb.Signal;
using EcgImageWeb.Vision.Signals;

namespace EcgImageWeb.Vision.Tests;

public class LeadChecksTests
{
    private const double RateHz = 500;

    [Fact]
    public void Says_nothing_of_leads_that_add_up() => Assert.Empty(LeadChecks.Of([.. Limb(), Lead("II@column", Wave(1.2, 0.3))]));

    [Theory]
    [InlineData("III", "I + III = II")]
    [InlineData("aVF", "aVR + aVL + aVF = 0")]
    public void Says_which_equation_a_misread_lead_breaks(string misread, string equation)
    {
        LeadSignal[] leads = [.. Limb().Select(lead => lead.Name == misread ? Lead(misread, Wave(3, 1.5)) : lead)];
        var note = Assert.Single(LeadChecks.Of(leads));
        Assert.Equal("leads-contradict", note.Code);
        Assert.Contains(equation, note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_a_lead_printed_twice_is_not_the_same_twice()
    {
        var note = Assert.Single(LeadChecks.Of([.. Limb(), Lead("II@column", Wave(7, 1.1))]));
        Assert.Equal(("doubled-lead-differs", "II"), (note.Code, note.Lead));
    }

    [Fact]
    public void Asks_nothing_of_a_page_without_the_leads_to_ask() => Assert.Empty(LeadChecks.Of([Lead("V1", Wave(1, 0)), Lead("I", Wave(3, 1))]));

    private static LeadSignal[] Limb()
    {
        float[] one = Wave(0.9, 0), two = Wave(1.2, 0.3);
        return
        [
            Lead("I", one), Lead("II", two), Lead("III", [.. one.Zip(two, (i, ii) => ii - i)]),
            Lead("aVR", [.. one.Zip(two, (i, ii) => -(i + ii) / 2)]), Lead("aVL", [.. one.Zip(two, (i, ii) => i - (ii / 2))]), Lead("aVF", [.. one.Zip(two, (i, ii) => ii - (i / 2))]),
        ];
    }

    // Slower than the 0.2 s by which a lead may be moved can hide.
    private static float[] Wave(double frequencyHz, double phase) => [.. Enumerable.Range(0, (int)(2.5 * RateHz)).Select(n => (float)Math.Sin((2 * Math.PI * frequencyHz * n / RateHz) + phase))];

    private static LeadSignal Lead(string name, float[] mv) => new(name, RateHz, mv);
}

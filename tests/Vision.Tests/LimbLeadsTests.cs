using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Tracing;

namespace Vision.Tests;

public class LimbLeadsTests
{
    [Theory]
    [InlineData("3x4", false)]
    [InlineData("3x4-cabrera", false)]
    [InlineData("12x1", true)]
    [InlineData("12x1-cabrera", true)]
    public void The_equations_hold_for_leads_in_their_places_and_for_no_others(string name, bool simultaneous)
    {
        var format = PageFormat.Named(name);
        var right = LimbLeads.Residues(format, Drawn(format, format.Leads), simultaneous);
        Assert.Equal(2, right.Count);
        Assert.All(right, equation => Assert.InRange(equation.Residue, 0, 0.08));
        Assert.True(LimbLeads.AddUp(right));
        // The second and the third of the limb leads in each other's place.
        string[] mistaken = [format.Leads[0], format.Leads[2], format.Leads[1], .. format.Leads.Skip(3)];
        Assert.False(LimbLeads.AddUp(LimbLeads.Residues(format, Drawn(format, mistaken), simultaneous)));
    }

    [Fact]
    public void Leads_of_different_moments_are_not_asked()
    {
        var format = PageFormat.Named("6x1-chest");
        Assert.Empty(LimbLeads.Residues(format, Drawn(format, format.Leads), true));
        Assert.False(LimbLeads.AddUp([]));
    }

    /// <summary>Strips of two unlike signals I and II, and what follows from them.</summary>
    private static TraceInk Drawn(PageFormat format, IReadOnlyList<string> leads)
    {
        int[][] rows = [.. leads.Select(lead => Enumerable.Range(0, 400).Select(x => 500 - (int)Math.Round(Value(lead, Math.Sin(x * 0.11) * 90, Math.Cos(x * 0.047) * 120))).ToArray())];
        return new TraceInk(new TraceCanvas(new EcgImageWeb.Vision.Raster(1, 1, 1, new byte[1]), 1, 1, 0, 0), [], rows, rows, []);
    }

    private static double Value(string lead, double i, double ii) => lead switch
    {
        "I" => i,
        "II" => ii,
        "III" => ii - i,
        "aVR" => -(i + ii) / 2,
        "-aVR" => (i + ii) / 2,
        "aVL" => i - (ii / 2),
        "aVF" => ii - (i / 2),
        _ => 0,
    };
}

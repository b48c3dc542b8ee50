using EcgImageWeb.Signal.DataSets;
using EcgImageWeb.Signal.Records;

namespace EcgImageWeb.Signal.Tests.DataSets;

public class SegmentSetTests
{
    [Theory]
    [InlineData("NNNN", "N")]
    [InlineData("NNVN", "V")]
    [InlineData("NAAV", "A")]
    [InlineData("NNAV", "V")]
    [InlineData("LLLV", "L")]
    [InlineData("RRRR", "R")]
    [InlineData("NN/N", null)]
    [InlineData("NNFN", null)]
    [InlineData("", null)]
    public void One_label_by_the_stated_rule(string beats, string? label) =>
        Assert.Equal(label, SegmentSet.MitBihLabelOf(beats.Select(AnnotationCodes.OfMnemonic)));

    [Fact]
    public void Counts_of_both_leads_are_near_the_papers()
    {
        var folder = Recordings.Folder("mitdb");
        var segments = MitBih.Ds1.Concat(MitBih.Ds2).Concat(MitBih.Paced).SelectMany(name => SegmentSet.OfMitBih(
            WfdbReader.Read(Path.Combine(folder, name)), AnnotationFile.Read(Path.Combine(folder, name)).Annotations, leads: 2));
        var counts = segments.CountBy(segment => segment.Label).ToDictionary();
        Assert.Equal(new Dictionary<string, int> { ["N"] = 7954, ["V"] = 3394, ["L"] = 1340, ["R"] = 1236, ["A"] = 888 }, counts);
    }

    [Fact]
    public void Cuts_CinC_records_into_whole_ten_seconds()
    {
        var folder = Recordings.Folder("cinc2017-n-af");
        var labels = SegmentSet.ReadLabels(Path.Combine(folder, "REFERENCE.csv"));
        Assert.Equal((4676, 682), (labels.Count(l => l.Label == "N"), labels.Count(l => l.Label == "A")));
        var segments = SegmentSet.OfCinc2017(WfdbReader.Read(Path.Combine(folder, "A00001")), "N").ToArray();
        Assert.Equal([0, 3000, 6000], segments.Select(segment => segment.StartSample));
        Assert.All(segments, segment => Assert.Equal(3000, segment.Mv.Length));
    }

    [Fact]
    public void Takes_lead_II_at_200_Hz_as_2000_samples()
    {
        var folder = Recordings.Folder("rhythm-lead-ii");
        var (name, label) = SegmentSet.ReadLabels(Path.Combine(folder, "index.csv"))[0];
        var segment = SegmentSet.OfRhythm(WfdbReader.Read(Path.Combine(folder, "rec", name)), label);
        Assert.Equal(("sinus-tachycardia", 2000), (segment.Label, segment.Mv.Length));
        Assert.DoesNotContain(float.NaN, segment.Mv);
    }
}

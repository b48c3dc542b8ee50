using EcgImageWeb.Signal.DataSets;
using EcgImageWeb.Signal.Records;

namespace EcgImageWeb.Signal.Tests.DataSets;

public class BeatSetTests
{
    [Fact]
    public void Cuts_300_samples_before_R_and_300_from_it_on()
    {
        var lead = new LeadSignal("II", 360, [.. Enumerable.Range(0, 2000).Select(i => (float)i)]);
        Annotation[] annotations =
            [new(299, AnnotationCode.Normal), new(300, AnnotationCode.AtrialPremature), new(500, AnnotationCode.Rhythm, Aux: "(N"), new(1020, AnnotationCode.PrematureVentricular), new(1701, AnnotationCode.Normal)];
        var beats = BeatSet.Cut("r", lead, annotations);
        Assert.Equal([AamiClass.S, AamiClass.V], beats.Select(beat => beat.Class));
        Assert.Equal((600, 0f, 599f, 300f), (beats[0].Mv.Length, beats[0].Mv[0], beats[0].Mv[^1], beats[0].Mv[BeatSet.Reach]));
        Assert.Equal((1 / 360.0, 2.0), (beats[0].RrBeforeS, beats[0].RrAfterS));
    }

    [Fact]
    public void Counts_the_AAMI_classes_of_DS1_and_DS2_as_de_Chazal_does()
    {
        var folder = Recordings.Folder("mitdb");
        Dictionary<AamiClass, int> Count(IReadOnlyList<string> records) => records
            .SelectMany(name => AnnotationFile.Read(Path.Combine(folder, name)).Annotations)
            .Select(annotation => Aami.ClassOf(annotation.Code)).OfType<AamiClass>().CountBy(c => c).ToDictionary();
        var (train, test) = (Count(MitBih.Ds1), Count(MitBih.Ds2));
        Assert.Equal(new Dictionary<AamiClass, int> { [AamiClass.N] = 45866, [AamiClass.S] = 944, [AamiClass.V] = 3788, [AamiClass.F] = 415, [AamiClass.Q] = 8 }, train);
        Assert.Equal(new Dictionary<AamiClass, int> { [AamiClass.N] = 44259, [AamiClass.S] = 1837, [AamiClass.V] = 3221, [AamiClass.F] = 388, [AamiClass.Q] = 7 }, test);
    }

    [Fact]
    public void The_sets_and_the_paced_records_are_all_48_and_share_none()
    {
        var all = MitBih.Ds1.Concat(MitBih.Ds2).Concat(MitBih.Paced).ToArray();
        Assert.Equal(48, all.Distinct().Count());
        Assert.Equal(48, all.Length);
        Assert.Equal("201", MitBih.PatientOf("202"));
    }

    [Fact]
    public void Every_beat_has_a_class_and_nothing_else_has()
    {
        foreach (var code in Enum.GetValues<AnnotationCode>())
            Assert.Equal(code.IsBeat(), Aami.ClassOf(code) is not null);
    }
}

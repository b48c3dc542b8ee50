using EcgImageWeb.Signal.Records;

namespace EcgImageWeb.Signal.Tests.Records;

public class AnnotationFileTests
{
    [Fact]
    public void Counts_the_109494_beats_of_MIT_BIH()
    {
        var folder = Recordings.Folder("mitdb");
        var codes = Directory.GetFiles(folder, "*.atr")
            .SelectMany(file => AnnotationFile.Read(file[..^4]).Annotations).Select(a => a.Code).ToList();
        Assert.Equal(109_494, codes.Count(code => code.IsBeat()));
        Assert.Equal(75_052, codes.Count(code => code == AnnotationCode.Normal));
        Assert.Equal(7_130, codes.Count(code => code == AnnotationCode.PrematureVentricular));
        Assert.Equal(472, codes.Count(code => code == AnnotationCode.VentricularFlutterWave));
    }

    [Fact]
    public void Reads_rhythm_episodes_from_AUX_strings()
    {
        var annotations = AnnotationFile.Read(Path.Combine(Recordings.Folder("mitdb"), "201")).Annotations;
        var episodes = RhythmEpisode.Of(annotations, 650_000);
        Assert.Equal("AFIB", episodes[0].Rhythm);
        Assert.Contains(episodes, episode => episode.Rhythm == "T");
        Assert.Equal(650_000, episodes[^1].EndSample);
    }

    [Fact]
    public void Reads_the_per_lead_waves_of_LUDB()
    {
        var annotations = AnnotationFile.Read(Path.Combine(Recordings.Folder("ludb"), "data", "1"), "ii").Annotations;
        Assert.Equal((644, AnnotationCode.WaveOnset), (annotations[0].Sample, annotations[0].Code));
        Assert.Equal((662, AnnotationCode.Normal), (annotations[1].Sample, annotations[1].Code));
        Assert.Equal((682, AnnotationCode.WaveEnd), (annotations[2].Sample, annotations[2].Code));
    }

    [Fact]
    public void Writes_every_field_and_far_steps_back_as_they_were_read()
    {
        Annotation[] annotations =
        [
            new(0, AnnotationCode.Rhythm, Aux: "(AFIB"), new(3, AnnotationCode.Normal, -1, 2, -3), new(1026, AnnotationCode.Fusion),
            new(5_000_000, AnnotationCode.Note, 5, 255, 127, "even"), new(5_000_000, (AnnotationCode)42),
        ];
        var again = AnnotationFile.Parse("x", new AnnotationFile(annotations, 360).ToBytes());
        Assert.Equal(annotations, again.Annotations);
        Assert.Equal(360, again.TimeResolutionHz);
    }

    [Fact]
    public void Writes_the_annotations_of_record_207_so_that_they_read_the_same()
    {
        var read = AnnotationFile.Read(Path.Combine(Recordings.Folder("mitdb"), "207"));
        Assert.Equal(read.Annotations, AnnotationFile.Parse("207.atr", read.ToBytes()).Annotations);
    }

    [Theory]
    [InlineData(new byte[] { }, 0)]
    [InlineData(new byte[] { 5, 4 }, 2)]
    [InlineData(new byte[] { 5, 4, 0 }, 3)]
    [InlineData(new byte[] { 5, 4, 200, 252, 0, 0 }, 2)]
    [InlineData(new byte[] { 1, 240, 0, 0 }, 0)]
    public void Says_where_a_damaged_file_ends(byte[] bytes, long offset) =>
        Assert.Equal(offset, Assert.Throws<RecordFormatException>(() => AnnotationFile.Parse("x.atr", bytes)).ByteOffset);

    [Fact]
    public void Every_code_has_its_mnemonic_and_back()
    {
        foreach (var code in Enum.GetValues<AnnotationCode>().Where(code => code != 0))
            Assert.Equal(code, AnnotationCodes.OfMnemonic(code.Mnemonic()[0]));
        Assert.Equal(("N", "V", "/", "+", "f", "[42]"), (
            AnnotationCode.Normal.Mnemonic(), AnnotationCode.PrematureVentricular.Mnemonic(), AnnotationCode.Paced.Mnemonic(),
            AnnotationCode.Rhythm.Mnemonic(), AnnotationCode.PacedFusion.Mnemonic(), ((AnnotationCode)42).Mnemonic()));
    }
}

using System.Text;
using EcgImageWeb.Signal.Records;

namespace EcgImageWeb.Signal.Tests.Records;

public class WfdbFormatTests
{
    [Fact]
    public void Sums_the_differences_of_format_8_from_the_initial_value_of_each_signal()
    {
        var record = Read("r 2 100 3\nr.dat 8 1 8 0 10 32 0 a\nr.dat 8 1 8 0 -5 -12 0 b\n", [0, 1, 1, 0, 0, 0]);
        Assert.Equal([10f, 11, 11], record.Signals[0].Samples);
        Assert.Equal([-4f, -4, -4], record.Signals[1].Samples);
    }

    [Fact]
    public void Gives_each_signal_its_rate_its_skew_and_its_gaps()
    {
        var data = SampleFormat.Pack(16, [1, 2, 10, 3, 4, 20, -32768, 6, 30]);
        var record = Read("r 2 100 3\nr.dat 16x2 1 0 0\nr.dat 16:1 1 0 0\n", data);
        Assert.Equal(200, record.Signals[0].SampleRateHz);
        Assert.Equal([1f, 2, 3, 4, float.NaN, 6], record.Signals[0].Samples);
        Assert.Equal([20f, 30, float.NaN], record.Signals[1].Samples);
    }

    [Fact]
    public void Reads_gain_baseline_unit_and_the_defaults_of_the_standard()
    {
        var record = Read("r 3 100 1\nr.dat 16 100(5)/uV 12 7 0 5 0 a b\nr.dat 16 0 12 1024 0\nr.dat 16\n", SampleFormat.Pack(16, [5, 1224, 200]));
        Assert.Equal(("a b", "uV", 0f), (record.Signals[0].Name, record.Signals[0].Unit, record.Signals[0].Samples[0]));
        Assert.Equal(("mV", 1f), (record.Signals[1].Unit, record.Signals[1].Samples[0]));
        Assert.Equal(1f, record.Signals[2].Samples[0]);
    }

    [Fact]
    public void Joins_segments_with_the_gap_between_them()
    {
        var record = WfdbReader.Read("m", WfdbDamageTests.Files(
            ("m.hea", "m/3 1 100 6\na 2\n~ 1\nb 3\n"u8.ToArray()),
            ("a.hea", "a 1 100 2\na.dat 16 1 0 0 0 3 0 I\n"u8.ToArray()), ("a.dat", SampleFormat.Pack(16, [1, 2])),
            ("b.hea", "b 1 100 3\nb.dat 16 10 0 0 0 120 0 I\n"u8.ToArray()), ("b.dat", SampleFormat.Pack(16, [30, 40, 50]))));
        Assert.Equal([1f, 2, float.NaN, 3, 4, 5], record.Signals[0].Samples);
    }

    [Fact]
    public void Joins_segments_whose_signals_vary_by_the_names_in_the_layout()
    {
        var record = WfdbReader.Read("m", WfdbDamageTests.Files(
            ("m.hea", "m/3 2 100 3\nlay 0\na 2\nb 1\n"u8.ToArray()),
            ("lay.hea", "lay 2 100 0\n~ 0 1 0 0 0 0 0 I\n~ 0 1 0 0 0 0 0 II\n"u8.ToArray()),
            ("a.hea", "a 1 100 2\na.dat 16 1 0 0 1 3 0 II\n"u8.ToArray()), ("a.dat", SampleFormat.Pack(16, [1, 2])),
            ("b.hea", "b 2 100 1\nb.dat 16 1 0 0 7 7 0 II\nb.dat 16 1 0 0 8 8 0 I\n"u8.ToArray()), ("b.dat", SampleFormat.Pack(16, [7, 8]))));
        Assert.Equal([float.NaN, float.NaN, 8], record.Find("I")!.Samples);
        Assert.Equal([1f, 2, 7], record.Find("II")!.Samples);
    }

    [Fact]
    public void A_segment_that_contradicts_its_record_is_refused()
    {
        var error = Assert.Throws<RecordFormatException>(() => WfdbReader.Read("m", WfdbDamageTests.Files(
            ("m.hea", "m/1 1 100 6\nm 6\n"u8.ToArray()))));
        Assert.Contains("segments of its own", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_a_record_laid_out_like_the_European_ST_T_database()
    {
        var samples = Enumerable.Range(0, 500).Select(i => i % 400 - 200).ToArray();
        int Sum(int channel) => (short)samples.Where((_, i) => i % 2 == channel).Sum();
        var header = $"e0103 2 250 250\ne0103.dat 212 200 12 0 {samples[0]} {Sum(0)} 0 V4\ne0103.dat 212 200 12 0 {samples[1]} {Sum(1)} 0 MLIII\n# Age: 62  Sex: M\n";
        var files = WfdbDamageTests.Files(("e0103.hea", Encoding.ASCII.GetBytes(header)), ("e0103.dat", SampleFormat.Pack(212, samples)));
        var record = WfdbReader.Read("e0103", files);
        Assert.Equal(["V4", "MLIII"], record.Signals.Select(signal => signal.Name));
        Assert.Equal([-1f, -0.99f], record.Signals[0].Samples[..2]);

        var annotations = AnnotationFile.Parse("e0103.atr", new AnnotationFile([
            new(0, AnnotationCode.Rhythm, Aux: "(N"), new(130, AnnotationCode.Normal),
            new(140, AnnotationCode.StChange, Channel: 1, Aux: "(ST1+"), new(200, AnnotationCode.TChange, Channel: 1, Aux: "AT1+300")]).ToBytes()).Annotations;
        Assert.Equal("(ST1+", annotations[2].Aux);
        Assert.Equal(AnnotationCode.TChange, annotations[3].Code);
    }

    [Theory]
    [InlineData(16), InlineData(212)]
    public void Writes_what_it_reads(int format)
    {
        var record = new Record("w", 360,
            [new("MLII", "mV", [0f, 1.5f, float.NaN, -2.5f], 360, 200, 1024 - 1000), new("V5", "mV", [0.005f, 0, 0, 1], 360, 200)],
            ["a note"], new DateTime(2001, 2, 3, 4, 5, 6));
        var (header, data) = WfdbWriter.ToBytes(record, format);
        var again = WfdbReader.Read("w", WfdbDamageTests.Files(("w.hea", header), ("w.dat", data)));
        Assert.Equal((record.Start, "a note", 360.0), (again.Start, again.Comments.Single(), again.SampleRateHz));
        Assert.Equal(record.Signals.Select(s => s.Name), again.Signals.Select(s => s.Name));
        for (var i = 0; i < 2; i++)
            Assert.Equal(record.Signals[i].Samples, again.Signals[i].Samples);
    }

    [Fact]
    public void Refuses_to_write_a_value_outside_the_format()
    {
        var record = new Record("w", 360, [new("I", "mV", [11f], 360, 200)], []);
        Assert.Throws<ArgumentException>(() => WfdbWriter.ToBytes(record, 212));
    }

    [Fact]
    public void Writes_record_100_byte_for_byte_as_it_was_published()
    {
        var folder = Recordings.Folder("mitdb");
        var record = WfdbReader.Read(Path.Combine(folder, "100"));
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "100.dat")), WfdbWriter.ToBytes(record, 212).Data);
    }

    [Fact]
    public void Reads_a_MATLAB_file_without_header_as_with_it()
    {
        var path = Path.Combine(Recordings.Folder("cinc2017-n-af"), "A00005");
        var bytes = File.ReadAllBytes(path + ".mat");
        var alone = MatFile.Parse("A00005.mat", bytes);
        Assert.Equal(WfdbReader.Read(path).Signals[0].Samples, alone.Signals[0].Samples);
        Assert.Equal(bytes, MatFile.ToBytes(alone));
    }

    [Fact]
    public void Refuses_a_MATLAB_file_that_claims_more_than_it_has()
    {
        var bytes = MatFile.ToBytes(new Record("m", 300, [new("ECG", "mV", [1f, 2f], 300)], []));
        bytes[11] = 0x7F;
        var error = Assert.Throws<RecordFormatException>(() => MatFile.Parse("m.mat", bytes));
        Assert.Equal(bytes.Length, error.ByteOffset);
    }

    private static Record Read(string header, byte[] data) =>
        WfdbReader.Read("r", WfdbDamageTests.Files(("r.hea", Encoding.UTF8.GetBytes(header)), ("r.dat", data)));
}

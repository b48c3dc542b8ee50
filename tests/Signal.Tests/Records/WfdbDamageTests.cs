using System.Text;
using EcgImageWeb.Signal.Records;

namespace EcgImageWeb.Signal.Tests.Records;

public class WfdbDamageTests
{
    private static readonly byte[] Data = SampleFormat.Pack(16, [1, 2, 3, 4, 5, 6]);

    [Fact]
    public void Reads_the_undamaged_record_that_the_other_tests_damage()
    {
        var record = Read("r 2 100 3\nr.dat 16 1000 16 0 1 9 0 I\nr.dat 16 1000 16 0 2 12 0 II\n", Data);
        Assert.Equal([0.001f, 0.003f, 0.005f], record.Signals[0].Samples);
        Assert.Equal([0.002f, 0.004f, 0.006f], record.Signals[1].Samples);
    }

    [Theory]
    [InlineData("", "r.hea", 0, "record line")]
    [InlineData("# only a comment\n", "r.hea", 17, "record line")]
    [InlineData("r\n", "r.hea", 0, "number of signals")]
    [InlineData("r 2 100 3\nr.dat 16\n", "r.hea", 19, "promises 2 signals")]
    [InlineData("r 2000000000 100 3\nr.dat 16\n", "r.hea", 28, "promises 2000000000 signals")]
    [InlineData("r 99999999999 100 3\n", "r.hea", 2, "too large")]
    [InlineData("r/9 1 100 3\n", "r.hea", 12, "promises 9 segments")]
    [InlineData("r 1 0 3\nr.dat 16\n", "r.hea", 4, "not possible")]
    [InlineData("r 1 100 3\nr.dat sixteen\n", "r.hea", 10, "format")]
    [InlineData("r 1 100 3\nr.dat 17\n", "r.dat", 0, "format 17")]
    [InlineData("r 1 100 7\nr.dat 16\n", "r.dat", 12, "ends after 6 of 7 frames")]
    [InlineData("r 1 100 9000000000000000000\nr.dat 16\n", "r.dat", 12, "ends after 6")]
    [InlineData("r 1 100 9000000000000000000\n~ 0\n", "r.hea", 0, "more than the limit")]
    [InlineData("r 1 100 6\nr.dat 16+13\n", "r.dat", 12, "should begin")]
    [InlineData("r 1 100 6\nr.dat 16 200 12 0 1 22 0 I\n", "r.dat", 0, "add up to 21, the header's checksum is 22")]
    [InlineData("r 1 100 6\nother.dat 16\n", "other.dat", 0, "missing")]
    [InlineData("r 1 100 6\n../../etc/passwd 16\n", "../../etc/passwd", 0, "outside")]
    [InlineData("r 1 100 6\nr.dat 16x20000\n", "r.hea", 19, "20000 samples a frame")]
    public void Names_file_byte_and_reason_of_a_damaged_record(string header, string file, long offset, string reason)
    {
        var error = Assert.Throws<RecordFormatException>(() => Read(header, Data));
        Assert.Equal((file, offset), (error.File, error.ByteOffset));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_more_samples_than_the_limit_before_allocating_them()
    {
        var limits = new RecordLimits(MaxSamples: 5);
        Assert.Throws<RecordFormatException>(() => WfdbReader.Read("r", Files(("r.hea", "r 1 100\nr.dat 16\n"u8.ToArray()), ("r.dat", Data)), limits));
    }

    [Fact]
    public void Survives_any_single_byte_of_header_or_annotation_being_changed()
    {
        var header = "r 2 100 3 12:00:00 01/02/2003\nr.dat 16x1:0+0 1000(0)/mV 16 0 1 9 0 I\nr.dat 16 1000 16 0 2 12 0 II\n# note\n"u8.ToArray();
        var annotations = new AnnotationFile([new(5, AnnotationCode.Normal), new(5000, AnnotationCode.Rhythm, Aux: "(N")]).ToBytes();
        for (var at = 0; at < header.Length; at++)
        {
            foreach (var value in new byte[] { 0, (byte)'9', (byte)'-', (byte)' ', (byte)'\n', (byte)'/', 255 })
                Attempt(() => WfdbReader.Read("r", Files(("r.hea", Changed(header, at, value)), ("r.dat", Data))));
        }
        for (var at = 0; at < annotations.Length; at++)
        {
            for (var value = 0; value < 256; value++)
                Attempt(() => AnnotationFile.Parse("r.atr", Changed(annotations, at, (byte)value)));
        }
    }

    private static void Attempt(Action read)
    {
        try
        {
            read();
        }
        catch (RecordFormatException error)
        {
            Assert.NotEmpty(error.Reason);
        }
    }

    private static byte[] Changed(byte[] bytes, int at, byte value)
    {
        var copy = (byte[])bytes.Clone();
        copy[at] = value;
        return copy;
    }

    private static Record Read(string header, byte[] data) =>
        WfdbReader.Read("r", Files(("r.hea", Encoding.UTF8.GetBytes(header)), ("r.dat", data)));

    internal static Func<string, byte[]> Files(params (string Name, byte[] Bytes)[] files) => name =>
        files.FirstOrDefault(file => file.Name == name).Bytes ?? throw new FileNotFoundException(name);
}

using EcgImageWeb.Signal.Records;

namespace EcgImageWeb.Signal.Tests.Records;

public class LeadCsvTests
{
    [Fact]
    public void Writes_the_contract_and_reads_it_back()
    {
        LeadSignal[] leads = [new("I", 500, [0.1f, -0.25f]), new("II@column", 500, [1f], 0.004)];
        var text = new StringWriter();
        LeadCsv.Write(text, leads);
        Assert.Equal("time_s,I,II@column\n0,0.1000,\n0.002,-0.2500,\n0.004,,1.0000\n", text.ToString());
        var again = LeadCsv.Read("signals.csv", text.ToString());
        Assert.Equal(500, again[0].SampleRateHz);
        Assert.Equal([0.1f, -0.25f, float.NaN], again[0].Mv);
        Assert.Equal([float.NaN, float.NaN, 1f], again[1].Mv);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("I,II\n1,2\n", 0)]
    [InlineData("time_s,I\n0,1\n0.1\n", 13)]
    [InlineData("time_s,I\n0,one\n", 9)]
    [InlineData("time_s,I\n0,1\n0,1\n", 17)]
    public void Says_which_line_is_no_row(string text, long offset) =>
        Assert.Equal(offset, Assert.Throws<RecordFormatException>(() => LeadCsv.Read("x.csv", text)).ByteOffset);
}

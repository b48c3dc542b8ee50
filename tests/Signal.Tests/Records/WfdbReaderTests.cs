using EcgImageWeb.Signal.Records;

namespace EcgImageWeb.Signal.Tests.Records;

public class WfdbReaderTests
{
    [Fact]
    public void Reads_all_records_of_MIT_BIH_with_their_checksums()
    {
        var folder = Recordings.Folder("mitdb");
        var names = Directory.GetFiles(folder, "*.hea").Select(Path.GetFileNameWithoutExtension).Order().ToArray();
        Assert.Equal(48, names.Length);
        foreach (var name in names)
        {
            var record = WfdbReader.Read(Path.Combine(folder, name!));
            Assert.Equal(360, record.SampleRateHz);
            Assert.Equal([650000, 650000], record.Signals.Select(signal => signal.Samples.Length));
        }
    }

    [Fact]
    public void Reads_record_100_in_millivolts()
    {
        var record = WfdbReader.Read(Path.Combine(Recordings.Folder("mitdb"), "100"));
        Assert.Equal(["MLII", "V5"], record.Signals.Select(signal => signal.Name));
        Assert.Equal([-0.145f, -0.145f], record.Signals[0].Samples[..2]);
        Assert.Equal(-0.065f, record.Signals[1].Samples[0]);
        Assert.Equal("69 M 1085 1629 x1", record.Comments[0]);
    }

    [Fact]
    public void Reads_the_MATLAB_files_of_CinC_2017()
    {
        var record = WfdbReader.Read(Path.Combine(Recordings.Folder("cinc2017-n-af"), "A00001"));
        Assert.Equal(300, record.SampleRateHz);
        Assert.Equal(9000, record.Signals[0].Samples.Length);
        Assert.Equal(-0.127f, record.Signals[0].Samples[0]);
        Assert.Equal(new DateTime(2000, 5, 1, 5, 5, 15), record.Start);
    }

    [Fact]
    public void Reads_twelve_leads_of_LUDB()
    {
        var record = WfdbReader.Read(Path.Combine(Recordings.Folder("ludb"), "data", "1"));
        var lead = record.Find("avr")!.ToLead();
        Assert.Equal("aVR", lead.Name);
        Assert.Equal(10, lead.DurationS);
        Assert.Equal((47 + 5) / 1368f, lead.Mv[0]);
    }
}

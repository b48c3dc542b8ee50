using System.IO.Compression;
using EcgImageWeb.Analysis.Attributions;
using EcgImageWeb.Analysis.Jobs;
using EcgImageWeb.Analysis.Records;
using EcgImageWeb.Signal.Records;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Analysis.Tests.Signals;

public sealed class RecordJobsTests(SignalFixture fixture, Analyzed analyzed) : IClassFixture<SignalFixture>, IDisposable
{
    private readonly string storage = Directory.CreateTempSubdirectory("ecg-tests-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(storage, recursive: true);

    [Fact]
    public async Task A_record_goes_through_the_queue_says_why_and_is_there_after_a_restart()
    {
        string id;
        await using (var jobs = Jobs())
        {
            id = await jobs.SubmitAsync("rec.hea", new MemoryStream(Packed()), new AnalysisOptions(), Ct);
            var end = await End(jobs, id);
            Assert.Equal(AnalysisPhase.Done, end.Phase);
            Assert.Null(end.Result);
            Assert.Equal(("rec.hea", 12), (end.Record!.Source.File, end.Record.Page.Beats!.Count));
            using var header = jobs.OpenFile(id, "signals.hea");
            Assert.NotNull(header);

            using var explanations = new Explanations(jobs, fixture.Models);
            var why = await explanations.ExplainAsync(id, "beats", "II", "V", SignalFixture.WideS, null, Ct);
            Assert.Equal(SignalFixture.WideS, why!.StartS + ((why.Values.Index().MaxBy(value => value.Item).Index + 0.5) * why.StepS), 0.12);
            Assert.Null(await explanations.ExplainAsync(id, "beats", "II", "V", 4.2, null, Ct));
            Assert.Null(await explanations.ExplainAsync(id, "oracle", "II", "V", SignalFixture.WideS, null, Ct));
            Assert.Null(await explanations.ExplainAsync(new string('0', 32), "beats", "II", "V", SignalFixture.WideS, null, Ct));
        }

        await using var again = Jobs();
        Assert.Equal(12, again.Find(id)!.Record!.Page.Beats!.Count);
        Assert.Equal("rec.hea", again.Find(id)!.FileName);
    }

    [Fact]
    public async Task A_damaged_record_is_refused_like_a_damaged_page()
    {
        await using var jobs = Jobs();
        var id = await jobs.SubmitAsync("rec.csv", new MemoryStream("a,b\n1,2\n"u8.ToArray()), new AnalysisOptions(), Ct);
        Assert.Equal(RefusalCode.Damaged, (await End(jobs, id)).Error!.Code);
    }

    [Fact]
    public async Task A_record_without_an_ECG_is_no_page_whose_layout_can_be_told()
    {
        await using var jobs = Jobs();
        var end = await End(jobs, await jobs.SubmitAsync("table.csv", new MemoryStream("time_s,pressure\n0,80\n"u8.ToArray()), new AnalysisOptions(), Ct));
        Assert.NotNull(end.Error);
        Assert.True(end.IsRecord);
        Assert.False(end.CanBeCorrected);
    }

    private static async Task<AnalysisState> End(AnalysisJobs jobs, string id)
    {
        AnalysisState? last = null;
        await foreach (var state in jobs.WatchAsync(id, Ct))
            last = state;
        return last!;
    }

    private AnalysisJobs Jobs() => new(
        analyzed.Analyzer, new JobOptions { StorageFolder = Path.Combine(storage, "jobs"), Workers = 1 }, TimeProvider.System, (failure, _) => Assert.Fail(failure.ToString()),
        records: new RecordAnalyzer(fixture.Models));

    private byte[] Packed()
    {
        WfdbWriter.Write(storage, "rec", [SignalFixture.Strip]);
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in new[] { "rec.hea", "rec.dat" })
                archive.CreateEntryFromFile(Path.Combine(storage, name), name);
        return stream.ToArray();
    }
}

using System.IO.Pipelines;
using EcgImageWeb.Analysis.Jobs;
using EcgImageWeb.Analysis.Output;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Analysis.Tests.Jobs;

/// <summary>How an upload waits, runs and ends.</summary>
public sealed class QueueTests(Analyzed analyzed) : JobsTest(analyzed)
{
    [Fact]
    public async Task A_page_goes_from_the_queue_through_every_stage_to_its_files()
    {
        var jobs = Start();
        var id = await jobs.SubmitAsync("../my page.jpg", new MemoryStream(Analyzed.PageBytes), new AnalysisOptions(), Ct);
        var seen = new List<AnalysisState>();
        await foreach (var state in jobs.WatchAsync(id, Ct))
            seen.Add(state);

        Assert.Matches("^[0-9a-f]{32}$", id);
        var end = seen[^1];
        Assert.Equal((AnalysisPhase.Done, "", 1.0, "my page.jpg"), (end.Phase, end.Stage, end.Progress, end.FileName));
        Assert.Equal(seen.Select(state => state.Progress).Order(), seen.Select(state => state.Progress));
        Assert.Equal(13, end.Result!.Leads.Count);
        Assert.Null(end.Error);
        // Five for the page, three for the signals, three a lead, and the upload, which a correction needs.
        Assert.Equal(5 + 3 + 39 + 1, Directory.GetFiles(Path.Combine(Storage, id), "*", SearchOption.AllDirectories).Length);
        foreach (var file in (string[])["analysis.json", "page.jpg", "leads/aVR-smooth.png"])
        {
            await using var content = jobs.OpenFile(id, file);
            Assert.NotEqual(-1, content!.ReadByte());
        }
        Assert.Empty(Failures);
    }

    [Fact]
    public async Task A_refused_page_leaves_its_refusal_and_nothing_else()
    {
        var jobs = Start();

        var end = await EndOf(jobs, await Submit(jobs));

        Assert.Equal((AnalysisPhase.Refused, RefusalCode.NotAnImage), (end.Phase, end.Error!.Code));
        Assert.Equal(["error.json"], FilesOf(end.Id));
        Assert.Equal(end.Error, AnalysisFolder.ReadError(Path.Combine(Storage, end.Id)));
        await using var error = jobs.OpenFile(end.Id, "error.json");
        Assert.NotNull(error);
    }

    [Fact]
    public async Task A_bug_is_told_and_costs_neither_the_worker_nor_its_place()
    {
        var jobs = Start(new() { Workers = 1, Capacity = 1 });
        var hold = new Gate(Time);
        var id = await Submit(jobs);
        await hold.WorkerAsync();
        File.Delete(Path.Combine(Storage, id, "upload.bin"));
        hold.Open();

        Assert.Equal("internal", (await EndOf(jobs, id)).Error!.Code);
        Assert.IsType<FileNotFoundException>(Assert.Single(Failures));
        Assert.Equal(RefusalCode.NotAnImage, (await EndOf(jobs, await Submit(jobs))).Error!.Code);
    }

    [Fact]
    public async Task An_empty_file_is_refused_before_it_is_queued()
    {
        var jobs = Start();

        Assert.Equal(RefusalCode.Empty, await RefusalOf(() => jobs.SubmitAsync("a.jpg", Stream.Null, new AnalysisOptions(), Ct)));
        Assert.Empty(Folders);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_without_reading_the_rest()
    {
        var jobs = Start(new() { MaxBytes = 100_000 });
        var content = new CountingStream(10_000_000, atEnd: () => 0);

        Assert.Equal(RefusalCode.TooLarge, await RefusalOf(() => jobs.SubmitAsync("a.jpg", content, new AnalysisOptions(), Ct)));
        Assert.InRange(content.Given, 100_001, 300_000);
        Assert.Empty(Folders);
    }

    [Fact]
    public async Task An_upload_that_never_ends_is_stopped_and_gives_its_place_back()
    {
        var jobs = Start(new() { Workers = 1, Capacity = 1 });
        var sending = RefusalOf(() => jobs.SubmitAsync("a.jpg", new Pipe().Reader.AsStream(), new AnalysisOptions(), Ct));
        Assert.Equal(RefusalCode.Busy, await RefusalOf(() => Submit(jobs)));

        Time.Advance(new JobOptions().MaxUpload);

        Assert.Equal(RefusalCode.Cancelled, await sending);
        Assert.Empty(Folders);
        Assert.Equal(RefusalCode.NotAnImage, (await EndOf(jobs, await Submit(jobs))).Error!.Code);
    }

    [Fact]
    public async Task A_file_of_just_the_limit_is_taken()
    {
        var jobs = Start(new() { MaxBytes = 1000 });

        Assert.NotNull(jobs.Find(await jobs.SubmitAsync("a.jpg", new MemoryStream(new byte[1000]), new AnalysisOptions(), Ct)));
    }

    [Fact]
    public async Task Ten_uploads_at_once_are_all_answered_and_ten_more_after_them()
    {
        var jobs = Start(new() { Workers = 2, Capacity = 10 });
        for (var round = 0; round < 2; round++)
        {
            var ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Submit(jobs)));
            Assert.Equal(10, ids.Distinct().Count());
            foreach (var id in ids)
                Assert.Equal(RefusalCode.NotAnImage, (await EndOf(jobs, id)).Error!.Code);
        }
    }

    [Fact]
    public async Task A_full_queue_says_busy_at_once_and_reads_nothing()
    {
        var jobs = Start(new() { Workers = 0, Capacity = 2 });
        var first = await Submit(jobs);
        var second = await Submit(jobs);
        var content = new CountingStream(1000, atEnd: () => 0);

        Assert.Equal(RefusalCode.Busy, await RefusalOf(() => jobs.SubmitAsync("a.jpg", content, new AnalysisOptions(), Ct)));
        Assert.Equal(0, content.Given);
        Assert.Equal(2, Folders.Length);

        jobs.Cancel(first);
        jobs.Cancel(first);
        await Submit(jobs);
        Assert.Equal(RefusalCode.Busy, await RefusalOf(() => Submit(jobs)));

        jobs.Delete(second);
        jobs.Delete(first);
        await Submit(jobs);
        Assert.Equal(RefusalCode.Busy, await RefusalOf(() => Submit(jobs)));
    }

    [Fact]
    public async Task A_queued_analysis_is_cancelled_at_once_and_never_run()
    {
        var jobs = Start(new() { Workers = 1 });
        var hold = new Gate(Time);
        var running = await Submit(jobs);
        await hold.WorkerAsync();
        var queued = await Submit(jobs);

        jobs.Cancel(queued);

        Assert.Equal((AnalysisPhase.Refused, RefusalCode.Cancelled), (jobs.Find(queued)!.Phase, jobs.Find(queued)!.Error!.Code));
        Assert.Equal(["error.json"], FilesOf(queued));
        hold.Open();
        Assert.Equal(RefusalCode.NotAnImage, (await EndOf(jobs, running)).Error!.Code);
        Assert.Equal(RefusalCode.NotAnImage, (await EndOf(jobs, await Submit(jobs))).Error!.Code);
        Assert.Equal(RefusalCode.Cancelled, jobs.Find(queued)!.Error!.Code);
        Assert.Equal(2, hold.Runs);
    }

    [Fact]
    public async Task A_running_analysis_is_cancelled_and_leaves_its_refusal_only()
    {
        var jobs = Start();
        var hold = new Gate(Time);
        var id = await jobs.SubmitAsync("page.jpg", new MemoryStream(Analyzed.PageBytes), new AnalysisOptions(), Ct);
        await hold.WorkerAsync();
        Assert.Equal(AnalysisPhase.Running, jobs.Find(id)!.Phase);

        jobs.Cancel(id);
        hold.Open();

        var end = await EndOf(jobs, id);
        Assert.Equal(("cancelled", "The analysis was cancelled."), (end.Error!.Code, end.Error.Message));
        Assert.Equal(["error.json"], FilesOf(id));
        jobs.Cancel(id);
        Assert.Same(end, jobs.Find(id));
    }

    [Fact]
    public async Task An_analysis_that_takes_too_long_is_stopped_and_says_so()
    {
        var jobs = Start(new() { MaxDuration = TimeSpan.FromSeconds(7) });
        var hold = new Gate(Time);
        var id = await jobs.SubmitAsync("page.jpg", new MemoryStream(Analyzed.PageBytes), new AnalysisOptions(), Ct);
        await hold.WorkerAsync();
        Time.Advance(TimeSpan.FromSeconds(7));
        hold.Open();

        var end = await EndOf(jobs, id);
        Assert.Equal("cancelled", end.Error!.Code);
        Assert.Contains("longer than 7 s", end.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_analysis_is_gone_even_if_it_runs()
    {
        var jobs = Start(new() { Workers = 1, Capacity = 2 });
        var hold = new Gate(Time);
        var running = await jobs.SubmitAsync("page.jpg", new MemoryStream(Analyzed.PageBytes), new AnalysisOptions(), Ct);
        await hold.WorkerAsync();
        var queued = await Submit(jobs);
        var watching = EndOf(jobs, running);

        jobs.Delete(running);
        jobs.Delete(queued);

        Assert.Null(jobs.Find(running));
        Assert.Null(jobs.Find(queued));
        Assert.False(Directory.Exists(Path.Combine(Storage, queued)));
        hold.Open();
        Assert.Equal(RefusalCode.Cancelled, (await watching).Error!.Code);
        Assert.Equal(RefusalCode.NotAnImage, (await EndOf(jobs, await Submit(jobs))).Error!.Code);
        Assert.False(Directory.Exists(Path.Combine(Storage, running)));
    }

    [Fact]
    public async Task Cancelling_and_deleting_from_everywhere_leaves_nothing_behind()
    {
        var jobs = Start(new() { Workers = 2, Capacity = 8 });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                var id = await Submit(jobs);
                await Task.WhenAll(
                    Task.Run(() => jobs.Cancel(id), Ct),
                    Task.Run(() => { if ((n + i) % 3 > 0) jobs.Delete(id); }, Ct),
                    Task.Run(() => jobs.Delete(id), Ct));
                Assert.Null(jobs.Find(id));
            }
        }, Ct)));

        // Eight places are free again: all can be taken at once.
        foreach (var id in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Submit(jobs))))
        {
            await EndOf(jobs, id);
            jobs.Delete(id);
        }
        await jobs.DisposeAsync();
        Assert.Empty(Folders);
        Assert.Empty(Failures);
    }

    [Fact]
    public async Task Says_that_it_is_quiet_three_seconds_after_the_last_page_and_only_then()
    {
        var quiet = 0;
        var jobs = Start(onQuiet: () => quiet++);
        Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, quiet);

        await EndOf(jobs, await Submit(jobs));
        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, quiet);
        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, quiet);
        Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, quiet);
    }
}

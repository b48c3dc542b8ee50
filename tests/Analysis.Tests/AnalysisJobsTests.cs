using System.Runtime.Versioning;
using EcgImageWeb.Analysis.Corrections;
using EcgImageWeb.Analysis.Jobs;
using EcgImageWeb.Analysis.Output;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Analysis.Teaching;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Synthesis;

namespace EcgImageWeb.Analysis.Tests;

public sealed class AnalysisJobsTests(Analyzed analyzed) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string storage = Path.Combine(Path.GetTempPath(), "ecg-tests-" + Guid.NewGuid().ToString("N"));
    private readonly FakeTime time = new();
    private readonly List<Exception> failures = [];
    private readonly List<AnalysisJobs> started = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string[] Folders => [.. Directory.GetDirectories(storage).Select(folder => Path.GetFileName(folder))];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var jobs in started)
            await jobs.DisposeAsync();
        if (Directory.Exists(storage))
            Directory.Delete(storage, recursive: true);
    }

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
        Assert.Equal(5 + 3 + 39 + 1, Directory.GetFiles(Path.Combine(storage, id), "*", SearchOption.AllDirectories).Length);
        foreach (var file in (string[])["analysis.json", "page.jpg", "leads/aVR-smooth.png"])
        {
            await using var content = jobs.OpenFile(id, file);
            Assert.NotEqual(-1, content!.ReadByte());
        }
        Assert.Empty(failures);
    }

    [Fact]
    public async Task A_refused_page_leaves_its_refusal_and_nothing_else()
    {
        var jobs = Start();

        var end = await EndOf(jobs, await Submit(jobs));

        Assert.Equal((AnalysisPhase.Refused, RefusalCode.NotAnImage), (end.Phase, end.Error!.Code));
        Assert.Equal(["error.json"], FilesOf(end.Id));
        Assert.Equal(end.Error, AnalysisFolder.ReadError(Path.Combine(storage, end.Id)));
        await using var error = jobs.OpenFile(end.Id, "error.json");
        Assert.NotNull(error);
    }

    [Fact]
    public async Task A_bug_is_told_and_costs_neither_the_worker_nor_its_place()
    {
        var jobs = Start(new() { Workers = 1, Capacity = 1 });
        var hold = new Gate(time);
        var id = await Submit(jobs);
        await hold.WorkerAsync();
        File.Delete(Path.Combine(storage, id, "upload.bin"));
        hold.Open();

        Assert.Equal("internal", (await EndOf(jobs, id)).Error!.Code);
        Assert.IsType<FileNotFoundException>(Assert.Single(failures));
        Assert.Equal(RefusalCode.NotAnImage, (await EndOf(jobs, await Submit(jobs))).Error!.Code);
    }

    [Fact]
    public async Task A_correction_is_an_analysis_of_its_own_and_outlives_the_one_it_came_from()
    {
        var first = Finished();
        var jobs = Start();

        var second = await EndOf(jobs, (await jobs.CorrectAsync(first, new PageCorrections { MmPerS = 50 }, Ct))!);
        jobs.Delete(first);
        var third = await EndOf(jobs, (await jobs.CorrectAsync(second.Id, new PageCorrections { MmPerMv = 5 }, Ct))!);

        Assert.Equal((50, 10), (second.Result!.Geometry.MmPerS, second.Result.Geometry.MmPerMv));
        // All corrections are said each time: what is not said any more is not set any more.
        Assert.Equal((25, 5), (third.Result!.Geometry.MmPerS, third.Result.Geometry.MmPerMv));
        // The stages before were kept, though the first analysis is gone.
        Assert.Equal(0, third.Result.TimingsMs["layout"]);
        Assert.Equal("page.jpg", third.FileName);
        await using var signals = jobs.OpenFile(third.Id, "signals.csv");
        Assert.NotNull(signals);
        Assert.Empty(failures);
    }

    [Fact]
    public async Task A_page_whose_leads_were_not_found_is_read_once_its_layout_is_told()
    {
        var jobs = Start();
        var refused = await EndOf(jobs, await jobs.SubmitAsync("chest.png", new MemoryStream(UnnamedPage.Png(Ct)), new AnalysisOptions(), Ct));
        Assert.Equal(RefusalCode.NoLayout, refused.Error!.Code);
        Assert.Equal(["error.json", "upload.bin"], FilesOf(refused.Id).Order());

        var wrong = await EndOf(jobs, (await jobs.CorrectAsync(refused.Id, new PageCorrections { Layout = "12x1" }, Ct))!);
        var read = await EndOf(jobs, (await jobs.CorrectAsync(refused.Id, new PageCorrections { Layout = "6x1-chest" }, Ct))!);

        Assert.Equal(RefusalCode.NoLayout, wrong.Error!.Code);
        Assert.Equal(("6x1-chest", "user"), (read.Result!.Layout.Name, read.Result.Layout.From));
        Assert.Equal("chest.png", read.FileName);
        Assert.All(read.Result.Leads, lead => Assert.InRange(lead.Coverage, 0.98, 1));
        Assert.Equal("bad-corrections", await RefusalOf(() => jobs.CorrectAsync(refused.Id, new PageCorrections { Layout = "5x5" }, Ct)));
        Assert.Empty(failures);
    }

    [Fact]
    public async Task A_correction_that_does_not_fit_is_refused_and_the_result_stays()
    {
        var first = Finished();
        var jobs = Start();

        var refused = await EndOf(jobs, (await jobs.CorrectAsync(first, new PageCorrections { Leads = [new("V9", "V1")] }, Ct))!);

        Assert.Equal("bad-corrections", refused.Error!.Code);
        Assert.NotNull(jobs.Find(first)!.Result);
        Assert.Equal("bad-corrections", await RefusalOf(() => jobs.CorrectAsync(first, new PageCorrections { MmPerS = -1 }, Ct)));
        Assert.Null(await jobs.CorrectAsync(refused.Id, new PageCorrections(), Ct));
        Assert.Null(await jobs.CorrectAsync(new string('0', 32), new PageCorrections(), Ct));
    }

    [Fact]
    public async Task A_correction_counts_in_the_queue()
    {
        var id = Finished();
        var jobs = Start(new() { Capacity = 1 });
        var hold = new Gate(time);

        var corrected = (await jobs.CorrectAsync(id, new PageCorrections { MmPerMv = 20 }, Ct))!;
        Assert.Equal(RefusalCode.Busy, await RefusalOf(() => jobs.CorrectAsync(id, new PageCorrections(), Ct)));
        hold.Open();

        Assert.Equal(20, (await EndOf(jobs, corrected)).Result!.Geometry.MmPerMv);
    }

    [Fact]
    public async Task The_ink_between_clicks_is_followed_before_anything_is_corrected()
    {
        var id = Finished();
        var jobs = Start();
        var strip = jobs.Find(id)!.Result!.Leads[12].Box;

        var path = (await jobs.FollowAsync(id, new RedrawnPiece("rhythm", [[strip.X + 20, strip.Y + (strip.Height / 2)], [strip.X + 220, strip.Y + (strip.Height / 2)]]), Ct))!;

        Assert.Equal(201, path.Count);
        Assert.All(path.Zip(path.Skip(1)), pair => Assert.Equal(1, pair.Second[0] - pair.First[0]));
        Assert.Null(await jobs.FollowAsync(new string('0', 32), new RedrawnPiece("rhythm", [[1, 1], [9, 9]]), Ct));
        Assert.Equal("bad-corrections", await RefusalOf(() => jobs.FollowAsync(id, new RedrawnPiece("rhythm", [[1, 1], [9_000, 9]]), Ct)));
    }

    [Fact]
    public async Task A_report_is_made_when_it_is_asked_for_and_once()
    {
        var id = Finished();
        var jobs = Start();
        Assert.DoesNotContain("report.pdf", FilesOf(id));

        await using (var report = jobs.OpenFile(id, "report.pdf"))
            Assert.Equal('%', report!.ReadByte());
        var made = File.GetLastWriteTimeUtc(Path.Combine(storage, id, "report.pdf"));
        await using var again = jobs.OpenFile(id, "report.pdf");

        Assert.Equal(made, File.GetLastWriteTimeUtc(Path.Combine(storage, id, "report.pdf")));
    }

    [Fact]
    public async Task A_page_that_is_drawn_to_be_read_is_compared_with_its_truth_also_when_it_is_corrected()
    {
        var jobs = Start();

        var end = await EndOf(jobs, jobs.Teach(new TeachingWish { Look = PageLook.Clean, Seed = 5 }));
        var corrected = await EndOf(jobs, (await jobs.CorrectAsync(end.Id, new PageCorrections { MmPerMv = 20 }, Ct))!);

        Assert.True(end.Result!.Truth!.SnrDb > corrected.Result!.Truth!.SnrDb);
        Assert.Contains("truth.csv", FilesOf(end.Id));
        Assert.Equal("bad-request", Assert.Throws<RefusalException>(() => jobs.Teach(new TeachingWish { Record = "nobody" })).Code);
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
    public async Task A_file_of_just_the_limit_is_taken()
    {
        var jobs = Start(new() { MaxBytes = 1000 });

        Assert.NotNull(jobs.Find(await jobs.SubmitAsync("a.jpg", new MemoryStream(new byte[1000]), new AnalysisOptions(), Ct)));
    }

    [Fact]
    public async Task A_client_that_goes_away_in_the_middle_leaves_no_folder_and_no_occupied_place()
    {
        var jobs = Start(new() { Capacity = 1 });
        for (var i = 0; i < 3; i++)
        {
            var upload = new CountingStream(200_000, atEnd: () => throw new IOException("The client reset the request stream."));
            await Assert.ThrowsAsync<IOException>(() => jobs.SubmitAsync("a.jpg", upload, new AnalysisOptions(), Ct));
            using var gone = new CancellationTokenSource();
            upload = new CountingStream(200_000, atEnd: () =>
            {
                gone.Cancel();
                return 1;
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => jobs.SubmitAsync("a.jpg", upload, new AnalysisOptions(), gone.Token));
        }

        Assert.Empty(Folders);
        Assert.Empty(failures);
        await EndOf(jobs, await Submit(jobs));
    }

    [Fact]
    public async Task A_disk_without_room_is_told_as_busy_and_logged()
    {
        var jobs = Start(new() { Capacity = 1 });
        Directory.Delete(storage);
        await File.WriteAllTextAsync(storage, "no folder", Ct);

        Assert.Equal(RefusalCode.Busy, await RefusalOf(() => Submit(jobs)));
        Assert.NotEmpty(failures);

        File.Delete(storage);
        await EndOf(jobs, await Submit(jobs));
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
        var hold = new Gate(time);
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
        var hold = new Gate(time);
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
        var hold = new Gate(time);
        var id = await jobs.SubmitAsync("page.jpg", new MemoryStream(Analyzed.PageBytes), new AnalysisOptions(), Ct);
        await hold.WorkerAsync();
        time.Advance(TimeSpan.FromSeconds(7));
        hold.Open();

        var end = await EndOf(jobs, id);
        Assert.Equal("cancelled", end.Error!.Code);
        Assert.Contains("longer than 7 s", end.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_analysis_is_gone_even_if_it_runs()
    {
        var jobs = Start(new() { Workers = 1, Capacity = 2 });
        var hold = new Gate(time);
        var running = await jobs.SubmitAsync("page.jpg", new MemoryStream(Analyzed.PageBytes), new AnalysisOptions(), Ct);
        await hold.WorkerAsync();
        var queued = await Submit(jobs);
        var watching = EndOf(jobs, running);

        jobs.Delete(running);
        jobs.Delete(queued);

        Assert.Null(jobs.Find(running));
        Assert.Null(jobs.Find(queued));
        Assert.False(Directory.Exists(Path.Combine(storage, queued)));
        hold.Open();
        Assert.Equal(RefusalCode.Cancelled, (await watching).Error!.Code);
        Assert.Equal(RefusalCode.NotAnImage, (await EndOf(jobs, await Submit(jobs))).Error!.Code);
        Assert.False(Directory.Exists(Path.Combine(storage, running)));
    }

    [Fact]
    public async Task A_finished_analysis_is_deleted_with_its_files()
    {
        var jobs = Start();
        var id = (await EndOf(jobs, await Submit(jobs))).Id;

        jobs.Delete(id);
        jobs.Delete(id);

        Assert.Null(jobs.OpenFile(id, "error.json"));
        Assert.Empty(Folders);
        Assert.Empty(failures);
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
        Assert.Empty(failures);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("leads")]
    [InlineData("leads/")]
    [InlineData("/etc/passwd")]
    [InlineData("../OTHER/error.json")]
    [InlineData("leads/../../OTHER/error.json")]
    [InlineData("leads/leads/I-raw.png")]
    [InlineData("leads\\I-raw.png")]
    [InlineData("./analysis.json")]
    [InlineData("analysis.json/")]
    [InlineData("analysis.json\0.png")]
    [InlineData("analysis.json.part")]
    [InlineData("upload.bin")]
    [InlineData("missing.png")]
    [InlineData(".json")]
    [InlineData("STORAGE/OTHER/error.json")]
    public async Task A_path_opens_only_the_files_of_its_own_analysis(string path)
    {
        var (mine, other) = (new string('a', 32), new string('b', 32));
        AnalysisFolder.WriteError(Path.Combine(storage, mine), new AnalysisError("empty", "mine", "a.jpg"));
        AnalysisFolder.WriteError(Path.Combine(storage, other), new AnalysisError("empty", "other", "b.jpg"));
        await File.WriteAllTextAsync(Path.Combine(storage, mine, "upload.bin"), "bytes", Ct);
        await File.WriteAllTextAsync(Path.Combine(storage, mine, "analysis.json.part"), "bytes", Ct);
        var jobs = Start();
        await using var own = jobs.OpenFile(mine, "error.json");
        Assert.NotNull(own);

        Assert.Null(jobs.OpenFile(mine, path.Replace("OTHER", other, StringComparison.Ordinal).Replace("STORAGE", storage, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("cccccccccccccccccccccccccccccccc")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("../aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task An_unknown_id_reaches_nothing(string id)
    {
        AnalysisFolder.WriteError(Path.Combine(storage, new string('a', 32)), new AnalysisError("empty", "mine", "a.jpg"));
        var jobs = Start();

        Assert.Null(jobs.Find(id));
        Assert.Null(jobs.OpenFile(id, "error.json"));
        jobs.Cancel(id);
        jobs.Delete(id);
        await foreach (var _ in jobs.WatchAsync(id, Ct))
            Assert.Fail("There is nothing to watch.");
        Assert.Single(Folders);
    }

    [Fact]
    public async Task Files_of_an_unfinished_analysis_are_not_opened()
    {
        var jobs = Start(new() { Workers = 0 });
        var id = await Submit(jobs);
        await File.WriteAllTextAsync(Path.Combine(storage, id, "page.jpg"), "bytes", Ct);

        Assert.Null(jobs.OpenFile(id, "page.jpg"));
    }

    [Fact]
    public async Task Expired_analyses_are_deleted_whatever_they_are_doing()
    {
        var jobs = Start(new() { Workers = 1, KeepFor = TimeSpan.FromMinutes(10), MaxDuration = TimeSpan.FromHours(5) });
        var hold = new Gate(time);
        var running = await jobs.SubmitAsync("page.jpg", new MemoryStream(Analyzed.PageBytes), new AnalysisOptions(), Ct);
        await hold.WorkerAsync();
        var queued = await Submit(jobs);
        time.Advance(TimeSpan.FromMinutes(8));
        var later = await Submit(jobs);
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromMinutes(10), jobs.Find(later)!.Expires);
        Assert.NotNull(jobs.Find(running));

        time.Advance(TimeSpan.FromMinutes(3));
        await Until(() => jobs.Find(running) is null && jobs.Find(queued) is null);
        hold.Open();

        Assert.Equal(RefusalCode.NotAnImage, (await EndOf(jobs, later)).Error!.Code);
        Assert.Equal([later], Folders);

        time.Advance(TimeSpan.FromMinutes(10));
        await Until(() => jobs.Find(later) is null && Folders.Length == 0);
        Assert.Empty(failures);
    }

    [Fact]
    public void A_restart_brings_back_what_is_finished_and_removes_what_is_not()
    {
        string[] ids = [.. "abcdef".Select(letter => new string(letter, 32))];
        AnalysisFolder.Write(Folder(0), analyzed.Page, Ct);
        AnalysisFolder.WriteError(Folder(1), new AnalysisError("not-an-ecg", "A cat.", "cat.jpg"));
        Directory.CreateDirectory(Folder(2));
        File.WriteAllText(Path.Combine(Folder(2), "upload.bin"), "waiting");
        Directory.CreateDirectory(Path.Combine(Folder(3), "leads"));
        File.WriteAllText(Path.Combine(Folder(3), "leads", "I-raw.png"), "half");
        File.WriteAllText(Path.Combine(Folder(3), "analysis.json.part"), "{");
        Directory.CreateDirectory(Folder(4));
        File.WriteAllText(Path.Combine(Folder(4), "analysis.json"), "");
        Directory.CreateDirectory(Folder(5));
        File.WriteAllText(Path.Combine(Folder(5), "analysis.json"), "{}");
        Directory.CreateDirectory(Path.Combine(storage, "not ours"));

        var jobs = Start();

        Assert.Equal([.. ids[..2], "not ours"], Folders.Order());
        var done = jobs.Find(ids[0])!;
        Assert.Equal((AnalysisPhase.Done, "page.jpg", 1.0), (done.Phase, done.FileName, done.Progress));
        Assert.Equal(analyzed.Page.Result.Page.ImageModels!["cnn"].Class, done.Result!.Page.ImageModels!["cnn"].Class);
        var refused = jobs.Find(ids[1])!;
        Assert.Equal((AnalysisPhase.Refused, "cat.jpg", "not-an-ecg"), (refused.Phase, refused.FileName, refused.Error!.Code));
        Assert.Empty(failures);

        string Folder(int n) => Path.Combine(storage, ids[n]);
    }

    [Fact]
    public void A_restart_after_the_time_is_over_removes_what_was_finished()
    {
        AnalysisFolder.WriteError(Path.Combine(storage, new string('a', 32)), new AnalysisError("empty", "mine", "a.jpg"));
        time.Advance(TimeSpan.FromMinutes(61));

        var jobs = Start();

        Assert.Null(jobs.Find(new string('a', 32)));
        Assert.Empty(Folders);
    }

    [Fact]
    public async Task Stopping_removes_what_is_unfinished_and_keeps_what_is_finished()
    {
        var jobs = Start(new() { Workers = 1 });
        var hold = new Gate(time);
        hold.Open();
        var finished = (await EndOf(jobs, await Submit(jobs))).Id;
        hold.Close();
        var running = await jobs.SubmitAsync("page.jpg", new MemoryStream(Analyzed.PageBytes), new AnalysisOptions(), Ct);
        await hold.WorkerAsync();
        var queued = await Submit(jobs);
        var watching = Task.WhenAll(EndOf(jobs, running), EndOf(jobs, queued));

        var stopping = jobs.DisposeAsync();
        hold.Open();
        await stopping;

        Assert.Equal([finished], Folders);
        Assert.All(await watching, end => Assert.Equal(RefusalCode.Cancelled, end.Error!.Code));
        Assert.Equal(RefusalCode.Busy, await RefusalOf(() => Submit(jobs)));
        Assert.Equal([finished], Folders);
        Assert.Empty(failures);
        started.Clear();
        Assert.NotNull(Start().Find(finished));
    }

    [Fact]
    public async Task Stopping_removes_what_no_worker_has_taken_up()
    {
        var jobs = Start(new() { Workers = 0 });
        var watching = EndOf(jobs, await Submit(jobs));

        await jobs.DisposeAsync();

        Assert.Empty(Folders);
        Assert.Equal(RefusalCode.Cancelled, (await watching).Error!.Code);
    }

    [Fact]
    public async Task Says_that_it_is_quiet_three_seconds_after_the_last_page_and_only_then()
    {
        var quiet = 0;
        var jobs = Start(onQuiet: () => quiet++);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, quiet);

        await EndOf(jobs, await Submit(jobs));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, quiet);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, quiet);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, quiet);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void The_storage_is_for_the_servers_user_only()
    {
        Start();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(storage));
    }

    private AnalysisJobs Start(JobOptions? options = null, Action? onQuiet = null)
    {
        var jobs = new AnalysisJobs(analyzed.Analyzer, (options ?? new JobOptions()) with { StorageFolder = storage }, time, (failure, _) =>
        {
            lock (failures)
                failures.Add(failure);
        }, onQuiet);
        started.Add(jobs);
        return jobs;
    }

    /// <summary>Hands in what is soon refused as no picture.</summary>
    private static Task<string> Submit(AnalysisJobs jobs) =>
        jobs.SubmitAsync("letter.jpg", new MemoryStream("Dear doctor"u8.ToArray()), new AnalysisOptions(), Ct);

    /// <summary>Puts a finished analysis into the storage, as a start finds it; its id.</summary>
    private string Finished()
    {
        var id = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
        AnalysisFolder.Write(Path.Combine(storage, id), analyzed.Page, Ct);
        File.WriteAllBytes(Path.Combine(storage, id, "upload.bin"), Analyzed.PageBytes);
        return id;
    }

    private static async Task<AnalysisState> EndOf(AnalysisJobs jobs, string id)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(Patience);
        AnalysisState? last = null;
        await foreach (var state in jobs.WatchAsync(id, patience.Token))
            last = state;
        return last!;
    }

    private static async Task<string> RefusalOf(Func<Task> work) => (await Assert.ThrowsAsync<RefusalException>(work)).Code;

    private static async Task Until(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(Patience);
        while (!condition())
            await Task.Delay(10, patience.Token);
    }

    private IEnumerable<string> FilesOf(string id) =>
        Directory.GetFiles(Path.Combine(storage, id), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Path.Combine(storage, id), file));

    /// <summary>Holds a worker at the beginning of a run: there it makes the timer of the longest duration.</summary>
    private sealed class Gate
    {
        private TaskCompletionSource open = new();
        private TaskCompletionSource arrived = new();
        private int runs;

        public Gate(FakeTime time) => time.TimerMade = due =>
        {
            if (due == Timeout.InfiniteTimeSpan)
                return;
            Interlocked.Increment(ref runs);
            arrived.TrySetResult();
            open.Task.Wait(Patience);
        };

        public int Runs => runs;

        public Task WorkerAsync() => arrived.Task.WaitAsync(Patience, Ct);

        public void Open() => open.SetResult();

        public void Close() => (open, arrived) = (new TaskCompletionSource(), new TaskCompletionSource());
    }

    private sealed class CountingStream(long length, Func<int> atEnd) : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - Given);
            Given += read;
            return read > 0 ? read : atEnd();
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

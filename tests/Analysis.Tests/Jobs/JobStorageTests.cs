using System.Runtime.Versioning;
using EcgImageWeb.Analysis.Jobs;
using EcgImageWeb.Analysis.Output;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Analysis.Tests.Jobs;

/// <summary>What of an analysis lies on the disk, how long, and who reaches it.</summary>
public sealed class JobStorageTests(Analyzed analyzed) : JobsTest(analyzed)
{
    [Fact]
    public async Task A_report_is_made_when_it_is_asked_for_and_once()
    {
        var id = Finished();
        var jobs = Start();
        Assert.DoesNotContain("report.pdf", FilesOf(id));

        await using (var report = jobs.OpenFile(id, "report.pdf"))
            Assert.Equal('%', report!.ReadByte());
        var made = File.GetLastWriteTimeUtc(Path.Combine(Storage, id, "report.pdf"));
        await using var again = jobs.OpenFile(id, "report.pdf");

        Assert.Equal(made, File.GetLastWriteTimeUtc(Path.Combine(Storage, id, "report.pdf")));
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
        Assert.Empty(Failures);
        await EndOf(jobs, await Submit(jobs));
    }

    [Fact]
    public async Task A_disk_without_room_is_told_as_busy_and_logged()
    {
        var jobs = Start(new() { Capacity = 1 });
        Directory.Delete(Storage);
        await File.WriteAllTextAsync(Storage, "no folder", Ct);

        Assert.Equal(RefusalCode.Busy, await RefusalOf(() => Submit(jobs)));
        Assert.NotEmpty(Failures);

        File.Delete(Storage);
        await EndOf(jobs, await Submit(jobs));
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
        Assert.Empty(Failures);
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
        AnalysisFolder.WriteError(Path.Combine(Storage, mine), new AnalysisError("empty", "mine", "a.jpg"));
        AnalysisFolder.WriteError(Path.Combine(Storage, other), new AnalysisError("empty", "other", "b.jpg"));
        await File.WriteAllTextAsync(Path.Combine(Storage, mine, "upload.bin"), "bytes", Ct);
        await File.WriteAllTextAsync(Path.Combine(Storage, mine, "analysis.json.part"), "bytes", Ct);
        var jobs = Start();
        await using var own = jobs.OpenFile(mine, "error.json");
        Assert.NotNull(own);

        Assert.Null(jobs.OpenFile(mine, path.Replace("OTHER", other, StringComparison.Ordinal).Replace("STORAGE", Storage, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("cccccccccccccccccccccccccccccccc")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("../aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task An_unknown_id_reaches_nothing(string id)
    {
        AnalysisFolder.WriteError(Path.Combine(Storage, new string('a', 32)), new AnalysisError("empty", "mine", "a.jpg"));
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
        await File.WriteAllTextAsync(Path.Combine(Storage, id, "page.jpg"), "bytes", Ct);

        Assert.Null(jobs.OpenFile(id, "page.jpg"));
    }

    [Fact]
    public async Task Expired_analyses_are_deleted_whatever_they_are_doing()
    {
        var jobs = Start(new() { Workers = 1, KeepFor = TimeSpan.FromMinutes(10), MaxDuration = TimeSpan.FromHours(5) });
        var hold = new Gate(Time);
        var running = await jobs.SubmitAsync("page.jpg", new MemoryStream(Analyzed.PageBytes), new AnalysisOptions(), Ct);
        await hold.WorkerAsync();
        var queued = await Submit(jobs);
        Time.Advance(TimeSpan.FromMinutes(8));
        var later = await Submit(jobs);
        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromMinutes(10), jobs.Find(later)!.Expires);
        Assert.NotNull(jobs.Find(running));

        Time.Advance(TimeSpan.FromMinutes(3));
        await Until(() => jobs.Find(running) is null && jobs.Find(queued) is null);
        hold.Open();

        Assert.Equal(RefusalCode.NotAnImage, (await EndOf(jobs, later)).Error!.Code);
        Assert.Equal([later], Folders);

        Time.Advance(TimeSpan.FromMinutes(10));
        await Until(() => jobs.Find(later) is null && Folders.Length == 0);
        Assert.Empty(Failures);
    }

    [Fact]
    public void A_restart_brings_back_what_is_finished_and_removes_what_is_not()
    {
        string[] ids = [.. "abcdef".Select(letter => new string(letter, 32))];
        AnalysisFolder.Write(Folder(0), Analyzed.Page, Ct);
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
        Directory.CreateDirectory(Path.Combine(Storage, "not ours"));

        var jobs = Start();

        Assert.Equal([.. ids[..2], "not ours"], Folders.Order());
        var done = jobs.Find(ids[0])!;
        Assert.Equal((AnalysisPhase.Done, "page.jpg", 1.0), (done.Phase, done.FileName, done.Progress));
        Assert.Equal(Analyzed.Page.Result.Page.ImageModels!["cnn"].Class, done.Result!.Page.ImageModels!["cnn"].Class);
        var refused = jobs.Find(ids[1])!;
        Assert.Equal((AnalysisPhase.Refused, "cat.jpg", "not-an-ecg"), (refused.Phase, refused.FileName, refused.Error!.Code));
        Assert.Empty(Failures);

        string Folder(int n) => Path.Combine(Storage, ids[n]);
    }

    [Fact]
    public void A_restart_after_the_time_is_over_removes_what_was_finished()
    {
        AnalysisFolder.WriteError(Path.Combine(Storage, new string('a', 32)), new AnalysisError("empty", "mine", "a.jpg"));
        Time.Advance(TimeSpan.FromMinutes(61));

        var jobs = Start();

        Assert.Null(jobs.Find(new string('a', 32)));
        Assert.Empty(Folders);
    }

    [Fact]
    public async Task Stopping_removes_what_is_unfinished_and_keeps_what_is_finished()
    {
        var jobs = Start(new() { Workers = 1 });
        var hold = new Gate(Time);
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
        Assert.Empty(Failures);
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // a folder that an administrator made, open to all
    [UnsupportedOSPlatform("windows")]
    public void The_storage_is_for_the_servers_user_only(bool isThere)
    {
        if (isThere)
            Directory.CreateDirectory(Storage, (UnixFileMode)0b111_101_101);
        Start();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Storage));
    }
}

using EcgImageWeb.Analysis.Corrections;
using EcgImageWeb.Analysis.Teaching;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Synthesis;

namespace EcgImageWeb.Analysis.Tests.Jobs;

/// <summary>What a person corrects is analyzed once more.</summary>
public sealed class CorrectionJobsTests(Analyzed analyzed) : JobsTest(analyzed)
{
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
        Assert.Empty(Failures);
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
        Assert.Empty(Failures);
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
        var hold = new Gate(Time);

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
    public async Task A_page_that_is_drawn_to_be_read_is_compared_with_its_truth_also_when_it_is_corrected()
    {
        var jobs = Start();

        var end = await EndOf(jobs, jobs.Teach(new TeachingWish { Look = PageLook.Clean, Seed = 5 }));
        var corrected = await EndOf(jobs, (await jobs.CorrectAsync(end.Id, new PageCorrections { MmPerMv = 20 }, Ct))!);

        Assert.True(end.Result!.Truth!.SnrDb > corrected.Result!.Truth!.SnrDb);
        Assert.Contains("truth.csv", FilesOf(end.Id));
        Assert.Equal("bad-request", Assert.Throws<RefusalException>(() => jobs.Teach(new TeachingWish { Record = "nobody" })).Code);
    }
}

using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Analysis.Teaching;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Synthesis;

namespace EcgImageWeb.Analysis.Tests;

public sealed class TeachingPagesTests(Analyzed analyzed)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void The_same_wish_gives_the_same_page_and_every_record_is_there()
    {
        foreach (var (record, _) in TeachingPages.Records)
            Assert.Equal(
                TeachingPages.Draw(new TeachingWish { Record = record, Seed = 3 }, null, null, Ct).File,
                TeachingPages.Draw(new TeachingWish { Record = record, Seed = 3 }, null, null, Ct).File);
    }

    [Fact]
    public void A_clean_page_is_read_well_and_the_result_says_how_well()
    {
        var wish = new TeachingWish { Look = PageLook.Clean, Seed = 5 };
        var drawn = TeachingPages.Draw(wish, null, null, Ct);

        var page = TeachingPages.Compare(wish, drawn, analyzed.Analyzer.Analyze(TeachingPages.FileNameOf(wish), drawn.File, new AnalysisOptions(), null, Ct));

        var truth = page.Result.Truth!;
        Assert.Equal("3x4+1", page.Result.Layout.Name);
        Assert.InRange(truth.SnrDb!.Value, 15, 60);
        Assert.InRange(truth.Coverage!.Value, 0.95, 1);
        Assert.Equal(12, truth.Leads.Count);
        Assert.All(truth.Leads, lead => Assert.Null(lead.IsReally));
        Assert.Equal(12, page.Truth!.Count);
    }

    /// <summary>Of the long strip's name III a trace leaves one stroke to be read, which is less than that the strip agrees with III above it.</summary>
    [Fact]
    public void A_strip_of_whose_name_one_stroke_is_left_has_the_name_of_the_lead_that_it_repeats()
    {
        var wish = new TeachingWish { Seed = 2 };
        var drawn = TeachingPages.Draw(wish, null, null, Ct);

        var page = TeachingPages.Compare(wish, drawn, analyzed.Analyzer.Analyze(TeachingPages.FileNameOf(wish), drawn.File, new AnalysisOptions(["cnn"]), null, Ct));

        Assert.All(page.Result.Truth!.Leads, lead => Assert.Null(lead.IsReally));
        Assert.InRange(page.Result.Truth.SnrDb!.Value, 20, 60);
    }

    [Fact]
    public void Two_names_that_were_changed_are_found_out()
    {
        var wish = new TeachingWish { Look = PageLook.Clean, Seed = 5 };
        var drawn = TeachingPages.Draw(wish, null, null, Ct);
        var options = new AnalysisOptions(["cnn"], Corrections: new() { Leads = [new("I", "V1"), new("V1", "I")] });

        var page = TeachingPages.Compare(wish, drawn, analyzed.Analyzer.Analyze("page.png", drawn.File, options, null, Ct));

        Assert.Equal("V1", page.Result.Truth!.Leads.First(lead => lead.Name == "I").IsReally);
    }

    [Fact]
    public void A_recording_of_fewer_leads_or_seconds_than_a_page_shows_is_refused_with_what_it_has()
    {
        var own = RecordOf("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6");
        TeachingPages.Check(new TeachingWish { Record = "own" }, own);

        var shortest = own with { Leads = [.. own.Leads.Select(lead => lead with { EndS = 9 })], Source = own.Source with { DurationS = 9 } };
        foreach (var (wrong, has) in new[] { (RecordOf("II", "V5"), "has II, V5 for 10 s"), (shortest, "for 9 s") })
        {
            var refusal = Assert.Throws<RefusalException>(() => TeachingPages.Check(new TeachingWish { Record = "own" }, wrong));
            Assert.Equal("bad-request", refusal.Code);
            Assert.Contains(has, refusal.Message, StringComparison.Ordinal);
        }

        static RecordResult RecordOf(params string[] leads) => new(
            1, new RecordSourceInfo("own.csv", "", "csv", 500, 10), [.. leads.Select(name => new RecordLeadResult(name, name, 0, 10, 1, null))],
            new PageResult(null), [], [], new Dictionary<string, double>());
    }

    [Fact]
    public void A_wish_that_cannot_be_fulfilled_is_refused()
    {
        TeachingWish[] wrong =
        [
            new() { Record = "../normal" }, new() { Layout = "5x5" }, new() { Look = (PageLook)7 }, new() { Seed = -1 }, new() { RotationDeg = 500 },
            new() { BlurPx = double.NaN }, new() { Handwriting = 1000 }, new() { Noise = -1 }, new() { Shadow = 1 }, new() { Fading = 1 },
        ];
        Assert.All(wrong, wish => Assert.Equal("bad-request", Assert.Throws<RefusalException>(() => TeachingPages.Check(wish)).Code));
    }
}

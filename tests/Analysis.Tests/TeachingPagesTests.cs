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
                TeachingPages.Draw(new TeachingWish { Record = record, Seed = 3 }, null, Ct).File,
                TeachingPages.Draw(new TeachingWish { Record = record, Seed = 3 }, null, Ct).File);
    }

    [Fact]
    public void A_clean_page_is_read_well_and_the_result_says_how_well()
    {
        var wish = new TeachingWish { Look = PageLook.Clean, Seed = 5 };
        var drawn = TeachingPages.Draw(wish, null, Ct);

        var page = TeachingPages.Compare(wish, drawn, analyzed.Analyzer.Analyze(TeachingPages.FileNameOf(wish), drawn.File, new AnalysisOptions(), null, Ct));

        var truth = page.Result.Truth!;
        Assert.Equal("3x4+1", page.Result.Layout.Name);
        Assert.InRange(truth.SnrDb!.Value, 15, 60);
        Assert.InRange(truth.Coverage!.Value, 0.95, 1);
        Assert.Equal(12, truth.Leads.Count);
        Assert.All(truth.Leads, lead => Assert.Null(lead.IsReally));
        Assert.Equal(12, page.Truth!.Count);
    }

    [Fact]
    public void Two_names_that_were_changed_are_found_out()
    {
        var wish = new TeachingWish { Look = PageLook.Clean, Seed = 5 };
        var drawn = TeachingPages.Draw(wish, null, Ct);
        var options = new AnalysisOptions(["cnn"], Corrections: new() { Leads = [new("I", "V1"), new("V1", "I")] });

        var page = TeachingPages.Compare(wish, drawn, analyzed.Analyzer.Analyze("page.png", drawn.File, options, null, Ct));

        Assert.Equal("V1", page.Result.Truth!.Leads.First(lead => lead.Name == "I").IsReally);
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

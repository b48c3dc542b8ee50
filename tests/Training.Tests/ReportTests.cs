using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Models;
using EcgImageWeb.Training.Networks;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Training.Tests;

public class ReportTests
{
    /// <summary>The data beside the repository, or beside the folder that holds it.</summary>
    private static string Data
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                var data = Path.Combine(folder.FullName, "shared", "data");
                if (Directory.Exists(data)) return data;
            }

            return "../shared/data";
        }
    }

    [Fact]
    public void The_report_sets_both_protocols_beside_the_paper_and_names_what_is_missing()
    {
        PagePrediction Page(int number, int answer) => new($"p{number}", $"g{number}", number % 4, [.. Enumerable.Range(0, 13).Select(_ => Enumerable.Range(0, 4).Select(label => label == answer ? 0.7f : 0.1f).ToArray())]);
        PagePrediction[] pages = [.. Enumerable.Range(0, 40).Select(number => Page(number, number % 10 == 0 ? 0 : number % 4))];
        var result = new PartResult("cnn", "b", [new EpochRecord(1, 1, 0.5, 1, 0.6, 0.001, 10), new EpochRecord(2, 0.8, 0.75, 1.1, 0.55, 0.001, 10)], 1, 100, pages, [], pages, 20);
        var report = ImageModelReport.Write((model, part) => (model, part) is ("cnn", "b") ? result : null);

        Assert.Contains("cnn (b)", report);
        Assert.Contains("93.40", report);
        Assert.Contains("crnn:cv3", report);
        Assert.DoesNotContain("Not run yet: cnn:b", report);
        // 40 pages, of which numbers 0, 20 (class 0) are right anyway and 10, 30 (class 2) are wrong.
        Assert.Contains("95.00", report);
    }

    [Fact]
    public void A_manifest_holds_every_protocol_that_was_run_and_cross_validation_only_when_it_is_whole()
    {
        PagePrediction Page(int number, int answer) => new($"p{number}", $"g{number}", number % 4, [[.. Enumerable.Range(0, 4).Select(label => label == answer ? 0.7f : 0.1f)]]);
        PagePrediction[] pages = [.. Enumerable.Range(0, 20).Select(number => Page(number, number % 10 == 1 ? 0 : number % 4))];
        PartResult Part(string part) => new("page", part, [new EpochRecord(1, 1, 0.5, 1, 0.6, 0.001, 10)], 1, 100, pages, [], pages, 20);

        var partly = ImageModelMetrics.Of((_, part) => part is "a" or "b" or "cv1" ? Part(part) : null, "page");
        var whole = ImageModelMetrics.Of((_, part) => Part(part), "page");

        Assert.Equal(["honest_split", "paper_protocol"], partly.Select(protocol => protocol.Key));
        // Numbers 1 and 11 are wrong.
        Assert.Equal(0.9, partly["honest_split"]!["page_accuracy"]!.GetValue<double>());
        Assert.False(((System.Text.Json.Nodes.JsonObject)partly["honest_split"]!).ContainsKey("lead_accuracy"));
        Assert.Equal(100, whole["cross_validation"]!["pages"]!.GetValue<int>());
    }

    [Fact]
    public void Refuses_a_data_folder_without_reports()
        => Assert.Throws<DirectoryNotFoundException>(() => ReportPages.Read(Path.GetTempPath()));

    [Fact]
    public void The_data_folder_holds_the_documented_pages()
    {
        Assert.SkipUnless(Directory.Exists(Data), $"The report pages are not here ({Data}).");
        var pages = ReportPages.Read(Data);
        Assert.Equal(391, pages.Count);
        Assert.Equal([113, 186, 24, 68], Enumerable.Range(0, 4).Select(label => pages.Count(page => page.Class == label)));
        Assert.Equal(80, pages.Count(page => page.IsValidation));
        Assert.Empty(Protocols.DistinctPages(pages) is var split ? split.Train.Select(index => pages[index].Group).Intersect(split.Validation.Select(index => pages[index].Group)) : []);
    }

    [Fact]
    public void A_page_is_prepared_the_same_from_the_cache_and_nearly_the_same_blanked()
    {
        Assert.SkipUnless(Directory.Exists(Data), $"The report pages are not here ({Data}).");
        var page = ReportPages.Read(Data)[0];
        using var cache = new TemporaryFolder();
        var first = PagePreparation.PrepareAll([page], cache.Path, blanked: false, cancellationToken: TestContext.Current.CancellationToken)[0];
        var second = PagePreparation.PrepareAll([page], cache.Path, blanked: false, cancellationToken: TestContext.Current.CancellationToken)[0];
        Assert.Equal(first.PageInput, second.PageInput);
        Assert.Equal(13, first.LeadImages.Count);
        Assert.Equal(PageInput.Length, first.PageInput.Length);
        Assert.Equal(ImageNetworks.Input.Inner().Count, first.LeadImages[0].Length);

        var blanked = PagePreparation.Prepare(page.Path, blanked: true, TestContext.Current.CancellationToken);
        Assert.InRange(first.PageInput.Take(PageInput.Samples).Zip(blanked.PageInput, (left, right) => Math.Abs(left - right)).Average(), 0, 0.01);
    }
}

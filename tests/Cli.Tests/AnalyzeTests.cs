using EcgImageWeb.Analysis.Output;

namespace Cli.Tests;

public sealed class AnalyzeTests(EcgCli ecg) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecg-tests-").FullName;

    private string Out => Path.Combine(folder, "out");

    private IEnumerable<string> OutFolders => Directory.GetDirectories(Out).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_page_ends_with_0_a_line_of_classes_and_its_files()
    {
        // The same command was given before, with what is no page.
        Letter("a/page.jpg");
        Assert.Equal(1, (await ecg.RunAsync("analyze", In("a/page.jpg"), "--out", Out)).Code);
        File.Copy(EcgCli.Page, In("a/page.jpg"), overwrite: true);

        var (code, output, errors) = await ecg.RunAsync("analyze", In("a/page.jpg"), "--out", Out, "--models", "cnn, page", "--aggregation", "maximum");

        Assert.Equal(0, code);
        Assert.Matches(@"\Apage\.jpg\tcnn (normal|abnormal|mi|history-mi) 0\.\d\d\tpage (normal|abnormal|mi|history-mi) [01]\.\d\d\n\z", output);
        Assert.Equal(["analyzing 1/1 page.jpg", $"1 of 1 pages analyzed, results in {Out}"], Lines(errors));
        var page = Path.Combine(Out, "page");
        var result = AnalysisFolder.ReadResult(page)!;
        Assert.Equal(("page.jpg", 13), (result.Source.File, result.Leads.Count));
        Assert.Equal(["cnn", "page"], result.Page.ImageModels!.Keys);
        Assert.Equal("maximum", result.Page.ImageModels["cnn"].Aggregation);
        Assert.False(File.Exists(Path.Combine(page, "error.json")));
        Assert.Equal(39, Directory.GetFiles(Path.Combine(page, "leads"), "*.png").Length);
    }

    [Fact]
    public async Task Digitize_writes_signals_of_the_asked_rate_and_no_pictures_of_leads()
    {
        var (code, output, _) = await ecg.RunAsync("digitize", EcgCli.Page, "--out", Out, "--rate", "250");

        Assert.Equal(0, code);
        Assert.Matches(@"\Apage\.jpg\tI [01]\.\d\d\tII(@column)? [01]\.\d\d", output);
        var page = Path.Combine(Out, "page");
        Assert.Equal(["analysis.json", "overlay.png", "signals.csv", "signals.dat", "signals.hea"], Directory.GetFileSystemEntries(page).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal(2501, File.ReadLines(Path.Combine(page, "signals.csv")).Count());
        Assert.StartsWith("signals 13 250 2500", File.ReadLines(Path.Combine(page, "signals.hea")).First(), StringComparison.Ordinal);
        Assert.Equal(2, (await ecg.RunAsync("digitize", EcgCli.Page, "--out", Out, "--rate", "0")).Code);
    }

    [Fact]
    public async Task Corrections_of_a_file_are_made_and_a_report_is_written_when_it_is_asked_for()
    {
        File.WriteAllText(In("corrections.json"), """{"mm_per_s": 50, "leads": [{"key": "rhythm", "name": "V1"}]}""");

        var (code, _, _) = await ecg.RunAsync("analyze", EcgCli.Page, "--out", Out, "--models", "cnn", "--corrections", In("corrections.json"), "--report");

        Assert.Equal(0, code);
        var page = Path.Combine(Out, "page");
        var result = AnalysisFolder.ReadResult(page)!;
        Assert.Equal((50, "user", "V1"), (result.Geometry.MmPerS, result.Geometry.SpeedFrom, result.Leads[12].Name));
        Assert.StartsWith("%PDF-", File.ReadLines(Path.Combine(page, "report.pdf")).First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Corrections_that_are_none_end_with_2_and_those_that_do_not_fit_with_1()
    {
        File.WriteAllText(In("none.json"), """{"speed": 50}""");
        File.WriteAllText(In("elsewhere.json"), """{"leads": [{"key": "V7", "name": "V1"}]}""");

        var none = await ecg.RunAsync("digitize", EcgCli.Page, "--out", Out, "--corrections", In("none.json"));
        var missing = await ecg.RunAsync("digitize", EcgCli.Page, "--out", Out, "--corrections", In("missing.json"));
        var elsewhere = await ecg.RunAsync("digitize", EcgCli.Page, "--out", Out, "--corrections", In("elsewhere.json"));

        Assert.Equal((2, 2, 1), (none.Code, missing.Code, elsewhere.Code));
        Assert.StartsWith("--corrections: The corrections cannot be used: ", none.Errors, StringComparison.Ordinal);
        Assert.Equal("bad-corrections", AnalysisFolder.ReadError(Path.Combine(Out, "page"))!.Code);
    }

    [Fact]
    public async Task Refused_inputs_end_with_1_and_the_others_are_done()
    {
        Letter("a/letter.jpg");
        File.Copy(EcgCli.Page, In("page.jpg"));
        File.WriteAllBytes(In("empty.png"), []);

        var (code, output, errors) = await ecg.RunAsync("analyze", In("a/letter.jpg"), In("page.jpg"), In("empty.png"), In("missing.jpg"), folder, "--out", Out, "--models", "cnn");

        Assert.Equal(1, code);
        Assert.StartsWith("page.jpg\tcnn ", Assert.Single(Lines(output)), StringComparison.Ordinal);
        Assert.Equal(
            ["analyzing 1/5 letter.jpg", "analyzing 2/5 page.jpg", "analyzing 3/5 empty.png", "analyzing 4/5 missing.jpg", "analyzing 5/5 " + Path.GetFileName(folder)],
            Lines(errors).Where(line => line.StartsWith("analyzing", StringComparison.Ordinal)));
        Assert.Contains("letter.jpg: not-an-image: ", errors, StringComparison.Ordinal);
        Assert.EndsWith($"1 of 5 pages analyzed, results in {Out}\n", errors, StringComparison.Ordinal);
        Assert.Equal("not-an-image", AnalysisFolder.ReadError(Path.Combine(Out, "letter"))!.Code);
        Assert.Equal("empty", AnalysisFolder.ReadError(Path.Combine(Out, "empty"))!.Code);
        Assert.Equal("damaged", AnalysisFolder.ReadError(Path.Combine(Out, "missing"))!.Code);
        Assert.NotNull(AnalysisFolder.ReadResult(Path.Combine(Out, "page")));
        Assert.Equal(["error.json"], Directory.GetFileSystemEntries(Path.Combine(Out, "letter")).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task Inputs_of_the_same_stem_get_numbered_folders()
    {
        string[] inputs = ["a/page.jpg", "b/page.png", "c/page.jpg", "d/page-2.jpg", "e/Page.jpg", "f/two.dots.jpg"];

        await ecg.RunAsync(["analyze", .. inputs.Select(Letter), "--out", Out]);

        Assert.Equal(["Page", "page", "page-2", "page-2-2", "page-3", "two.dots"], OutFolders);
        Assert.Equal("page.png", AnalysisFolder.ReadError(Path.Combine(Out, "page-2"))!.File);
    }

    [Fact]
    public async Task A_name_of_dots_does_not_leave_the_output_folder()
    {
        await ecg.RunAsync("analyze", Letter("a/.jpg"), Letter("a/..jpg"), Letter("a/...jpg"), "--out", Out);

        Assert.Equal(["page", "page-2", "page-3"], OutFolders);
        Assert.Empty(Directory.GetFiles(Out));
        Assert.Empty(Directory.GetFiles(folder));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private string In(string name)
    {
        var path = Path.Combine(folder, "in", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private string Letter(string name)
    {
        File.WriteAllText(In(name), "Dear doctor");
        return In(name);
    }
}

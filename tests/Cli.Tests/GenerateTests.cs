using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Records;
using EcgImageWeb.Vision.Synthesis;

namespace Cli.Tests;

public sealed class GenerateTests(EcgCli ecg) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecg-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_same_seed_gives_the_same_folder_with_an_index_of_its_pages()
    {
        Write("twelve", 12);
        foreach (var run in new[] { "a", "b" })
            Assert.Equal(0, (await Generate("twelve", run, "--layout", "3x4+1", "--look", "photo", "--count", "2")).Code);

        string[] names = [.. Directory.GetFiles(In("a")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.Equal(["index.csv", "twelve-1.csv.gz", "twelve-1.jpg", "twelve-2.csv.gz", "twelve-2.jpg"], names);
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(In($"a/{name}")), File.ReadAllBytes(In($"b/{name}"))));
        var index = File.ReadAllLines(In("a/index.csv"));
        Assert.StartsWith("file,truth_csv,layout,rhythm_leads,sampling_rate_hz,mm_per_s,mm_per_mV,px_w,px_h,", index[0], StringComparison.Ordinal);
        Assert.StartsWith("twelve-1.jpg,twelve-1.csv.gz,3x4+1,", index[1], StringComparison.Ordinal);
        Assert.Equal(PageGenerator.LeadNames, TruthCsv.Read(File.ReadAllBytes(In("a/twelve-1.csv.gz")), 500).Select(lead => lead.Name));
    }

    [Fact]
    public async Task A_record_of_fewer_leads_is_refused_by_name_and_the_others_are_drawn()
    {
        Write("three", 3);
        Write("twelve", 12);
        var (code, _, errors) = await ecg.RunAsync("generate", In("three"), In("twelve"), "--out", In("out"), "--seed", "1", "--width", "600", "--masks");
        Assert.Equal(1, code);
        Assert.Contains("aVR, aVL, aVF, V1, V2, V3, V4, V5, V6 missing", errors, StringComparison.Ordinal);
        Assert.True(File.Exists(In("out/twelve-mask.png")) && File.Exists(In("out/twelve-boxes.json")));
    }

    private Task<(int Code, string Output, string Errors)> Generate(string record, string output, params string[] more) =>
        ecg.RunAsync(["generate", In(record), "--out", In(output), "--seed", "7", "--width", "600", .. more]);

    private string In(string path) => Path.Combine(folder, path);

    private void Write(string name, int leads) => WfdbWriter.Write(
        folder, name, [.. PageGenerator.LeadNames.Take(leads).Select((lead, k) => new LeadSignal(
            lead, 500, [.. Enumerable.Range(0, 5000).Select(i => (float)Math.Sin((i / 90.0) + k))]))]);
}

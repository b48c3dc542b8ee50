using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using EcgImageWeb.Analysis.Output;
using EcgImageWeb.Analysis.Records;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Signal.Records;
using EcgImageWeb.Vision;
using Record = EcgImageWeb.Signal.Records.Record;

namespace EcgImageWeb.Analysis.Tests.Signals;

public sealed class RecordTests(SignalFixture fixture) : IClassFixture<SignalFixture>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecg-tests-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private RecordAnalyzer Analyzer => new(fixture.Models);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_wfdb_record_and_a_table_of_the_same_leads_have_the_same_answers()
    {
        WfdbWriter.Write(folder, "rec", [SignalFixture.Strip]);
        using (var csv = new StreamWriter(In("rec.csv")))
            LeadCsv.Write(csv, [SignalFixture.Strip]);

        var (wfdb, table) = (Analyze(In("rec")), Analyze(In("rec.csv")));

        Assert.Equal(("wfdb", "csv"), (wfdb.Source.Format, table.Source.Format));
        Assert.Equal((500, 10), (table.Source.SampleRateHz, table.Source.DurationS));
        Assert.Equal(wfdb.Page.Beats!.Select(beat => (beat.TimeS, beat.Class)), table.Page.Beats!.Select(beat => (beat.TimeS, beat.Class)));
        Assert.Equal(wfdb.Page.Measurements!.HeartRateBpm, table.Page.Measurements!.HeartRateBpm);
    }

    [Fact]
    public void The_json_has_the_fields_of_the_contract_and_comes_back()
    {
        WfdbWriter.Write(folder, "rec", [SignalFixture.Strip]);
        var analysis = Analyzer.Analyze(RecordFiles.Open(In("rec")), new RecordOptions(Why: true), null, Ct);
        var result = analysis.Result;
        AnalysisFolder.WriteRecord(In("out"), analysis, withSignals: true);
        Assert.Equal(5001, File.ReadLines(In("out/signals.csv")).Count());
        Assert.Equal(SignalFixture.Strip.Mv[100], WfdbReader.Read(In("out/signals")).Signals[0].Samples[100], 0.001f);
        Assert.NotNull(AnalysisFolder.ReadRecord(In("out")));
        Assert.Null(AnalysisFolder.ReadResult(In("out")));

        var json = JsonNode.Parse(File.ReadAllText(In("out/analysis.json")))!;
        Assert.Equal(["leads", "models", "page", "source", "timings_ms", "version", "warnings", "why"], json.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));
        Assert.Equal(["signal_models", "measurements", "beats"], json["page"]!.AsObject().Select(field => field.Key));
        Assert.Equal(["class", "probabilities", "lead", "agreement"], json["page"]!["signal_models"]!["rhythm"]!.AsObject().Select(field => field.Key));
        Assert.Equal(["lead", "time_s", "class", "probability"], json["page"]!["beats"]![0]!.AsObject().Select(field => field.Key));
        Assert.Equal(["class", "probabilities"], json["leads"]![0]!["signal_models"]!["rhythm"]!.AsObject().Select(field => field.Key));
        string[] measures = ["heart_rate_bpm", "pr_ms", "qrs_ms", "qt_ms", "qtc_bazett_ms", "qtc_fridericia_ms", "leads"];
        Assert.Subset(measures.ToHashSet(), json["page"]!["measurements"]!.AsObject().Select(field => field.Key).ToHashSet());
        Assert.Contains(json["why"]!.AsArray(), why => (string?)why!["model"] == "rhythm");
        Assert.Contains(json["why"]!.AsArray(), why => (string?)why!["model"] == "beats" && (string?)why["class"] == "V");
        var again = JsonSerializer.Deserialize<RecordResult>(json.ToJsonString(), AnalysisJson.Options);
        Assert.Equal(JsonSerializer.Serialize(result, AnalysisJson.Options), JsonSerializer.Serialize(again, AnalysisJson.Options));
    }

    [Fact]
    public void Without_models_only_what_is_measured_is_told()
    {
        WfdbWriter.Write(folder, "rec", [SignalFixture.Strip]);
        var json = JsonNode.Parse(JsonSerializer.Serialize(Analyze(In("rec"), new RecordOptions(Models: [])), AnalysisJson.Options))!;
        Assert.Equal(["measurements"], json["page"]!.AsObject().Select(field => field.Key));
        Assert.Null(json["models"]);
    }

    [Fact]
    public void Only_the_leads_asked_for_are_looked_at_and_one_that_is_not_there_is_refused()
    {
        WfdbWriter.Write(folder, "rec", [SignalFixture.Strip, SignalFixture.Strip with { Name = "V5" }]);
        Assert.Equal(["V5"], Analyze(In("rec"), new RecordOptions(Leads: ["v5"])).Leads.Select(lead => lead.Name));
        Assert.Equal(RefusalCode.NotAnEcg, Assert.Throws<RefusalException>(() => Analyze(In("rec"), new RecordOptions(Leads: ["V9"]))).Code);
    }

    [Fact]
    public void A_matlab_file_without_header_is_read_as_the_challenge_has_it_and_says_so()
    {
        var record = new Record("A1", 300, [new RecordSignal("ECG", "mV", [.. Enumerable.Range(0, 3000).Select(i => i % 240 == 0 ? 1f : 0)], 300)], []);
        File.WriteAllBytes(In("A1.mat"), MatFile.ToBytes(record));
        var source = RecordFiles.Open(In("A1.mat"));
        Assert.Equal(("mat", 300, 10), (source.Format, source.Leads[0].SampleRateHz, source.Leads[0].DurationS));
        Assert.Equal("rate-assumed", Assert.Single(source.Notes).Code);
    }

    [Fact]
    public void Refuses_what_is_no_record_with_a_code_and_a_sentence()
    {
        File.WriteAllText(In("words.csv"), "a,b\n1,2\n");
        WfdbWriter.Write(folder, "torn", [SignalFixture.Strip]);
        File.WriteAllBytes(In("torn.dat"), new byte[100]);
        WfdbWriter.Write(folder, "alone", [SignalFixture.Strip]);
        File.Delete(In("alone.dat"));
        foreach (var name in new[] { "missing", "words.csv", "torn", "alone.hea" })
            Assert.Equal(RefusalCode.Damaged, Assert.Throws<RefusalException>(() => RecordFiles.Open(In(name))).Code);
        Assert.Equal(RefusalCode.TooLarge, Assert.Throws<RefusalException>(() => RecordFiles.Open(In("torn"), new RecordLimits(MaxFileBytes: 50))).Code);
    }

    [Fact]
    public void An_archive_of_a_records_files_is_a_record_and_other_archives_are_not()
    {
        WfdbWriter.Write(folder, "rec", [SignalFixture.Strip]);
        var record = Zip("rec.hea", "rec.dat");
        Assert.True(RecordUpload.Is("rec.hea", record));
        Assert.False(RecordUpload.Is("page.docx", Zip("rec.dat")));
        Assert.False(RecordUpload.Is("page.jpg", [0xff, 0xd8]));
        Assert.True(RecordUpload.Is("rec.csv", [1]));
        var source = RecordUpload.Open("rec.hea", record);
        Assert.Equal(("rec.hea", "wfdb", 10), (source.Name, source.Format, source.Leads[0].DurationS));
        Assert.Contains("rec.dat", Assert.Throws<RefusalException>(() => RecordUpload.Open("rec.hea", Zip("rec.hea"))).Message, StringComparison.Ordinal);
        Assert.Equal(RefusalCode.Damaged, Assert.Throws<RefusalException>(() => RecordUpload.Open("rec.hea", record[..^30])).Code);
    }

    [Fact]
    public void An_archive_of_headers_that_swell_when_they_are_unpacked_is_refused_before_it_is()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in (string[])["a.hea", "b.hea"])
            {
                using var header = archive.CreateEntry(name).Open();
                header.Write(new byte[3 << 20]);
            }
        }
        var swelling = stream.ToArray();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(RefusalCode.TooLarge, Assert.Throws<RefusalException>(() => RecordUpload.Open("record.zip", swelling)).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private byte[] Zip(params string[] names)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in names)
                archive.CreateEntryFromFile(In(name), "folder/" + name);
        return stream.ToArray();
    }

    private RecordResult Analyze(string path, RecordOptions? options = null) => Analyzer.Analyze(RecordFiles.Open(path), options ?? new RecordOptions(), null, Ct).Result;

    private string In(string name) => Path.Combine(folder, name);
}

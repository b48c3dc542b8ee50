using System.Collections;
using EcgImageWeb.Analysis.Output;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Signal.Records;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Leads;

namespace EcgImageWeb.Analysis.Tests;

public sealed class AnalysisFolderTests(Analyzed analyzed) : IDisposable
{
    private static readonly AnalysisError Refusal = new("not-an-ecg", "No ECG.", "cat.jpg");

    private readonly string folder = Directory.CreateTempSubdirectory("ecg-tests-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IEnumerable<string> Files => Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Writes_the_files_of_the_contract_and_no_others()
    {
        AnalysisFolder.Write(folder, analyzed.Page, Ct);

        string[] keys = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6", "rhythm"];
        string[] expected =
        [
            "analysis.json", "gray.png", "overlay.png", "page.jpg", "signals.csv", "signals.dat", "signals.hea", "thumbnail.jpg",
            .. keys.SelectMany(key => new[] { $"leads/{key}-raw.png", $"leads/{key}-smooth.png", $"leads/{key}-binary.png" }),
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Files);
        var gray = PageDecoder.Identify(File.ReadAllBytes(Path.Combine(folder, "gray.png")));
        Assert.Equal(("png", 2213, 1572), (gray.Format, gray.Width, gray.Height));
        Assert.Equal(analyzed.Page.Result.Source, AnalysisFolder.ReadResult(folder)!.Source);
        Assert.Null(AnalysisFolder.ReadError(folder));
    }

    [Fact]
    public void The_signals_read_back_from_both_files_are_the_leads_in_millivolts()
    {
        AnalysisFolder.Write(folder, analyzed.Page, Ct);

        var csv = LeadCsv.Read("signals.csv", File.ReadAllText(Path.Combine(folder, "signals.csv")));
        Assert.Equal(["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"], csv.Take(12).Select(lead => lead.Name));
        Assert.EndsWith("@column", csv[12].Name, StringComparison.Ordinal);
        Assert.All(csv, lead => Assert.Equal((500.0, 5000), (lead.SampleRateHz, lead.Mv.Length)));
        var wfdb = WfdbReader.Read(Path.Combine(folder, "signals"));
        foreach (var (text, binary) in csv.Zip(wfdb.Signals))
            Assert.All(text.Mv.Zip(binary.Samples), pair => Assert.True(float.IsNaN(pair.First) ? float.IsNaN(pair.Second) : Math.Abs(pair.First - pair.Second) <= 0.0011));
    }

    [Fact]
    public void What_is_stopped_in_the_middle_has_no_result_not_even_an_older_one()
    {
        AnalysisFolder.WriteError(folder, Refusal);
        File.Copy(Path.Combine(folder, AnalysisFolder.ErrorFile), Path.Combine(folder, AnalysisFolder.ResultFile));
        using var cancel = new CancellationTokenSource();
        var page = analyzed.Page with { Leads = new CancelsAtTheEnd(analyzed.Page.Leads, cancel) };

        Assert.ThrowsAny<OperationCanceledException>(() => AnalysisFolder.Write(folder, page, cancel.Token));

        Assert.Contains("leads/rhythm-binary.png", Files);
        Assert.DoesNotContain(Files, file => file.EndsWith(".json", StringComparison.Ordinal) || file.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public void A_picture_that_cannot_be_written_leaves_no_result()
    {
        Directory.CreateDirectory(Path.Combine(folder, "leads", "rhythm-binary.png", "in the way"));

        Assert.ThrowsAny<SystemException>(() => AnalysisFolder.Write(folder, analyzed.Page, Ct));

        Assert.DoesNotContain(AnalysisFolder.ResultFile, Files);
    }

    [Fact]
    public void A_refusal_takes_the_place_of_an_earlier_result_and_of_its_pictures()
    {
        AnalysisFolder.Write(folder, analyzed.Page, Ct);
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "mine");

        AnalysisFolder.WriteError(folder, Refusal);

        Assert.Equal(["error.json", "notes.txt"], Files);
        Assert.Equal(Refusal, AnalysisFolder.ReadError(folder));
    }

    [Fact]
    public void A_result_takes_the_place_of_an_earlier_refusal()
    {
        AnalysisFolder.WriteError(folder, Refusal);

        AnalysisFolder.Write(folder, analyzed.Page, Ct);

        Assert.DoesNotContain(AnalysisFolder.ErrorFile, Files);
        Assert.Contains(AnalysisFolder.ResultFile, Files);
    }

    [Fact]
    public void A_refusal_has_three_fields()
    {
        AnalysisFolder.WriteError(folder, Refusal);

        Assert.Equal(
            """{"code": "not-an-ecg","message": "No ECG.","file": "cat.jpg"}""",
            string.Concat(File.ReadAllLines(Path.Combine(folder, AnalysisFolder.ErrorFile)).Select(line => line.Trim())));
    }

    private sealed class CancelsAtTheEnd(IReadOnlyList<LeadImage> leads, CancellationTokenSource cancel) : IReadOnlyList<LeadImage>
    {
        public int Count => leads.Count;

        public LeadImage this[int index] => leads[index];

        public IEnumerator<LeadImage> GetEnumerator()
        {
            foreach (var lead in leads)
                yield return lead;
            cancel.Cancel();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

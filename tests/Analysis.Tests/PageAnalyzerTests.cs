using System.Text.Json;
using System.Text.Json.Nodes;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Inference;

namespace EcgImageWeb.Analysis.Tests;

public class PageAnalyzerTests(Analyzed analyzed)
{
    private static readonly string[] LeadKeys = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6", "rhythm"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private AnalysisResult Result => analyzed.Page.Result;

    [Fact]
    public void The_json_has_the_fields_of_the_contract_and_no_others()
    {
        string[] expected =
        [
            "geometry", "geometry.corners", "geometry.gain_from", "geometry.mm_per_mv", "geometry.mm_per_s", "geometry.px_per_mm_x",
            "geometry.px_per_mm_y", "geometry.rotation_deg", "geometry.scale_from", "geometry.speed_from",
            "ink", "ink.from", "ink.why", "layout", "layout.columns_simultaneous", "layout.confidence", "layout.from", "layout.name",
            "leads", "leads[].box", "leads[].box.height", "leads[].box.width", "leads[].box.x", "leads[].box.y", "leads[].confidence",
            "leads[].coverage", "leads[].end_s", "leads[].image_models",
            .. Probabilities("leads[].image_models.cnn"), .. Probabilities("leads[].image_models.crnn"),
            "leads[].key", "leads[].name", "leads[].name_from", "leads[].start_s", "leads[].threshold",
            "models", "models[].name", "models[].sha256", "models[].version",
            "page", "page.image_models", .. OfLeads("cnn"), .. OfLeads("crnn"),
            "page.image_models.page", "page.image_models.page.class", .. Probabilities("page.image_models.page.probabilities"),
            "source", "source.file", "source.format", "source.height", "source.page", "source.pages", "source.sha256", "source.width",
            "timings_ms", "timings_ms.decode", "timings_ms.inference", "timings_ms.layout", "timings_ms.leads", "timings_ms.signals", "timings_ms.total",
            "timings_ms.trace", "timings_ms.upright", "version", "warnings", "warnings[].code", "warnings[].message",
        ];

        var json = JsonNode.Parse(JsonSerializer.Serialize(Result, AnalysisJson.Options))!;

        var leadOfAWarning = Result.Warnings.Any(warning => warning.Lead is not null) ? ["warnings[].lead"] : Array.Empty<string>();
        Assert.Equal(expected.Concat(leadOfAWarning).Order(StringComparer.Ordinal), Fields(json, "").Distinct().Order(StringComparer.Ordinal));

        static IEnumerable<string> Probabilities(string field) => [field, .. TinyModels.Classes.Select(label => $"{field}.{label}")];

        static IEnumerable<string> OfLeads(string model)
        {
            var field = $"page.image_models.{model}";
            return
            [
                field, $"{field}.agreement", $"{field}.aggregation", $"{field}.class", .. Probabilities($"{field}.probabilities"), $"{field}.by_aggregation",
                .. Aggregation.Methods.SelectMany(method => Probabilities($"{field}.by_aggregation.{Aggregation.NameOf(method)}")),
            ];
        }
    }

    [Fact]
    public void A_result_read_back_is_the_same()
    {
        var text = JsonSerializer.Serialize(Result, AnalysisJson.Options);

        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<AnalysisResult>(text, AnalysisJson.Options), AnalysisJson.Options));
    }

    [Fact]
    public void Without_the_ink_network_reads_by_darkness_and_says_so()
    {
        Assert.Equal("classical", Result.Ink!.From);
        Assert.Contains("not there", Result.Ink.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_the_thirteen_leads_of_a_report_in_reading_order()
    {
        Assert.Equal("3x4+1", Result.Layout.Name);
        Assert.Equal(LeadKeys, Result.Leads.Select(lead => lead.Key));
        Assert.Equal(LeadKeys, analyzed.Page.Leads.Select(lead => lead.Place.Key));
        Assert.All(Result.Leads, lead => Assert.InRange(lead.Coverage, 0.9, 1));
        Assert.All(Result.Leads, lead => Assert.InRange(lead.Confidence, 0, Result.Layout.Confidence));
        Assert.Equal((2213, 1572, "jpeg", 1), (Result.Source.Width, Result.Source.Height, Result.Source.Format, Result.Source.Pages));
    }

    [Fact]
    public void Each_class_keeps_its_probability_whatever_the_order_of_a_models_classes()
    {
        // crnn has the weights and classes of cnn in the opposite order.
        foreach (var lead in Result.Leads)
            foreach (var label in TinyModels.Classes)
                Assert.Equal(lead.ImageModels!["cnn"][label], lead.ImageModels["crnn"][label], 2e-4);
        Assert.Equal(Result.Page.ImageModels!["cnn"].Class, Result.Page.ImageModels["crnn"].Class);
        Assert.Contains(Result.Leads, lead => lead.ImageModels!["cnn"].Values.Max() - lead.ImageModels["cnn"].Values.Min() > 0.01);
    }

    [Fact]
    public void The_page_has_every_aggregation_and_the_chosen_one_is_its_answer()
    {
        var options = new AnalysisOptions(["cnn"], AggregationMethod.Mean);

        var answers = analyzed.Models.Ask(options, analyzed.Page.Page, analyzed.Page.Leads, analyzed.Page.Traces, Ct);

        var cnn = Assert.Single(answers.Pages!).Value;
        Assert.Equal(["mean", "majority", "confidence", "maximum"], cnn.ByAggregation!.Keys);
        Assert.Equal("mean", cnn.Aggregation);
        Assert.Equal(cnn.ByAggregation["mean"], cnn.Probabilities);
        Assert.Equal(cnn.Class, cnn.Probabilities.MaxBy(p => p.Value).Key);
        Assert.All(cnn.ByAggregation.Values, p => Assert.Equal(1, p.Values.Sum(), 0.001));
        Assert.Equal("maximum", Result.Page.ImageModels!["cnn"].Aggregation);
        Assert.Equal(cnn.ByAggregation["maximum"], Result.Page.ImageModels["cnn"].Probabilities);
    }

    [Fact]
    public void A_model_of_whole_pages_answers_for_the_page_only()
    {
        var page = Result.Page.ImageModels!["page"];

        Assert.Null(page.Aggregation);
        Assert.Null(page.ByAggregation);
        Assert.Null(page.Agreement);
        Assert.All(Result.Leads, lead => Assert.DoesNotContain("page", lead.ImageModels!.Keys));
    }

    [Fact]
    public void A_model_that_is_not_there_gives_a_note_and_the_others_answer()
    {
        var answers = analyzed.Models.Ask(new AnalysisOptions(["cnn", "oracle"]), analyzed.Page.Page, analyzed.Page.Leads, analyzed.Page.Traces, Ct);

        var note = Assert.Single(answers.Notes);
        Assert.Equal("model-missing", note.Code);
        Assert.Contains("'oracle'", note.Message, StringComparison.Ordinal);
        Assert.Equal(["cnn"], answers.Pages!.Keys);
        Assert.Equal("cnn", Assert.Single(answers.Models).Name);
    }

    [Fact]
    public void A_page_of_other_leads_gives_a_note_instead_of_the_page_models_answer()
    {
        var leads = analyzed.Page.Leads;
        foreach (var others in (IReadOnlyList<Vision.Leads.LeadImage>[])[[.. leads.Take(12)], [.. leads.Reverse()], [.. leads.Take(12).Select(Longer), leads[12]]])
        {
            var answers = analyzed.Models.Ask(new AnalysisOptions(), analyzed.Page.Page, others, analyzed.Page.Traces, Ct);

            Assert.Equal("model-not-for-this-layout", Assert.Single(answers.Notes).Code);
            Assert.Equal(["cnn", "crnn"], answers.Pages!.Keys);
            Assert.Equal(["cnn", "crnn"], answers.Models.Select(model => model.Name));
        }

        static Vision.Leads.LeadImage Longer(Vision.Leads.LeadImage lead) => lead with { Place = lead.Place with { EndS = lead.Place.StartS + 5 } };
    }

    [Fact]
    public void Parts_that_no_model_answered_are_absent()
    {
        var answers = analyzed.Models.Ask(new AnalysisOptions([]), analyzed.Page.Page, analyzed.Page.Leads, analyzed.Page.Traces, Ct);
        var result = Result with { Page = new PageResult(answers.Pages), Models = answers.Models, Leads = [.. Result.Leads.Select((lead, i) => lead with { ImageModels = answers.LeadProbabilities(i) })] };

        var text = JsonSerializer.Serialize(result, AnalysisJson.Options);

        var fields = Fields(JsonNode.Parse(text)!, "").ToArray();
        Assert.DoesNotContain("page", fields);
        Assert.DoesNotContain("models", fields);
        Assert.DoesNotContain("leads[].image_models", fields);
        var back = JsonSerializer.Deserialize<AnalysisResult>(text, AnalysisJson.Options)!;
        Assert.Null(back.Page.ImageModels);
        Assert.Empty(back.Models);
    }

    [Theory]
    [InlineData("decode")]
    [InlineData("layout")]
    [InlineData("inference")]
    public void Stops_at_the_stage_in_which_it_is_cancelled(string stage)
    {
        using var cancel = new CancellationTokenSource();
        var seen = new Stages(at =>
        {
            if (at == stage)
                cancel.Cancel();
        });

        Assert.ThrowsAny<OperationCanceledException>(() => analyzed.Analyzer.Analyze("page.jpg", Analyzed.PageBytes, new AnalysisOptions(), seen, cancel.Token));
        Assert.Equal(stage, seen.Seen[^1]);
    }

    [Fact]
    public void A_file_whose_ending_says_another_format_is_read_and_says_so()
    {
        var analysis = analyzed.Analyzer.Analyze("page.png", Analyzed.PageBytes, new AnalysisOptions([]), null, Ct);

        Assert.Equal("jpeg", analysis.Result.Source.Format);
        Assert.Contains(analysis.Result.Warnings, warning => warning.Code == "ending-differs");
        Assert.Null(analysis.Result.Page.ImageModels);
    }

    [Fact]
    public void A_page_has_the_same_leads_as_jpeg_and_as_webp()
    {
        var set = Path.Combine(SharedData, "ecg-report-images");
        Assert.SkipUnless(Directory.Exists(set), "needs ../shared/data/ecg-report-images");
        var jpeg = Directory.GetFiles(Path.Combine(set, "full"), "*.jpg", SearchOption.AllDirectories).Order().First();
        var webp = Path.ChangeExtension(jpeg.Replace("/full/", "/pages/", StringComparison.Ordinal), ".webp");

        var (a, b) = (Analyze(jpeg), Analyze(webp));

        Assert.Equal((a.Layout.Name, "jpeg", "webp"), (b.Layout.Name, a.Source.Format, b.Source.Format));
        foreach (var (one, other) in a.Leads.Zip(b.Leads))
        {
            Assert.Equal((one.Key, one.Name), (other.Key, other.Name));
            Assert.InRange(one.Box.Y - other.Box.Y, -2, 2);
            Assert.InRange(one.Box.Height - other.Box.Height, -3, 3);
        }

        AnalysisResult Analyze(string file) => analyzed.Analyzer.Analyze(Path.GetFileName(file), File.ReadAllBytes(file), new AnalysisOptions(), null, Ct).Result;
    }

    private static string SharedData
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "EcgImageWeb.slnx")))
                folder = folder.Parent!;
            return Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "data"));
        }
    }

    private static IEnumerable<string> Fields(JsonNode? node, string at) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Fields(field.Value, at + "." + field.Key).Prepend((at + "." + field.Key).TrimStart('.'))),
        JsonArray items => items.SelectMany(item => Fields(item, at + "[]")),
        _ => [],
    };

    private sealed class Stages(Action<string> begun) : IProgress<StageProgress>
    {
        public List<string> Seen { get; } = [];

        public void Report(StageProgress value)
        {
            Seen.Add(value.Stage);
            begun(value.Stage);
        }
    }
}

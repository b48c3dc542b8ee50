using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EcgImageWeb.Analysis.Jobs;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Server.Tests;

/// <summary>POST /api/analyses/{id}/corrections.</summary>
public sealed class CorrectionTests(ResultTests.Fixture fixture) : IClassFixture<ResultTests.Fixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_correction_is_a_new_analysis_and_the_old_one_stays()
    {
        var before = await SubmitAsync();

        var answer = await CorrectAsync(before, """{"mm_per_s": 50, "leads": [{"key": "V1", "name": "V2", "box": {"x": 1, "y": 2, "width": 30, "height": 40}}], "redrawn": [{"lead": "I", "points": [[1, 2], [30, 4.5]]}]}""");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var address = answer.Headers.Location!.ToString();
        Assert.Matches("^/api/analyses/[0-9a-f]{32}$", address);
        Assert.NotEqual(before, address);
        var asked = fixture.Server.Analyses.Corrected.Last();
        Assert.Equal((50.0, "V2", 30), (asked.Corrections.MmPerS!.Value, asked.Corrections.Leads![0].Name, asked.Corrections.Leads[0].Box!.Width));
        Assert.Equal([30, 4.5], asked.Corrections.Redrawn![0].Points[1]);
        var corrected = (await fixture.Http.GetFromJsonAsync<JsonObject>(address, Ct))!;
        Assert.Equal(50, (double)corrected["corrections"]!["mm_per_s"]!);
        Assert.Null((await fixture.Http.GetFromJsonAsync<JsonObject>(before, Ct))!["corrections"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"mm_per_s\": \"fast\"}")]
    [InlineData("{\"mm_per_s\": 0}")]
    [InlineData("{\"mm_per_mv\": 1e9}")]
    [InlineData("{\"speed\": 25}")]
    [InlineData("{\"turn_deg\": 45}")]
    [InlineData("{\"corners\": [[0, 0], [1, 0], [1, 1]]}")]
    [InlineData("{\"corners\": [[0, 0], [100, 100], [100, 0], [0, 100]]}")]
    [InlineData("{\"corners\": [[0, 0], [100, 0], [100, 100], null]}")]
    [InlineData("{\"corners\": [[0, 0], [100, 0], [100, 100], [0]]}")]
    [InlineData("{\"leads\": [{\"key\": \"I\", \"name\": \"V9\"}]}")]
    [InlineData("{\"leads\": [{\"name\": \"I\"}]}")]
    [InlineData("{\"leads\": [null]}")]
    [InlineData("{\"leads\": [{\"key\": \"I\"}, {\"key\": \"I\"}]}")]
    [InlineData("{\"leads\": [{\"key\": \"I\", \"box\": {\"x\": 0, \"y\": 0, \"width\": 0, \"height\": 9}}]}")]
    [InlineData("{\"leads\": [{\"key\": \"I\", \"box\": {\"x\": 2000000000, \"y\": 0, \"width\": 2000000000, \"height\": 9}}]}")]
    [InlineData("{\"redrawn\": [{\"lead\": \"I\", \"points\": [[1, 2]]}]}")]
    [InlineData("{\"redrawn\": [{\"lead\": \"I\", \"points\": [[1, 2], [1e300, 2]]}]}")]
    [InlineData("{\"redrawn\": [{\"points\": [[1, 2], [3, 2]]}]}")]
    [InlineData("{\"corners\": [[[[[[[[[[1]]]]]]]]]]}")]
    public async Task Corrections_that_cannot_be_used_are_refused_with_a_reason(string json)
    {
        var answer = await CorrectAsync(await SubmitAsync(), json);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
        Assert.Equal("bad-corrections", (string)problem["code"]!);
        Assert.StartsWith("The corrections cannot be used: ", (string)problem["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_leads_pieces_points_and_bytes_than_a_page_has_are_refused()
    {
        var address = await SubmitAsync();
        string Many(int count, string item) => string.Join(',', Enumerable.Repeat(item, count));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CorrectAsync(address, $"{{\"leads\": [{string.Join(',', Enumerable.Range(0, 25).Select(i => $"{{\"key\": \"{i}\"}}"))}]}}")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CorrectAsync(address, $"{{\"redrawn\": [{Many(101, "{\"lead\": \"I\", \"points\": [[1, 2], [3, 2]]}")}]}}")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CorrectAsync(address, $"{{\"redrawn\": [{{\"lead\": \"I\", \"points\": [{Many(101, "[1, 2]")}]}}]}}")).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await CorrectAsync(address, new string(' ', 300_000))).StatusCode);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("RUNNING")]
    public async Task There_is_nothing_to_correct_without_a_result(string id)
    {
        if (id == "RUNNING")
            id = fixture.Server.Analyses.Put(AnalysisPhase.Running, null);

        Assert.Equal(HttpStatusCode.NotFound, (await CorrectAsync($"/api/analyses/{id}", "{}")).StatusCode);
    }

    [Fact]
    public async Task A_full_queue_says_so_before_anything_is_corrected()
    {
        var address = await SubmitAsync();
        fixture.Server.Analyses.Refusal = new RefusalException(RefusalCode.Busy, "Full.");
        try
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, (await CorrectAsync(address, "{}")).StatusCode);
        }
        finally
        {
            fixture.Server.Analyses.Refusal = null;
        }
    }

    private async Task<string> SubmitAsync()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "page.jpg" } };
        return (await fixture.Http.PostAsync("/api/analyses", form, Ct)).Headers.Location!.ToString();
    }

    private async Task<HttpResponseMessage> CorrectAsync(string address, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await fixture.Http.PostAsync(address + "/corrections", content, Ct);
    }
}

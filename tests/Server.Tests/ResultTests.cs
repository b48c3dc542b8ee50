using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using EcgImageWeb.Analysis.Jobs;
using EcgImageWeb.Analysis.Results;

namespace EcgImageWeb.Server.Tests;

/// <summary>GET and DELETE below /api/analyses, and what stands beside them.</summary>
public sealed class ResultTests(ResultTests.Fixture fixture) : IClassFixture<ResultTests.Fixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient Http => fixture.Http;

    [Fact]
    public async Task Gives_the_result_as_analysis_json_has_it()
    {
        var answer = await Http.GetAsync(await Submit(), Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        var result = JsonSerializer.Deserialize<AnalysisResult>(text, AnalysisJson.Options)!;
        Assert.Equal(13, result.Leads.Count);
        Assert.Equal("abnormal", (string)JsonNode.Parse(text)!["page"]!["image_models"]!["cnn"]!["class"]!);
    }

    [Fact]
    public async Task Gives_stage_and_progress_while_it_runs()
    {
        fixture.Server.Analyses.Unfinished = true;
        var address = await Submit();
        fixture.Server.Analyses.Unfinished = false;

        var answer = await Http.GetAsync(address, Ct);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var state = (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
        Assert.Equal("running", (string)state["state"]!);
        Assert.Equal("layout", (string)state["stage"]!);
        Assert.Equal(0.4, (double)state["progress"]!);
    }

    [Fact]
    public async Task Gives_the_state_queued_before_it_runs()
    {
        var answer = await Http.GetAsync($"/api/analyses/{fixture.Server.Analyses.Put(AnalysisPhase.Queued, null)}", Ct);

        Assert.Equal("queued", (string)(await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!["state"]!);
    }

    [Theory]
    [InlineData("/api/analyses/00000000000000000000000000000000")]
    [InlineData("/api/analyses/short")]
    [InlineData("/api/analyses/00000000000000000000000000000000/files/page.jpg")]
    [InlineData("/api/analyses/00000000000000000000000000000000/leads.csv")]
    [InlineData("/api/other")]
    public async Task Knows_nothing_of_an_id_it_did_not_give(string address)
    {
        var answer = await Http.GetAsync(address, Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Gives_a_file_with_its_type_for_this_person_only()
    {
        var answer = await Http.GetAsync(await Submit() + "/files/page.jpg", Ct);

        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType!.ToString());
        Assert.True(answer.Headers.CacheControl!.Private);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData("..%2f..%2fappsettings.json")]
    [InlineData("leads%2f..%2f..%2fpage.jpg")]
    [InlineData("..%5c..%5cappsettings.json")]
    [InlineData("%2e%2e/%2e%2e/appsettings.json")]
    [InlineData("/etc/passwd")]
    [InlineData("%2fetc%2fpasswd")]
    [InlineData("page.jpg%00.png")]
    [InlineData("page.jpg:stream")]
    [InlineData("upload.bin")]
    [InlineData("leads/leads/I-raw.png")]
    [InlineData("")]
    public async Task Gives_nothing_but_the_files_of_a_result(string path)
    {
        var asked = new List<string>();
        fixture.Server.Analyses.Files = name =>
        {
            asked.Add(name);
            return name == "page.jpg" ? [1] : null;
        };

        var answer = await Http.GetAsync(await Submit() + "/files/" + path, Ct);

        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
        Assert.DoesNotContain(asked, name => name.Contains("..", StringComparison.Ordinal) || name.StartsWith('/'));
    }

    [Fact]
    public async Task Gives_the_probabilities_as_csv_that_no_spreadsheet_runs()
    {
        var answer = await Http.GetAsync(await Submit("=cmd|' -C calc'!A1.jpg") + "/leads.csv", Ct);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync(Ct)).Split("\r\n");
        Assert.Equal("file,model,lead,aggregation,class,normal,abnormal,mi,history-mi", lines[0]);
        Assert.Equal(1 + 13 + 1, lines.Count(line => line.Contains(",cnn,", StringComparison.Ordinal) || line.Contains(",page,page,", StringComparison.Ordinal)));
        Assert.All(lines[1..^1], line => Assert.StartsWith("'=cmd", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deletes_once()
    {
        var address = await Submit();

        Assert.Equal(HttpStatusCode.NoContent, (await Http.DeleteAsync(address, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Http.DeleteAsync(address, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync(address, Ct)).StatusCode);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    public async Task Is_alive_and_ready(string address) =>
        Assert.Equal("Healthy", await Http.GetStringAsync(address, Ct));

    [Fact]
    public async Task Describes_itself()
    {
        var document = (await Http.GetFromJsonAsync<JsonObject>("/openapi/v1.json", Ct))!;

        var paths = document["paths"]!.AsObject();
        Assert.Equal(
            ["/api/analyses", "/api/analyses/{id}", "/api/analyses/{id}/corrections", "/api/analyses/{id}/files/{path}", "/api/analyses/{id}/leads.csv"],
            paths.Select(path => path.Key.TrimEnd('/')).Order());
        var upload = paths.First(path => path.Key.TrimEnd('/') == "/api/analyses").Value!["post"]!;
        Assert.NotNull(upload["requestBody"]!["content"]!["multipart/form-data"]!["schema"]!["properties"]!["file"]);
        Assert.NotNull(upload["responses"]!["429"]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/models")]
    [InlineData("/analyses/00000000000000000000000000000000")]
    public async Task Every_page_says_what_it_is_for_and_lets_nothing_foreign_in(string address)
    {
        var answer = await Http.GetAsync(address, Ct);

        var html = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Contains("not a medical device", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"https?://", html);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task An_address_that_is_not_there_says_so_on_a_page()
    {
        var answer = await Http.GetAsync("/nowhere", Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no such page", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/_framework/blazor.web.js", "text/javascript")]
    [InlineData("/js/files.js", "text/javascript")]
    [InlineData("/css/app.css", "text/css")]
    [InlineData("/examples/normal.jpg", "image/jpeg")]
    [InlineData("/_content/Radzen.Blazor/css/standard-base.css", "text/css")]
    public async Task Serves_every_static_file_itself(string address, string type)
    {
        var answer = await Http.GetAsync(address, Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
    }

    private async Task<string> Submit(string name = "page.jpg")
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", name } };
        return (await Http.PostAsync("/api/analyses", form, Ct)).Headers.Location!.ToString();
    }

    public sealed class Fixture : IDisposable
    {
        internal TestServer Server { get; } = new();

        internal HttpClient Http => field ??= Server.Http();

        public void Dispose()
        {
            Http.Dispose();
            Server.Dispose();
        }
    }
}

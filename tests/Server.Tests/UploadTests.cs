using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using EcgImageWeb.Analysis.Jobs;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Inference;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Server.Tests;

/// <summary>POST /api/analyses.</summary>
public sealed class UploadTests : IDisposable
{
    private static readonly byte[] Page = [.. Enumerable.Range(0, 70_000).Select(i => (byte)(i * 7))];

    private readonly TestServer server = new();
    private readonly HttpClient http;

    public UploadTests() => http = server.Http();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Takes_a_page_and_says_where_its_result_will_be()
    {
        var answer = await http.PostAsync("/api/analyses", Form("page.jpg", Page), Ct);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Matches("^/api/analyses/[0-9a-f]{32}$", answer.Headers.Location!.ToString());
        var submitted = Assert.Single(server.Analyses.Submitted);
        Assert.Equal("page.jpg", submitted.FileName);
        Assert.Equal(Page, submitted.Content);
    }

    [Fact]
    public async Task Passes_the_asked_models_and_aggregation_on()
    {
        await http.PostAsync("/api/analyses?models=cnn&aggregation=majority", Form("page.jpg", Page), Ct);

        var options = Assert.Single(server.Analyses.Submitted).Options;
        Assert.Equal(["cnn"], options.Models);
        Assert.Equal(AggregationMethod.Majority, options.Aggregation);
    }

    [Theory]
    [InlineData("models=oracle", "oracle")]
    [InlineData("aggregation=guess", "guess")]
    public async Task Refuses_a_model_or_aggregation_that_is_not_there(string query, string named)
    {
        var answer = await http.PostAsync("/api/analyses?" + query, Form("page.jpg", Page), Ct);

        var problem = await Problem(answer, HttpStatusCode.BadRequest, "bad-request");
        Assert.Contains(named, (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Empty(server.Analyses.Submitted);
    }

    [Fact]
    public async Task Refuses_what_is_not_a_form() =>
        await Problem(await http.PostAsync("/api/analyses", new ByteArrayContent(Page), Ct), HttpStatusCode.UnsupportedMediaType, "unsupported");

    [Fact]
    public async Task Refuses_a_form_without_the_field_file()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Page), "picture", "page.jpg" } };

        await Problem(await http.PostAsync("/api/analyses", form, Ct), HttpStatusCode.BadRequest, "bad-request");
    }

    [Fact]
    public async Task Refuses_a_form_that_is_not_well_formed()
    {
        using var content = new StringContent("--x\r\nno header here");
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        await Problem(await http.PostAsync("/api/analyses", content, Ct), HttpStatusCode.BadRequest, "bad-request");
    }

    [Fact]
    public async Task Refuses_a_request_over_the_limit_by_its_length_alone()
    {
        // The headers announce a gigabyte; not one byte of it is sent.
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, Ct);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /api/analyses HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000000\r\n\r\n"), Ct);

        var buffer = new byte[4096];
        var answer = Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, Ct));
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Empty(server.Analyses.Submitted);
    }

    [Fact]
    public async Task Refuses_a_request_without_length_when_it_passes_the_limit()
    {
        using var form = Form("page.jpg", new byte[TestServer.MaxBytes * 3]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/analyses") { Content = form };
        request.Headers.TransferEncodingChunked = true;
        try
        {
            await Problem(await http.SendAsync(request, Ct), HttpStatusCode.RequestEntityTooLarge, "too-large");
        }
        catch (HttpRequestException)
        {
            // The server may hang up before the client has sent everything.
        }
        Assert.Empty(server.Analyses.Submitted);
    }

    [Theory]
    [InlineData(RefusalCode.Empty, HttpStatusCode.BadRequest)]
    [InlineData(RefusalCode.TooLarge, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(RefusalCode.Busy, HttpStatusCode.TooManyRequests)]
    public async Task Tells_why_a_file_was_not_taken(string code, HttpStatusCode status)
    {
        server.Analyses.Refusal = new RefusalException(code, "Because.");

        var problem = await Problem(await http.PostAsync("/api/analyses", Form("page.jpg", Page), Ct), status, code);

        Assert.Equal("Because.", (string)problem["message"]!);
        Assert.Equal("page.jpg", (string)problem["file"]!);
    }

    [Fact]
    public async Task Says_when_to_come_back_when_it_is_busy()
    {
        server.Analyses.Refusal = new RefusalException(RefusalCode.Busy, "Full.");

        var answer = await http.PostAsync("/api/analyses", Form("page.jpg", Page), Ct);

        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData(RefusalCode.TooManyPixels, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(RefusalCode.NotAnImage, HttpStatusCode.UnsupportedMediaType)]
    [InlineData(RefusalCode.Unsupported, HttpStatusCode.UnsupportedMediaType)]
    [InlineData(RefusalCode.Damaged, HttpStatusCode.UnprocessableEntity)]
    [InlineData(RefusalCode.NotAnEcg, HttpStatusCode.UnprocessableEntity)]
    [InlineData(RefusalCode.NoLayout, HttpStatusCode.UnprocessableEntity)]
    [InlineData(RefusalCode.NoScale, HttpStatusCode.UnprocessableEntity)]
    [InlineData(RefusalCode.Cancelled, HttpStatusCode.Gone)]
    [InlineData("internal", HttpStatusCode.InternalServerError)]
    public async Task Tells_why_a_page_was_refused(string code, HttpStatusCode status)
    {
        var id = server.Analyses.Put(AnalysisPhase.Refused, new AnalysisError(code, "Because.", "page.jpg"));

        await Problem(await http.GetAsync($"/api/analyses/{id}", Ct), status, code);
    }

    [Fact]
    public async Task Takes_ten_pages_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => http.PostAsync("/api/analyses", Form($"page-{i}.jpg", Page), Ct)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Assert.Equal(10, answers.Select(answer => answer.Headers.Location!.ToString()).Distinct().Count());
        Assert.All(server.Analyses.Submitted, submitted => Assert.Equal(Page, submitted.Content));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("C:\\pages\\page.jpg")]
    [InlineData("/pages/page.jpg")]
    public async Task Tells_only_the_name_of_a_file_sent_with_its_path(string name)
    {
        server.Analyses.Refusal = new RefusalException(RefusalCode.Empty, "Nothing in it.");

        var problem = await Problem(await http.PostAsync("/api/analyses", Form(name, Page), Ct), HttpStatusCode.BadRequest, RefusalCode.Empty);

        var told = (string)problem["file"]!;
        Assert.DoesNotContain('/', told);
        Assert.DoesNotContain('\\', told);
    }

    [Fact]
    public async Task A_client_that_goes_away_in_the_middle_leaves_nothing()
    {
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(server.Address.Host, server.Address.Port, Ct);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                "POST /api/analyses HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 500000\r\n\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"page.jpg\"\r\n\r\nhalf of it"), Ct);
            await Until(() => Volatile.Read(ref server.Analyses.Begun) == 1);
            client.Client.LingerState = new LingerOption(true, 0);
        }

        await Until(() => Volatile.Read(ref server.Analyses.Abandoned) == 1);
        Assert.Empty(server.Analyses.Submitted);
        // And the server still answers.
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz", Ct)).StatusCode);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (!condition())
            await Task.Delay(10, patience.Token);
    }

    public void Dispose()
    {
        http.Dispose();
        server.Dispose();
    }

    private static MultipartFormDataContent Form(string name, byte[] bytes) => new() { { new ByteArrayContent(bytes), "file", name } };

    private static async Task<JsonObject> Problem(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
        Assert.Equal(code, (string)problem["code"]!);
        return problem;
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace EcgImageWeb.Browser.Tests;

/// <summary>What people send by mistake or on purpose, to the server as it ships: refused with a reason, and the server goes on.</summary>
public sealed class BadInputTests(Site site) : IAsyncLifetime
{
    private static readonly byte[] Report = File.ReadAllBytes(Repository.Example("infarction.jpg"));

    private readonly HttpClient http = new() { BaseAddress = new Uri(site.Address) };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, HttpStatusCode> Bad => new()
    {
        { "an empty file", "empty", HttpStatusCode.BadRequest },
        { "a text renamed to .jpg", "not-an-image", HttpStatusCode.UnsupportedMediaType },
        { "a JPEG that ends too early", "damaged", HttpStatusCode.UnprocessableEntity },
        { "a PNG that ends too early", "damaged", HttpStatusCode.UnprocessableEntity },
        { "a PNG of 50,000 x 50,000", "too-many-pixels", HttpStatusCode.RequestEntityTooLarge },
        { "a PNG of 1 x 500,000,000", "too-many-pixels", HttpStatusCode.RequestEntityTooLarge },
        { "a blank page", "not-an-ecg", HttpStatusCode.UnprocessableEntity },
        { "a cat", "not-an-ecg", HttpStatusCode.UnprocessableEntity },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Refuses_with_a_reason(string what, string code, HttpStatusCode status)
    {
        var answer = await SendAsync("page.jpg", Made(what));

        Assert.Equal(status, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
        Assert.Equal(code, (string)problem["code"]!);
        Assert.Equal("page.jpg", (string)problem["file"]!);
        Assert.Matches(@"^[A-Z].+[.?]$", (string)problem["message"]!);
    }

    [Fact]
    public async Task Refuses_a_file_over_the_limit_and_keeps_nothing_of_it()
    {
        var answer = await SendAsync("page.jpg", new byte[50_020_000]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("too-large", (string)(await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!["code"]!);
    }

    [Theory]
    [InlineData("../../etc/page.jpg")]
    [InlineData("C:\\scans\\page.jpg")]
    [InlineData("page\u0001\u0007.jpg")]
    [InlineData("page.png")]
    [InlineData("page")]
    public async Task Reads_a_report_whatever_it_is_called(string name)
    {
        var answer = await SendAsync(name, Report);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var file = (string)(await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!["source"]!["file"]!;
        Assert.StartsWith("page", file, StringComparison.Ordinal);
        Assert.DoesNotContain(file, letter => char.IsControl(letter) || letter is '/' or '\\');
    }

    [Fact]
    public async Task Reads_ten_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => SendAsync($"page-{i}.jpg", Report)));

        var classes = new HashSet<string>();
        foreach (var answer in answers)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            classes.Add((await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!["page"]!.ToJsonString());
        }
        Assert.Single(classes);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    // Whatever was sent, the next page is read.
    public async ValueTask DisposeAsync()
    {
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("after.jpg", Report)).StatusCode);
        http.Dispose();
    }

    /// <summary>Hands a file in and waits for the end.</summary>
    private async Task<HttpResponseMessage> SendAsync(string name, byte[] bytes)
    {
        using var part = new ByteArrayContent(bytes);
        // Written by hand: HttpClient would clean the name before it gets to the server.
        part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename*=UTF-8''{Uri.EscapeDataString(name)}");
        using var form = new MultipartFormDataContent { part };
        var answer = await http.PostAsync("/api/analyses", form, Ct);
        if (answer.StatusCode != HttpStatusCode.Accepted)
            return answer;
        var address = answer.Headers.Location;
        while ((answer = await http.GetAsync(address, Ct)).StatusCode == HttpStatusCode.Accepted)
            await Task.Delay(100, Ct);
        return answer;
    }

    private static byte[] Made(string what) => what switch
    {
        "an empty file" => [],
        "a text renamed to .jpg" => Encoding.UTF8.GetBytes("Dear colleague, please find the ECG attached."),
        "a JPEG that ends too early" => Report[..(Report.Length / 3)],
        "a PNG that ends too early" => Png(2000, 1400, new byte[1400 * 2001])[..^2000],
        "a PNG of 50,000 x 50,000" => Png(50_000, 50_000, new byte[4000]),
        "a PNG of 1 x 500,000,000" => Png(1, 500_000_000, new byte[4000]),
        "a blank page" => Png(2213, 1572, [.. Enumerable.Repeat((byte)255, 1572 * 2214)], filter: true),
        "a cat" => File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "Vision.Tests", "samples", "cat.jpg")),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "Nothing of that name."),
    };

    /// <summary>A gray PNG that claims any size and holds the rows it is given: each a filter byte and its pixels.</summary>
    private static byte[] Png(uint width, uint height, byte[] rows, bool filter = false)
    {
        for (var row = 0; filter && row < height; row++)
            rows[row * (width + 1)] = 0;
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        Chunk("IHDR", header);
        using var packed = new MemoryStream();
        // Stored, so that cutting the end off cuts pixels off.
        using (var zlib = new ZLibStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
            zlib.Write(rows);
        Chunk("IDAT", packed.ToArray());
        Chunk("IEND", []);
        return file.ToArray();

        void Chunk(string type, byte[] data)
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
            var number = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            file.Write(number);
            file.Write(body);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(body));
            file.Write(number);
        }
    }

    // CRC-32 of ISO 3309, as PNG wants it.
    private static uint Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }
        return ~crc;
    }
}

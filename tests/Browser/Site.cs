using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;

namespace EcgImageWeb.Browser.Tests;

/// <summary>The server as a process on a free port, and a headless Chromium.</summary>
public class Site : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    // A page is read in 3 s; beside a build and two trainings on two cores it took 70.
    private const int PatienceMs = 180_000;

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    // Every message between page and server comes this much later, each way and in order. Set by hand to find tests that read the
    // page before the server has answered what they did: ECG_SLOW_CIRCUIT_MS=300 dotnet exec .../Browser.dll
    private static readonly int SlowCircuitMs = int.Parse(Environment.GetEnvironmentVariable("ECG_SLOW_CIRCUIT_MS") ?? "0", CultureInfo.InvariantCulture);

    private readonly string storage = Directory.CreateTempSubdirectory("ecg-browser-tests-").FullName;
    private readonly List<string> log = [];
    private Process? server;
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Address of the server, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Assert.True(File.Exists(Chromium), $"{Chromium} is missing. Run ./ecg test, which installs it.");
        Address = $"http://127.0.0.1:{FreePort()}";
        server = Start();
        await WaitUntilAliveAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Arguments });
    }

    /// <summary>A page of a browser that knows nothing yet.</summary>
    public async Task<BrowserPage> OpenAsync(string path = "/", int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light, int slowCircuitMs = 0)
    {
        var delayMs = Math.Max(slowCircuitMs, SlowCircuitMs);
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = Address,
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(PatienceMs);
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        if (delayMs > 0)
            // Timers of the same length end in the order they were set.
            await context.AddInitScriptAsync(
                $$"""
                window.WebSocket = class extends WebSocket {
                  send(data) { setTimeout(() => super.send(data), {{delayMs}}); }
                  set onmessage(act) { super.onmessage = event => setTimeout(() => act(event), {{delayMs}}); }
                };
                """);
        var page = new BrowserPage(context, await context.NewPageAsync());
        await page.GoAsync(path);
        return page;
    }

    /// <summary>Hands a page in as a script would.</summary>
    public async Task<string> SubmitAsync(string file)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Address) };
        using var form = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(file)), "file", Path.GetFileName(file) } };
        var answer = await http.PostAsync("/api/analyses", form);
        return answer.EnsureSuccessStatusCode().Headers.Location!.ToString().Split('/')[^1];
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (server is { HasExited: false })
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
        server?.Dispose();
        Directory.Delete(storage, recursive: true);
    }

    /// <summary>Further settings of the server.</summary>
    protected virtual void Configure(IDictionary<string, string?> environment)
    {
    }

    private Process Start()
    {
        Assert.True(File.Exists(Repository.Server), $"{Repository.Server} is missing: build the solution first.");
        var start = new ProcessStartInfo("dotnet", [Repository.Server, "--urls", Address]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Storage__Path"] = storage;
        // One page after the other, so that a page can be seen waiting.
        start.Environment["Queue__Workers"] = "1";
        start.Environment["Queue__MaxDuration"] = "00:05:00";
        Configure(start.Environment);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task WaitUntilAliveAsync()
    {
        using var http = new HttpClient();
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMilliseconds(PatienceMs); await Task.Delay(100))
        {
            Assert.False(server!.HasExited, "The server stopped at its start:\n" + Log());
            try
            {
                if ((await http.GetAsync(Address + "/healthz/live")).StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
        Assert.Fail("The server did not listen:\n" + Log());
    }

    private void Note(string? line)
    {
        lock (log)
            log.Add(line ?? "");
    }

    private string Log()
    {
        lock (log)
            return string.Join('\n', log);
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}

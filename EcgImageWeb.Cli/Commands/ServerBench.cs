using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace EcgImageWeb.Cli.Commands;

/// <summary>A real server in a process of its own, and many clients that upload the same page to it.</summary>
internal static class ServerBench
{
    private const int Clients = 20;
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    public static async Task<object> RunAsync(string file, int uploads, CancellationToken cancellationToken)
    {
        var server = Environment.GetEnvironmentVariable("ECG_SERVER")
            ?? Path.Combine(Repository.Root, "EcgImageWeb.Server", "bin", "Release", "net10.0", "EcgImageWeb.Server.dll");
        if (!File.Exists(server))
            throw new UsageException($"The server is not built ({server}); call ./ecg run once.");
        var storage = Directory.CreateTempSubdirectory("ecg-bench-").FullName;
        var address = $"http://127.0.0.1:{FreePort()}";
        using var process = Process.Start(new ProcessStartInfo("dotnet", [server, "--urls", address, "--Storage:Path", storage])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(5) };
            await WaitUntilReadyAsync(http, cancellationToken).ConfigureAwait(false);
            var bytes = await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < 5; i++)
                await UploadAsync(http, bytes, cancellationToken).ConfigureAwait(false);
            var before = ResidentMb(process.Id);

            var outcomes = new ConcurrentQueue<(string Outcome, double Seconds)>();
            var left = uploads;
            var began = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
            {
                while (Interlocked.Decrement(ref left) >= 0)
                {
                    var start = Stopwatch.GetTimestamp();
                    var outcome = await OutcomeAsync(http, bytes, cancellationToken).ConfigureAwait(false);
                    outcomes.Enqueue((outcome, Stopwatch.GetElapsedTime(start).TotalSeconds));
                }
            })).ConfigureAwait(false);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var peak = PeakMb(process.Id);
            // Time for the collector to give back what the load left behind.
            await Task.Delay(TimeSpan.FromSeconds(10), cancellationToken).ConfigureAwait(false);
            var after = ResidentMb(process.Id);

            var byOutcome = outcomes.GroupBy(o => o.Outcome).ToDictionary(group => group.Key, group => group.Count());
            var done = outcomes.Where(o => o.Outcome == "done").Select(o => o.Seconds).ToArray();
            var latency = done.Length == 0 ? null : Quantiles.Of(done);
            Console.WriteLine($"{uploads} uploads of {bytes.Length / 1000} kB from {Clients} clients in {seconds:0.0} s ({uploads / seconds:0.00} a second)");
            Console.WriteLine();
            Console.WriteLine("| outcome | uploads |");
            Console.WriteLine("| --- | ---: |");
            foreach (var (outcome, count) in byOutcome.OrderByDescending(pair => pair.Value))
                Console.WriteLine($"| {outcome} | {count} |");
            Console.WriteLine();
            if (latency is not null)
                Console.WriteLine($"upload to result: median {latency.Median:0.0} s, 5 % {latency.Low:0.0} s, 95 % {latency.High:0.0} s");
            Console.WriteLine($"resident memory: before {before:0} MB, peak {peak:0} MB, ten seconds after {after:0} MB");
            return new { uploads, clients = Clients, seconds, outcomes = byOutcome, latencySeconds = latency, beforeMb = before, peakMb = peak, afterMb = after };
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            Directory.Delete(storage, recursive: true);
        }
    }

    // A connection that breaks is what is measured here, too.
    private static async Task<string> OutcomeAsync(HttpClient http, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            return await UploadAsync(http, bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException failure)
        {
            return $"no answer ({failure.HttpRequestError})";
        }
    }

    private static async Task<string> UploadAsync(HttpClient http, byte[] bytes, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent();
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(content, "file", "page.jpg");
        using var posted = await http.PostAsync(new Uri("/api/analyses", UriKind.Relative), form, cancellationToken).ConfigureAwait(false);
        if (posted.StatusCode == HttpStatusCode.TooManyRequests)
            return "busy";
        if (posted.StatusCode != HttpStatusCode.Accepted)
            return $"upload {(int)posted.StatusCode}";
        while (true)
        {
            using var state = await http.GetAsync(posted.Headers.Location, cancellationToken).ConfigureAwait(false);
            if (state.StatusCode == HttpStatusCode.OK)
                return "done";
            if (state.StatusCode != HttpStatusCode.Accepted)
                return $"result {(int)state.StatusCode}";
            await Task.Delay(Poll, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task WaitUntilReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/healthz", UriKind.Relative), cancellationToken).ConfigureAwait(false);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(start) < StartsWithin)
            {
                // Not listening yet.
            }
            if (Stopwatch.GetElapsedTime(start) >= StartsWithin)
                throw new TimeoutException("The server did not become ready.");
            await Task.Delay(Poll, cancellationToken).ConfigureAwait(false);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static double ResidentMb(int processId) => StatusMb(processId, "VmRSS:");

    private static double PeakMb(int processId) => StatusMb(processId, "VmHWM:");

    // proc(5): "VmRSS:     123456 kB".
    private static double StatusMb(int processId, string field)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(l => l.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}

using System.Diagnostics;
using Cli.Tests;
using EcgImageWeb.Analysis.Tests;

[assembly: AssemblyFixture(typeof(EcgCli))]

namespace Cli.Tests;

/// <summary>The built program as a process of its own, with tiny models in place of the repository's.</summary>
public sealed class EcgCli : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string root = Directory.CreateTempSubdirectory("ecg-tests-").FullName;

    public EcgCli() => TinyModels.WriteTo(Path.Combine(root, "models"));

    /// <summary>A report page of 2213 x 1572 px.</summary>
    public static string Page { get; } = Path.Combine(AppContext.BaseDirectory, "page.jpg");

    public Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => RunInAsync(root, arguments);

    public static async Task<(int Code, string Output, string Errors)> RunInAsync(string root, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ecg-cli.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ECG_ROOT"] = root },
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}

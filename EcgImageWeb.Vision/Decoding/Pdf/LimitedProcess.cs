using System.ComponentModel;
using System.Diagnostics;

namespace EcgImageWeb.Vision.Decoding.Pdf;

/// <summary>Runs a program that reads a stranger's file, with limits on time, memory and what it may say.</summary>
internal static class LimitedProcess
{
    /// <summary>A page of text and lines takes well below a second and 100 MB.</summary>
    private const int MaxSeconds = 20;

    private const long MaxMemory = 2_000_000_000;

    private const int MaxErrorCharacters = 2000;

    /// <summary>Runs to the end.</summary>
    /// <param name="program">Its name, found by PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="maxOutput">Bytes of standard output at most.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <returns>Exit code, standard output, the beginning of standard error; null where it ran out of time or said too much.</returns>
    /// <exception cref="RefusalException"><c>unsupported</c> where the program is not installed.</exception>
    public static (int ExitCode, byte[] Output, string Error)? Run(string program, IEnumerable<string> arguments, long maxOutput, CancellationToken cancellationToken)
    {
        // prlimit(1): address space and processor time, set before the program starts.
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("prlimit", [$"--as={MaxMemory}", $"--cpu={MaxSeconds}", "--core=0", "--", program, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            },
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(MaxSeconds));
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            throw Missing(program);
        }

        try
        {
            process.StandardInput.Close();
            var errors = Beginning(process.StandardError, limit.Token);
            using var output = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int read; (read = process.StandardOutput.BaseStream.ReadAsync(buffer, limit.Token).AsTask().GetAwaiter().GetResult()) > 0;)
            {
                if (output.Length + read > maxOutput)
                    return null;
                output.Write(buffer, 0, read);
            }
            process.WaitForExitAsync(limit.Token).GetAwaiter().GetResult();
            var error = errors.GetAwaiter().GetResult();
            // What prlimit says where there is no such program.
            return process.ExitCode == 127 || error.Contains($"failed to execute {program}", StringComparison.Ordinal) ? throw Missing(program) : (process.ExitCode, output.ToArray(), error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static RefusalException Missing(string program) =>
        new(RefusalCode.Unsupported, $"PDF pages cannot be read here: the program {program} is not installed. Please save the page as PNG or JPEG.");

    private static async Task<string> Beginning(StreamReader reader, CancellationToken cancellationToken)
    {
        var text = new char[MaxErrorCharacters];
        var length = await reader.ReadBlockAsync(text, cancellationToken).ConfigureAwait(false);
        var rest = new char[4096];
        while (await reader.ReadAsync(rest, cancellationToken).ConfigureAwait(false) > 0)
        {
            // Read on, so that the program does not wait.
        }
        return new string(text, 0, length);
    }
}

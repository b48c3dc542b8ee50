using EcgImageWeb.Analysis.Output;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Cli.Commands;

/// <summary>One of several inputs: what becomes of it is a line, a folder and an exit code, and no other input suffers.</summary>
internal static class OneInput
{
    /// <summary>Works on an input.</summary>
    /// <param name="what">What it is: page, record.</param>
    /// <param name="name">Its name without folders.</param>
    /// <param name="folder">Its results; what an earlier run left must not stand beside this run's answer.</param>
    /// <param name="work">Writes them and gives the line.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string what, string name, string folder, Func<string> work)
    {
        AnalysisFolder.Clear(folder);
        try
        {
            Console.Out.WriteLine($"{name}\t{work()}");
            return ExitCode.Success;
        }
        catch (RefusalException refusal)
        {
            Console.Error.WriteLine($"{name}: {refusal.Code}: {refusal.Message}");
            AnalysisFolder.WriteError(folder, new AnalysisError(refusal.Code, refusal.Message, name));
            return ExitCode.Refused;
        }
        // A bug that one input brings out must not cost the others; a full disk or a damaged model would meet each of them.
        catch (Exception failure) when (failure is not (OperationCanceledException or IOException or ModelException))
        {
            Console.Error.WriteLine($"{name}: internal error: {failure}");
            AnalysisFolder.WriteError(folder, new AnalysisError(AnalysisError.Internal, $"Something went wrong inside the program while it worked on this {what}.", name));
            return ExitCode.Internal;
        }
    }
}

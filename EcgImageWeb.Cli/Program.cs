using System.CommandLine;
using EcgImageWeb.Cli;
using EcgImageWeb.Cli.Commands;
using EcgImageWeb.Inference.Models;

var root = new RootCommand("EcgImageWeb: reads pictures of 12-lead ECG reports. For research and teaching, not a medical device.")
{
    AnalyzeCommand.Create(),
    DigitizeCommand.Create(),
    ClassifyCommand.Create(),
    GenerateCommand.Create(),
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    BenchCommand.Create(),
};

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        Console.Error.WriteLine(error.Message);
    return ExitCode.WrongUse;
}
try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, stop.Token);
}
catch (UsageException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return ExitCode.WrongUse;
}
catch (ModelException broken)
{
    Console.Error.WriteLine(broken.Message);
    return ExitCode.Internal;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped.");
    return ExitCode.Refused;
}
catch (Exception failure)
{
    Console.Error.WriteLine($"Internal error: {failure}");
    return ExitCode.Internal;
}

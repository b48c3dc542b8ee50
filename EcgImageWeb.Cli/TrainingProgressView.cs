using System.Diagnostics;
using System.Globalization;
using EcgImageWeb.Training.Learning;
using Spectre.Console;

namespace EcgImageWeb.Cli;

/// <summary>A training's progress on stderr: a bar in place on a terminal, a line every half minute and at each epoch's end otherwise.</summary>
internal sealed class TrainingProgressView : IProgress<TrainingProgress>, IDisposable
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BarEvery = TimeSpan.FromSeconds(0.2);
    private const int BarWidth = 30;

    private readonly bool terminal = !Console.IsErrorRedirected && AnsiConsole.Profile.Capabilities.Ansi;
    private long last;

    public void Report(TrainingProgress value)
    {
        var end = value.Step == value.Steps;
        if (!end && last != 0 && Stopwatch.GetElapsedTime(last) < (terminal ? BarEvery : LineEvery))
            return;
        last = Stopwatch.GetTimestamp();
        var validation = value.ValidationLoss is { } loss
            ? string.Create(CultureInfo.InvariantCulture, $"  validation loss {loss:0.000} accuracy {value.ValidationAccuracy:0.000}")
            : "";
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{value.Name} epoch {value.Epoch}/{value.Epochs} step {value.Step}/{value.Steps}  loss {value.Loss:0.000} accuracy {value.Accuracy:0.000}{validation}  at most {value.Remaining:h\\:mm\\:ss} left");
        if (terminal)
        {
            var done = BarWidth * value.Step / value.Steps;
            Console.Error.Write($"\r\u001b[K{new string('━', done)}{new string('╌', BarWidth - done)} {text}{(end ? "\n" : "")}");
        }
        else
        {
            Console.Error.WriteLine(text);
        }
    }

    public void Dispose()
    {
        if (terminal)
            Console.Error.WriteLine();
    }
}

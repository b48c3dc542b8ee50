using System.Diagnostics;
using Spectre.Console;

namespace EcgImageWeb.Cli;

/// <summary>Progress on stderr: a bar on a terminal, plain lines otherwise.</summary>
internal static class Progress
{
    /// <summary>Runs <paramref name="work"/>, which calls its argument with a name at the beginning of each of <paramref name="total"/> steps.</summary>
    public static void Run(string what, int total, Action<Action<string>> work)
    {
        if (Console.IsErrorRedirected)
        {
            var done = 0;
            work(name => Console.Error.WriteLine($"{what} {++done}/{total} {name}"));
            return;
        }
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Progress().Start(context =>
        {
            var task = context.AddTask(what, maxValue: total);
            var first = true;
            work(name =>
            {
                if (!first)
                    task.Increment(1);
                first = false;
                task.Description = Markup.Escape(name);
            });
            task.Value = total;
        });
    }

    /// <summary>The same, for steps that tell how much of them is done.</summary>
    public static void RunParts(string what, int total, Action<Action<string>, IProgress<double>> work)
    {
        if (Console.IsErrorRedirected)
        {
            var (done, current) = (0, "");
            work(
                name => Console.Error.WriteLine($"{what} {++done}/{total} {current = name}"),
                new Lines(percent => Console.Error.WriteLine($"{what} {done}/{total} {current} {percent} %")));
            return;
        }
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Progress().Start(context =>
        {
            var task = context.AddTask(what, maxValue: total);
            var begun = -1;
            work(
                name =>
                {
                    task.Value = ++begun;
                    task.Description = Markup.Escape(name);
                },
                new Bar(share => task.Value = begun + share));
            task.Value = total;
        });
    }

    private sealed class Bar(Action<double> show) : IProgress<double>
    {
        public void Report(double value) => show(value);
    }

    /// <summary>A line every ten seconds: what is quick says nothing.</summary>
    private sealed class Lines(Action<int> show) : IProgress<double>
    {
        private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
        private long last = Stopwatch.GetTimestamp();

        public void Report(double value)
        {
            if (Stopwatch.GetElapsedTime(last) < Every)
                return;
            last = Stopwatch.GetTimestamp();
            show((int)(100 * value));
        }
    }
}

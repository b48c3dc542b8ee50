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
}

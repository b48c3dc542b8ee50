using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Models;
using static TorchSharp.torch;

namespace EcgImageWeb.Cli.Commands;

/// <summary><c>evaluate papers</c> and its rows: trains and measures part by part, and writes the report of all parts that are there.</summary>
internal static class SignalPapersEvaluation
{
    private const string Recordings = "signals";

    /// <summary>Whether a name is that of a signal model or experiment.</summary>
    public static bool Knows(string name) => SignalExperiments.Shipped.ContainsKey(name) || SignalExperiments.All.Any(experiment => experiment.Name == name);

    /// <summary>The evaluation over unpacked recordings.</summary>
    public static Training.Models.SignalEvaluation Open(string? data, int? epochs) =>
        new(new SignalSets(Folder(data), Path.Combine(Repository.Cache, "signal-sets")), Path.Combine(Repository.Root, "runs", "evaluation-signals")) { Epochs = epochs };

    /// <summary>The unpacked recordings: what <c>--data</c> says, or .cache/signals, filled from the packed data if it is not there.</summary>
    public static string Folder(string? data)
    {
        var folder = data is null ? Unpacked() : Path.GetFullPath(data);
        return Directory.Exists(Path.Combine(folder, "mitdb"))
            ? folder
            : throw new UsageException($"There are no recordings in {folder} (mitdb, cinc2017-n-af, rhythm-lead-ii, nstdb-noise); name the folder of unpacked recordings with --data.");
    }

    public static object Run(string what, string? data, string? parts, int? epochs, CancellationToken cancellationToken)
    {
        set_num_threads(Environment.ProcessorCount);
        var evaluation = Open(data, epochs);
        IReadOnlyList<SignalExperiment> chosen = what == "papers" ? SignalExperiments.All : [SignalExperiments.Named(what)];
        var all = chosen.SelectMany(experiment => experiment.Parts.Select(part => (Experiment: experiment, Part: part))).ToArray();
        foreach (var (experiment, part) in parts is "report" ? [] : parts is null ? all : [.. parts.Split(',').Select(Parse)])
        {
            using var progress = new TrainingProgressView();
            Console.Error.WriteLine($"{experiment.Name}:{part}");
            evaluation.Run(experiment, part, progress, cancellationToken);
        }

        var report = SignalReport.Write(evaluation.Find, Repository.Commit());
        if (what == "papers")
        {
            var file = Path.Combine(Repository.Root, "docs", "results", "signal-models.md");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, report);
            Console.Error.WriteLine($"Written to {file}.");
        }
        else
        {
            foreach (var (protocol, results) in SignalReport.Protocols(chosen[0], evaluation.Find))
                Console.WriteLine($"{chosen[0].Name}, {protocol}, {results.Count} part(s)\n\n{SignalReport.Detail(SignalReport.Matrix(chosen[0], results))}");
        }
        return all.Select(entry => evaluation.Find(entry.Experiment.Name, entry.Part)).Where(result => result is not null).ToArray();

        (SignalExperiment Experiment, string Part) Parse(string text)
        {
            var cells = text.Split(':');
            var experiment = what == "papers" || cells.Length == 2 ? chosen.FirstOrDefault(known => known.Name == cells[0]) : chosen[0];
            return experiment is not null && experiment.Parts.Contains(cells[^1])
                ? (experiment, cells[^1])
                : throw new UsageException($"There is no part '{text}'; parts of {(experiment ?? chosen[0]).Name} are {string.Join(", ", (experiment ?? chosen[0]).Parts)}, and with papers one writes ROW:PART.");
        }
    }

    private static string Unpacked()
    {
        var folder = Path.Combine(Repository.Cache, Recordings);
        if (Directory.Exists(folder))
            return folder;
        var unpack = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data", "unpack"));
        if (!File.Exists(unpack))
            throw new UsageException($"There are no recordings in {folder}; name the folder of unpacked recordings with --data.");
        Console.Error.WriteLine($"Unpacking the recordings to {folder}");
        var partial = folder + ".partial";
        using var process = System.Diagnostics.Process.Start(unpack, [partial]);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new UsageException($"{unpack} failed; unpack the recordings yourself and name their folder with --data.");
        Directory.Move(partial, folder);
        return folder;
    }
}

using EcgImageWeb.Training.Words;
using EcgImageWeb.Vision.Layout;
using static TorchSharp.torch;

namespace EcgImageWeb.Cli.Commands;

/// <summary><c>train words</c>: draws words with the fonts of this machine and trains the readers of lead names, speed and amplitude.</summary>
internal static class WordCommand
{
    public const string Name = "words";

    private const int Examples = 150_000, Epochs = 12, Seed = 1;

    // Debian's place for TrueType fonts; shipped readers were trained with DejaVu and Liberation.
    private const string Fonts = "/usr/share/fonts/truetype";

    public static int Train(string folder, CancellationToken cancellationToken)
    {
        set_num_threads(Environment.ProcessorCount);
        Directory.CreateDirectory(folder);
        foreach (var (name, blank) in new[] { ("lead-words", WordReader.OfLeads(null)), ("scale-words", WordReader.OfScales(null)) })
        {
            var (weights, accuracy) = WordTraining.Fit(blank, Fonts, Examples, Epochs, Seed, new Lines(), cancellationToken);
            WordTraining.Write(Path.Combine(folder, name + ".bin"), weights);
            Console.WriteLine($"{name}: {accuracy:P1} of newly drawn words are read right");
        }

        Console.Error.WriteLine($"Written to {folder}; copy both files to EcgImageWeb.Vision/Layout to ship them.");
        return ExitCode.Success;
    }

    private sealed class Lines : IProgress<string>
    {
        public void Report(string value) => Console.Error.WriteLine(value);
    }
}

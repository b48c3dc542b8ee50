using System.Text.Json;

namespace EcgImageWeb.Cli.Commands;

/// <summary>One strip of ten seconds: what is true of it, what a model says of the recording, and what it says of the recording that went over paper.</summary>
/// <param name="Model">The model.</param>
/// <param name="Look">clean, scan or photo.</param>
/// <param name="Name">Record and place.</param>
/// <param name="Truth">True classes: one, or one a beat.</param>
/// <param name="Direct">Answers for the recording; "" for a beat that was not found.</param>
/// <param name="Digitized">Answers after page and digitization; null where the page was refused.</param>
/// <param name="Refusal">The code of the refusal.</param>
internal sealed record DigitizedItem(string Model, string Look, string Name, string[] Truth, string[] Direct, string[]? Digitized, string? Refusal)
{
    public static DigitizedItem? Read(string file)
    {
        if (!File.Exists(file))
            return null;
        using var stream = File.OpenRead(file);
        return JsonSerializer.Deserialize<DigitizedItem>(stream);
    }

    /// <summary>In one step, so that a file that is there is whole.</summary>
    public void Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file + ".part", JsonSerializer.SerializeToUtf8Bytes(this));
        File.Move(file + ".part", file, overwrite: true);
    }
}

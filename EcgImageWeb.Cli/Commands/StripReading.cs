using System.Text.Json;
using System.Text.Json.Serialization;
using EcgImageWeb.Signal;

namespace EcgImageWeb.Cli.Commands;

/// <summary>What was read of a page with one strip on it; of no model, so that models can be measured anew without it.</summary>
/// <param name="Name">Record and place of the strip.</param>
/// <param name="Look">clean, scan or photo.</param>
/// <param name="Lead">The page's longest lead; null where the page was refused.</param>
/// <param name="Refusal">The code of the refusal.</param>
internal sealed record StripReading(string Name, string Look, LeadSignal? Lead, string? Refusal)
{
    // A tenth of a microvolt: what is beyond only makes the file longer.
    private const int Decimals = 4;

    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static StripReading? Read(string file)
    {
        if (!File.Exists(file))
            return null;
        using var stream = File.OpenRead(file);
        return JsonSerializer.Deserialize<StripReading>(stream, Json);
    }

    /// <summary>In one step, so that a file that is there is whole.</summary>
    public void Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var rounded = Lead is null ? null : Lead with { Mv = Array.ConvertAll(Lead.Mv, value => MathF.Round(value, Decimals)) };
        File.WriteAllBytes(file + ".part", JsonSerializer.SerializeToUtf8Bytes(this with { Lead = rounded }, Json));
        File.Move(file + ".part", file, overwrite: true);
    }
}

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

    private const double AgreementRateHz = 100, LargestShiftS = 0.3;

    /// <summary>
    /// Correlation of what was read with the recording, at the best shift within 0.3 s; low where the page stood on its head, its speed was mistaken or its time axis was stretched. Gain does
    /// not count, which all models do without. And the shift, seconds: how much later things stand in what was read.
    /// </summary>
    public (double Correlation, double ShiftS) Agreement(LeadSignal recorded)
    {
        if (Lead is null)
            return (0, 0);
        var shifts = (int)(LargestShiftS * AgreementRateHz);
        return Enumerable.Range(-shifts, (2 * shifts) + 1).Select(shift => (Correlation(shift), shift / AgreementRateHz)).Max();

        double Correlation(int shift)
        {
            var pairs = Enumerable.Range(0, (int)(Math.Max(recorded.DurationS, Lead.DurationS) * AgreementRateHz))
                .Select(step => (A: At(recorded, step / AgreementRateHz), B: At(Lead, (step + shift) / AgreementRateHz)))
                .Where(pair => !double.IsNaN(pair.A) && !double.IsNaN(pair.B)).ToArray();
            if (pairs.Length < 2)
                return 0;
            var (a, b) = (pairs.Average(pair => pair.A), pairs.Average(pair => pair.B));
            return pairs.Sum(pair => (pair.A - a) * (pair.B - b)) / Math.Sqrt(Math.Max(double.Epsilon, pairs.Sum(pair => (pair.A - a) * (pair.A - a)) * pairs.Sum(pair => (pair.B - b) * (pair.B - b))));
        }

        static double At(LeadSignal lead, double timeS) => (int)Math.Round((timeS - lead.StartS) * lead.SampleRateHz) is >= 0 and var sample && sample < lead.Mv.Length ? lead.Mv[sample] : double.NaN;
    }

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

namespace EcgImageWeb.Signal.Records;

/// <summary>One channel of a recording in physical units.</summary>
/// <param name="Name">The channel's description: lead name (<c>MLII</c>, <c>aVR</c>) or what the header says.</param>
/// <param name="Unit">Physical unit of <paramref name="Samples"/>, <c>mV</c> unless the header says otherwise.</param>
/// <param name="Samples">One value a sample, NaN where the recording marks the sample as missing.</param>
/// <param name="SampleRateHz">Samples per second of this channel (frame rate times samples per frame).</param>
/// <param name="Gain">ADC units per physical unit, with which the samples were (or are to be) stored.</param>
/// <param name="Baseline">ADC value of zero physical units.</param>
public sealed record RecordSignal(
    string Name, string Unit, float[] Samples, double SampleRateHz, double Gain = 1000, int Baseline = 0)
{
    private static readonly Dictionary<string, string> StandardNames =
        new[] { "I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6" }
            .ToDictionary(name => name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The same channel as a lead in mV; standard leads get their standard spelling (<c>avr</c> becomes <c>aVR</c>).</summary>
    /// <param name="startS">Time of the first sample in seconds.</param>
    /// <exception cref="InvalidOperationException">The unit is not a voltage.</exception>
    public LeadSignal ToLead(double startS = 0)
    {
        var factor = Unit switch
        {
            "mV" or "mv" or "MV" => 1f,
            "uV" or "µV" or "μV" => 1e-3f,
            "V" => 1e3f,
            _ => throw new InvalidOperationException($"A channel in {Unit} is not an ECG lead."),
        };
        var mv = factor == 1f ? Samples : Array.ConvertAll(Samples, value => value * factor);
        return new LeadSignal(StandardNames.GetValueOrDefault(Name, Name), SampleRateHz, mv, startS);
    }
}

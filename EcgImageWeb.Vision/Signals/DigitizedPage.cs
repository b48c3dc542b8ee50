using EcgImageWeb.Signal;

namespace EcgImageWeb.Vision.Signals;

/// <summary>The signals of a page.</summary>
/// <param name="Leads">In the layout's order.</param>
/// <param name="SampleRateHz">Samples a second of all of them.</param>
/// <param name="MmPerS">Paper speed that time was read with.</param>
/// <param name="MmPerMv">Gain that amplitude was read with.</param>
public sealed record DigitizedPage(IReadOnlyList<DigitizedLead> Leads, double SampleRateHz, double MmPerS, double MmPerMv)
{
    private static readonly string[] Standard = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

    /// <summary>How trace ink was told from everything else on the page.</summary>
    public InkSource Ink { get; init; } = InkSource.Classical;

    /// <summary>The columns of <c>signals.csv</c>: the twelve leads, empty where the page does not show one, then what is printed besides.</summary>
    public IReadOnlyList<LeadSignal> Table()
    {
        var signals = Leads.Select(lead => lead.Signal).ToArray();
        return
        [
            .. Standard.Select(name => signals.FirstOrDefault(signal => signal.Name == name) ?? new LeadSignal(name, SampleRateHz, [])),
            .. signals.Where(signal => !Standard.Contains(signal.Name)),
        ];
    }
}

using EcgImageWeb.Signal.Filtering;

namespace EcgImageWeb.Signal.Beats;

/// <summary>Applies <see cref="BeatFilters"/>.</summary>
public static class BeatFiltering
{
    private const int Order = 2;
    private const double HighPassHz = 0.5, LowPassHz = 45;

    /// <summary>High-pass, low-pass, wavelet, in the paper's order; gaps stay gaps.</summary>
    /// <param name="filters">Which of them.</param>
    /// <param name="lead">A lead at more than 90 Hz.</param>
    public static LeadSignal Apply(this BeatFilters filters, LeadSignal lead)
    {
        var mv = lead.Mv;
        if (filters.HasFlag(BeatFilters.HighPass)) mv = Butterworth.HighPass(Order, HighPassHz, lead.SampleRateHz).ApplyZeroPhase(mv);
        if (filters.HasFlag(BeatFilters.LowPass)) mv = Butterworth.LowPass(Order, LowPassHz, lead.SampleRateHz).ApplyZeroPhase(mv);
        if (filters.HasFlag(BeatFilters.Wavelet)) mv = WaveletDenoiser.Denoise(mv);
        return lead with { Mv = mv };
    }
}

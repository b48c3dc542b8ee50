using EcgImageWeb.Signal.Filtering;

namespace EcgImageWeb.Signal.Beats;

/// <summary>
/// The filters of table 1 of the Grunet paper, over a whole record and without shift in time. The paper leaves open, and here is: Butterworth of
/// second order, high-pass at 0.5 Hz (baseline), low-pass at 45 Hz (below the mains); wavelet denoising as <see cref="WaveletDenoiser"/> states.
/// </summary>
[Flags]
public enum BeatFilters
{
    /// <summary>The signal as recorded.</summary>
    None = 0,

    /// <summary>Butterworth low-pass.</summary>
    LowPass = 1,

    /// <summary>Butterworth high-pass.</summary>
    HighPass = 2,

    /// <summary>Wavelet denoising.</summary>
    Wavelet = 4,

    /// <summary>All three, with which the paper goes on.</summary>
    All = LowPass | HighPass | Wavelet,
}

using System.Numerics;

namespace EcgImageWeb.Signal.Filtering;

/// <summary>
/// Butterworth filters (maximally flat, -3 dB at the cutoff) by bilinear transform with prewarped cutoff,
/// Oppenheim and Schafer, Discrete-Time Signal Processing, chapter 7.
/// </summary>
public static class Butterworth
{
    /// <summary>A low-pass filter.</summary>
    /// <param name="order">1 or more.</param>
    /// <param name="cutoffHz">Frequency of -3 dB, above 0 and below half the sampling rate.</param>
    /// <param name="sampleRateHz">Samples per second.</param>
    /// <exception cref="ArgumentOutOfRangeException">Order or cutoff outside these ranges.</exception>
    public static SosFilter LowPass(int order, double cutoffHz, double sampleRateHz) =>
        Design(order, cutoffHz, sampleRateHz, isHighPass: false);

    /// <summary>A high-pass filter.</summary>
    /// <inheritdoc cref="LowPass"/>
    public static SosFilter HighPass(int order, double cutoffHz, double sampleRateHz) =>
        Design(order, cutoffHz, sampleRateHz, isHighPass: true);

    private static SosFilter Design(int order, double cutoffHz, double sampleRateHz, bool isHighPass)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        if (!(cutoffHz > 0 && cutoffHz < sampleRateHz / 2))
            throw new ArgumentOutOfRangeException(nameof(cutoffHz), cutoffHz, $"The cutoff must lie between 0 and {sampleRateHz / 2} Hz.");
        // The bilinear transform s = (z - 1) / (z + 1) takes this analog frequency to the cutoff.
        var warped = Math.Tan(Math.PI * cutoffHz / sampleRateHz);
        var sections = new List<Biquad>();
        for (var k = 0; k < (order + 1) / 2; k++)
        {
            // Poles of the analog prototype lie evenly on the left half of the unit circle; this one and its conjugate.
            var pole = Complex.Exp(new Complex(0, Math.PI * (2 * k + order + 1) / (2.0 * order)));
            pole = isHighPass ? warped / pole : warped * pole;
            var z = (1 + pole) / (1 - pole);
            // All zeros lie at half the sampling rate for a low-pass, at 0 Hz for a high-pass, where the other end has gain 1.
            var zero = isHighPass ? -1.0 : 1.0;
            var isSingle = 2 * k + 1 == order;
            var (a1, a2) = isSingle ? (-z.Real, 0.0) : (-2 * z.Real, z.Real * z.Real + z.Imaginary * z.Imaginary);
            var gain = isSingle ? (1 + zero * a1) / 2 : (1 + zero * a1 + a2) / 4;
            sections.Add(isSingle ? new Biquad(gain, gain * zero, 0, a1, 0) : new Biquad(gain, 2 * gain * zero, gain, a1, a2));
        }
        return new SosFilter(sections);
    }
}

using System.Numerics;

namespace EcgImageWeb.Signal.Filtering;

/// <summary>A recursive filter as a cascade of second-order sections (numerically sound where one high-order polynomial is not).</summary>
/// <param name="Sections">The sections in the order of the signal's way.</param>
public sealed record SosFilter(IReadOnlyList<Biquad> Sections)
{
    // As scipy.signal.sosfiltfilt: three samples a coefficient of the whole filter, less its poles and zeros at the origin.
    private const int PadPerSection = 3;

    /// <summary>This filter followed by another.</summary>
    public SosFilter Then(SosFilter next) => new([.. Sections, .. next.Sections]);

    /// <summary>Gain as a complex number at a frequency.</summary>
    /// <param name="frequencyHz">Frequency, 0 to half the sampling rate.</param>
    /// <param name="sampleRateHz">The sampling rate for which the filter was designed.</param>
    public Complex Response(double frequencyHz, double sampleRateHz)
    {
        var back = Complex.Exp(new Complex(0, -2 * Math.PI * frequencyHz / sampleRateHz));
        return Sections.Aggregate(Complex.One, (gain, s) =>
            gain * (s.B0 + back * (s.B1 + back * s.B2)) / (1 + back * (s.A1 + back * s.A2)));
    }

    /// <summary>Filters forwards from rest, as a device would; NaN in, NaN from there on.</summary>
    public float[] Apply(ReadOnlySpan<float> samples)
    {
        var work = ToDouble(samples);
        Run(work, null);
        return Array.ConvertAll(work, value => (float)value);
    }

    /// <summary>
    /// Filters forwards and backwards: no delay, squared magnitude. The ends are continued by odd reflection and the sections
    /// start in the steady state (Gustafsson's simpler rule, as scipy.signal.sosfiltfilt). Each run of known samples is filtered
    /// by itself; gaps stay NaN.
    /// </summary>
    /// <param name="samples">Any unit; NaN marks gaps.</param>
    public float[] ApplyZeroPhase(ReadOnlySpan<float> samples)
    {
        var result = new float[samples.Length];
        Array.Fill(result, float.NaN);
        foreach (var run in KnownRuns.Of(samples))
            ZeroPhase(samples[run]).CopyTo(result, run.Start.Value);
        return result;
    }

    private float[] ZeroPhase(ReadOnlySpan<float> samples)
    {
        var firstOrder = Sections.Count(section => section is { B2: 0, A2: 0 });
        var pad = Math.Min(samples.Length - 1, PadPerSection * (2 * Sections.Count + 1 - firstOrder));
        var work = new double[samples.Length + 2 * pad];
        for (var i = 0; i < work.Length; i++)
        {
            var k = i - pad;
            work[i] = k < 0 ? 2.0 * samples[0] - samples[-k]
                : k < samples.Length ? samples[k]
                : 2.0 * samples[^1] - samples[2 * (samples.Length - 1) - k];
        }
        Run(work, work[0]);
        Array.Reverse(work);
        Run(work, work[0]);
        Array.Reverse(work);
        var result = new float[samples.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = (float)work[i + pad];
        return result;
    }

    // Transposed direct form II. With a level, the state is that of a constant input of this level.
    private void Run(double[] work, double? level)
    {
        foreach (var s in Sections)
        {
            var (z1, z2) = (0.0, 0.0);
            if (level is { } input)
            {
                var output = input * s.DcGain;
                z2 = s.B2 * input - s.A2 * output;
                z1 = s.B1 * input - s.A1 * output + z2;
                level = output;
            }
            for (var i = 0; i < work.Length; i++)
            {
                var x = work[i];
                var y = s.B0 * x + z1;
                z1 = s.B1 * x - s.A1 * y + z2;
                z2 = s.B2 * x - s.A2 * y;
                work[i] = y;
            }
        }
    }

    private static double[] ToDouble(ReadOnlySpan<float> samples)
    {
        var work = new double[samples.Length];
        for (var i = 0; i < work.Length; i++)
            work[i] = samples[i];
        return work;
    }
}

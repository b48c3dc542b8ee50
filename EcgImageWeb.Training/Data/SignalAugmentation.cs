namespace EcgImageWeb.Training.Data;

/// <summary>
/// What a strip of mV may look like elsewhere: other gain, a little faster or slower, wandering and noisy, or as it comes back from paper (smoothed,
/// in steps, with jumps of the baseline where a column ends). One draw an example; a third of the examples are left as they are.
/// </summary>
/// <param name="SampleRateHz">Rate of the strips.</param>
/// <param name="LargestStretch">Largest change of the time axis, a share: rate is what tells some rhythms apart, so it must stay small there.</param>
/// <param name="Noise">Recorded noise of the same rate, mV; each longer than a strip.</param>
public sealed record SignalAugmentation(double SampleRateHz, double LargestStretch, IReadOnlyList<float[]> Noise)
{
    // Chosen by what pages and recorders do, not tuned: gains differ by electrode, wander is a few tenths of a mV, recorded noise up to 12 dB,
    // a pixel of a page at 100 dpi is 0.025 mV and 10 ms.
    private const double Untouched = 1 / 3.0, Effect = 0.5;
    private const double LargestGainLog = 0.35, LargestWanderMv = 0.3, LargestNoiseMv = 0.15, LargestPixelMv = 0.03, LargestPixelS = 0.02, LargestJumpMv = 0.1;

    /// <summary>Largest change of the time axis by class, where classes bear it differently; null for <see cref="LargestStretch"/> everywhere.</summary>
    public IReadOnlyList<double>? ClassStretches { get; init; }

    /// <summary>Changes a batch of strips in place.</summary>
    /// <param name="batch">Strips in mV, one channel each.</param>
    /// <param name="random">Source of chance.</param>
    public Batch Apply(Batch batch, Random random)
    {
        var length = batch.Inputs.Length / batch.Count;
        for (var index = 0; index < batch.Count; index++)
        {
            if (random.NextDouble() >= Untouched) Change(batch.Inputs.AsSpan(index * length, length), StretchOf(batch, index), random);
        }

        return batch;
    }

    private double StretchOf(Batch batch, int index)
    {
        if (ClassStretches is null) return LargestStretch;
        var target = batch.Targets.AsSpan(index * ClassStretches.Count, ClassStretches.Count);
        return ClassStretches[target.IndexOf(1)];
    }

    private void Change(Span<float> strip, double largestStretch, Random random)
    {
        bool Chance() => random.NextDouble() < Effect;
        double UpTo(double largest) => random.NextDouble() * largest;
        double Around(double largest) => (2 * random.NextDouble() - 1) * largest;
        if (Chance()) Stretch(strip, 1 + Around(largestStretch));
        var gain = (float)Math.Exp(Around(LargestGainLog));
        foreach (ref var value in strip) value *= gain;
        if (Chance()) Wander(strip, UpTo(LargestWanderMv), 0.05 + UpTo(0.45), UpTo(Math.Tau));
        if (Noise.Count > 0 && Chance()) AddNoise(strip, UpTo(LargestNoiseMv), random);
        if (Chance()) Jump(strip, random.Next(strip.Length), (float)Around(LargestJumpMv));
        if (Chance()) Pixels(strip, Math.Max(1, (int)Math.Round(UpTo(LargestPixelS) * SampleRateHz)), (float)UpTo(LargestPixelMv));
    }

    /// <summary>Linear interpolation about the middle; what is missing at an end repeats the end.</summary>
    private static void Stretch(Span<float> strip, double factor)
    {
        var old = strip.ToArray();
        var middle = (old.Length - 1) / 2.0;
        for (var index = 0; index < strip.Length; index++)
        {
            var at = Math.Clamp(middle + (index - middle) * factor, 0, old.Length - 1);
            var left = Math.Min((int)at, old.Length - 2);
            strip[index] = (float)(old[left] + (at - left) * (old[left + 1] - old[left]));
        }
    }

    private void Wander(Span<float> strip, double amplitudeMv, double frequencyHz, double phase)
    {
        for (var index = 0; index < strip.Length; index++)
            strip[index] += (float)(amplitudeMv * Math.Sin(phase + Math.Tau * frequencyHz * index / SampleRateHz));
    }

    private void AddNoise(Span<float> strip, double rmsMv, Random random)
    {
        var noise = Noise[random.Next(Noise.Count)];
        var part = noise.AsSpan(random.Next(noise.Length - strip.Length), strip.Length);
        var (mean, deviation) = Signal.Filtering.Normalization.Moments(part);
        if (!(deviation > 0)) return;
        for (var index = 0; index < strip.Length; index++) strip[index] += (float)((part[index] - mean) / deviation * rmsMv);
    }

    private static void Jump(Span<float> strip, int from, float heightMv)
    {
        foreach (ref var value in strip[from..]) value += heightMv;
    }

    /// <summary>A running mean as wide as a column of pixels, then amplitudes in rows of pixels.</summary>
    private static void Pixels(Span<float> strip, int width, float rowMv)
    {
        var old = strip.ToArray();
        for (var index = 0; index < strip.Length; index++)
        {
            var (from, to) = (Math.Max(0, index - width / 2), Math.Min(old.Length, index - width / 2 + width));
            var sum = 0f;
            for (var other = from; other < to; other++) sum += old[other];
            var mean = sum / (to - from);
            strip[index] = rowMv > 1e-3f ? MathF.Round(mean / rowMv) * rowMv : mean;
        }
    }
}

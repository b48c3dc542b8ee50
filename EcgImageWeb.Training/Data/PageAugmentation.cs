using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Training.Data;

/// <summary>
/// Changes pages as other pages of the same class could look: a little faster or slower, another moment, other gains and electrode places,
/// a wandering baseline, noise, a lead that is off; and mixes pages (Zhang et al. 2018). All leads of a page move in time together. The rhythm strip is left as it is: only its measures are learned from.
/// </summary>
public static class PageAugmentation
{
    /// <summary>Share of a target spread over all classes, so that the network does not learn to be certain.</summary>
    private const float Smoothing = 0.05f;

    /// <summary>Both parameters of the Beta distribution of mixing shares, and the share of batches that are mixed.</summary>
    private const double MixingShape = 0.2, MixedBatches = 0.5;

    private const double Faster = 0.05, LeadOff = 0.08;

    /// <summary>Changes a batch in place.</summary>
    /// <param name="batch">Pages as <see cref="PageInput"/> gives them.</param>
    /// <param name="random">Source of all changes.</param>
    public static Batch Apply(Batch batch, Random random)
    {
        var classes = batch.Targets.Length / batch.Count;
        for (var example = 0; example < batch.Count; example++) Change(batch.Inputs.AsSpan(example * PageInput.Length, PageInput.Length), random);
        for (var index = 0; index < batch.Targets.Length; index++) batch.Targets[index] = (1 - Smoothing) * batch.Targets[index] + Smoothing / classes;
        return random.NextDouble() < MixedBatches ? Mixed(batch, random) : batch;
    }

    private static void Change(Span<float> page, Random random)
    {
        double Between(double low, double high) => low + (high - low) * random.NextDouble();
        var stretch = Between(1 - Faster, 1 + Faster);
        var shift = Between(-0.35, 0.35);
        var (gain, noise) = (Between(0.8, 1.25), Between(0, 0.03));
        for (var lead = 0; lead < PageInput.Leads; lead++)
        {
            var trace = page.Slice(lead * PageInput.LeadSamples, PageInput.LeadSamples);
            if (random.NextDouble() < LeadOff)
            {
                trace.Clear();
                continue;
            }

            Warp(trace, stretch, shift);
            var (leadGain, offset, wander) = (gain * Between(0.85, 1.15), Between(-0.08, 0.08), 0.06 * Normal(random));
            var (turns, phase) = (Between(0.2, 1.5), random.NextDouble());
            for (var time = 0; time < trace.Length; time++)
            {
                var baseline = offset + wander * Math.Sin(2 * Math.PI * (turns * time / trace.Length + phase));
                trace[time] = (float)(leadGain * trace[time] + baseline + noise * Normal(random));
            }
        }

        // The measured rate follows the stretch, but not so far that another class would be more likely; the measures of regularity are known only about.
        var rhythm = page.Slice(PageInput.Samples, PageFeatures.RhythmCount);
        for (var measure = 0; measure < 3; measure++) rhythm[measure] *= (float)Math.Clamp(stretch, 0.97, 1.03);
        for (var measure = 3; measure < 9; measure++) rhythm[measure] *= (float)(1 + 0.1 * Normal(random));
    }

    /// <summary>Reads a trace at stretched and shifted times, mirrored at its ends; the shift is in halves of its length.</summary>
    private static void Warp(Span<float> trace, double stretch, double shift)
    {
        var source = trace.ToArray();
        var last = source.Length - 1;
        for (var time = 0; time < source.Length; time++)
        {
            var position = ((2.0 * time / last - 1) * stretch + shift + 1) / 2 * last;
            position = Math.Abs(position);
            if (position > last) position = 2 * last - position;
            var before = Math.Min((int)position, last - 1);
            trace[time] = (float)(source[before] + (source[before + 1] - source[before]) * (position - before));
        }
    }

    private static Batch Mixed(Batch batch, Random random)
    {
        var share = Beta(random);
        var partners = Enumerable.Range(0, batch.Count).ToArray();
        random.Shuffle(partners);
        return batch with { Inputs = Mix(batch.Inputs), Targets = Mix(batch.Targets) };

        float[] Mix(float[] values)
        {
            var width = values.Length / batch.Count;
            var mixed = new float[values.Length];
            for (var index = 0; index < mixed.Length; index++)
                mixed[index] = (float)(share * values[index] + (1 - share) * values[partners[index / width] * width + index % width]);
            return mixed;
        }
    }

    /// <summary>A draw of Beta(a, a) by Jöhnk's method.</summary>
    private static double Beta(Random random)
    {
        while (true)
        {
            var (left, right) = (Math.Pow(random.NextDouble(), 1 / MixingShape), Math.Pow(random.NextDouble(), 1 / MixingShape));
            if (left + right is > 0 and <= 1) return left / (left + right);
        }
    }

    /// <summary>A draw of the standard normal distribution (Box and Muller).</summary>
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

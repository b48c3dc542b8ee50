using EcgImageWeb.Signal.Rhythms;

namespace EcgImageWeb.Training.Data;

/// <summary>
/// What a network of <see cref="RhythmMeasures"/> learns from: each strip as it is and a distorted copy of it (<see cref="SignalAugmentation"/>). Distortion has to
/// come before the measuring, so it is done once and not batch by batch.
/// </summary>
public static class RhythmLessons
{
    private const int Seed = 1;

    /// <summary>The examples; all of them are made of these strips alone.</summary>
    /// <param name="strips">What is learned from, mV at <see cref="RhythmMeasures.SampleRateHz"/>.</param>
    /// <param name="augmentation">What distorts them.</param>
    public static SignalSet Of(SignalSet strips, SignalAugmentation augmentation)
    {
        ArgumentNullException.ThrowIfNull(strips);
        ArgumentNullException.ThrowIfNull(augmentation);
        var random = new Random(Seed);
        var distorted = strips.Inputs.Select((strip, index) =>
        {
            var target = new float[strips.Labels.Count];
            target[strips.Classes[index]] = 1;
            return augmentation.Apply(new Batch(1, (float[])strip.Clone(), target), random).Inputs;
        }).ToArray();
        return new SignalSet(
            "rhythm-lessons", strips.Labels, [.. strips.Inputs.Concat(distorted).AsParallel().AsOrdered().Select(strip => RhythmMeasures.Of(strip))],
            [.. strips.Classes, .. strips.Classes], [.. strips.Records, .. strips.Records]);
    }
}

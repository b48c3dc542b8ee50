using EcgImageWeb.Signal.Rhythms;
using EcgImageWeb.Signal.Tests;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Tests;

public class RhythmLessonsTests
{
    [Fact]
    public void Each_strip_is_measured_as_it_is_and_once_more_distorted_and_again_the_same_the_next_time()
    {
        var strips = new SignalSet(
            "strips", RhythmNetworks.Labels, [.. new[] { 0.5, 0.8, 1.1, 0.9 }.Select(rrS => MadeUp.Lead(RhythmMeasures.SampleRateHz, 10, rrS).Mv)], [5, 0, 4, 0], ["a", "b", "c", "d"]);
        var before = strips.Inputs.Select(strip => (float[])strip.Clone()).ToArray();
        var augmentation = new SignalAugmentation(RhythmMeasures.SampleRateHz, 0.02, []);
        var lessons = RhythmLessons.Of(strips, augmentation);

        Assert.Equal([5, 0, 4, 0, 5, 0, 4, 0], lessons.Classes);
        Assert.Equal(["a", "b", "c", "d", "a", "b", "c", "d"], lessons.Records);
        Assert.Equal(before, strips.Inputs);
        Assert.All(Enumerable.Range(0, 4), index => Assert.Equal(RhythmMeasures.Of(strips.Inputs[index]), lessons.Inputs[index]));
        Assert.Contains(Enumerable.Range(0, 4), index => !lessons.Inputs[index].SequenceEqual(lessons.Inputs[index + 4]));
        // A distorted strip keeps its rate, within what its class bears.
        var rate = RhythmMeasures.Names.ToList().IndexOf("rr median");
        Assert.All(Enumerable.Range(0, 4), index => Assert.Equal(lessons.Inputs[index][rate], lessons.Inputs[index + 4][rate], 0.03f));
        Assert.Equal(lessons.Inputs, RhythmLessons.Of(strips, augmentation).Inputs);
    }
}

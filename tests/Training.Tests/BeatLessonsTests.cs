using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Beats;
using EcgImageWeb.Signal.DataSets;
using EcgImageWeb.Signal.Records;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Tests;

public class BeatLessonsTests
{
    private static readonly BeatRecord Person = Recorded("101");

    [Fact]
    public void An_artificial_record_is_made_of_a_persons_beats_at_the_intervals_of_its_rhythm()
    {
        var parts = BeatParts.Of(Person);
        Assert.True(parts.ShowsP);
        Assert.Equal(1, parts.Amplitude, 0.15);
        Assert.InRange(parts.Normal.Count, 200, 400);
        var early = 0;
        for (var seed = 0; seed < 8; seed++)
        {
            var (lead, annotations) = ArtificialRecord.Make([parts], [parts], 100, new Random(seed));
            Assert.InRange(annotations.Count, 100, 110);
            Assert.All(lead.Mv, value => Assert.True(Math.Abs(value) < 5));
            for (var beat = 1; beat < annotations.Count - 1; beat++)
            {
                var (before, after) = (annotations[beat].Sample - annotations[beat - 1].Sample, annotations[beat + 1].Sample - annotations[beat].Sample);
                Assert.InRange(before, 0.2 * 360, 5 * 360);
                // Where the beat was said to be there is one.
                var at = (int)annotations[beat].Sample;
                Assert.True(lead.Mv[(at - 8)..(at + 8)].Max(Math.Abs) > 0.4);
                if (annotations[beat].Code == AnnotationCode.AtrialPremature && annotations[beat + 1].Code == AnnotationCode.Normal && annotations[beat - 1].Code == AnnotationCode.Normal)
                {
                    early++;
                    Assert.True(before < after);
                }
            }
        }

        Assert.True(early > 5);
    }

    [Fact]
    public void No_person_outweighs_the_others_and_aberrated_beats_are_left_out()
    {
        var lessons = BeatLessons.Of(BeatNetworks.Labels, [Person], artificialRecords: 12);
        var own = Enumerable.Range(0, lessons.Count).Where(index => lessons.Records[index] == "101").ToArray();
        Assert.InRange(own.Count(index => lessons.Classes[index] == (int)AamiClass.N), 350, 900);
        // Of 20 ventricular beats each at most as itself and in the strips; the aberrated one is nowhere.
        Assert.InRange(own.Count(index => lessons.Classes[index] == (int)AamiClass.V), 20, 60);
        Assert.DoesNotContain(own, index => lessons.Classes[index] == (int)AamiClass.S);
        var artificial = Enumerable.Range(0, lessons.Count).Except(own).ToArray();
        Assert.All(artificial, index => Assert.Equal("artificial", lessons.Records[index]));
        Assert.True(artificial.Count(index => lessons.Classes[index] == (int)AamiClass.S) > 25);
        Assert.All(lessons.Inputs, input => Assert.Equal(BeatMeasures.Count, input.Length));
    }

    /// <summary>420 beats at 0.8 s with P waves; every twentieth is wide, one an aberrated premature one.</summary>
    private static BeatRecord Recorded(string name)
    {
        var mv = new float[360 * 340];
        var annotations = Enumerable.Range(1, 420).Select(beat => new Annotation(288 * beat, beat % 20 == 0 ? AnnotationCode.PrematureVentricular : beat == 77 ? AnnotationCode.AberratedAtrialPremature : AnnotationCode.Normal)).ToArray();
        foreach (var annotation in annotations)
        {
            var wide = annotation.Code != AnnotationCode.Normal;
            for (var sample = -150; sample < 150; sample++)
            {
                var t = sample / 360.0;
                mv[annotation.Sample + sample] += (float)(wide ? -1.3 * Math.Exp(-Math.Pow(t / 0.05, 2)) : Math.Exp(-Math.Pow(t / 0.015, 2)) + 0.12 * Math.Exp(-Math.Pow((t + 0.16) / 0.02, 2)));
            }
        }

        var beats = BeatSet.Cut(name, new LeadSignal("MLII", 360, mv), annotations);
        return new BeatRecord(name, beats, [.. beats.Select(beat => beat.Sample == 77 * 288)]);
    }
}
